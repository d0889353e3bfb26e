extension Judge {
    /// Words of a `for` past which it isn't judged.
    private static let wordsMax = 64
    /// Rounds after which folders and variables that still change count as unknown.
    private static let roundsMax = 3

    mutating func forEach(
        _ name: String, _ words: [Word]?, _ body: Script, _ start: ShellState, _ input: Stream
    ) -> Flow {
        var state = start
        let values =
            words.map { expand($0, &state) } ?? state.parameters ?? [Value([.unknown], isSplit: true)]
        guard values.count <= Self.wordsMax else {
            find(.ask, .tooLarge, "A loop walks over more than \(Self.wordsMax) words.")
            return Flow(state)
        }
        var output: Stream?
        let isExact = values.allSatisfy { $0.literal != nil }
        var end: ShellState? = isExact && !values.isEmpty ? nil : state
        for round in 0...Self.roundsMax {
            let before = state
            for value in values {
                assign(name, ShellState.Variable(values: [Value(value.pieces)]), &state)
                let flow = run(body, state, input)
                output = output.map { $0.joined(flow.output) } ?? flow.output
                state = Flow.joined(flow.state, escaping) ?? state
            }
            if isExact { break }
            state = settled(before, state, round)
            if state == before { break }
        }
        end = Flow.joined(end, state)
        return Flow(succeeded: end, failed: end, output: output ?? .text(""))
    }

    mutating func loop(_ condition: Script?, _ body: Script, _ start: ShellState, _ input: Stream) -> Flow {
        var state = start
        var output: Stream = .unknown
        var end: ShellState? = start
        for round in 0...Self.roundsMax {
            let before = state
            let test = condition.map { run($0, state, input) } ?? Flow(state)
            let entry = test.state ?? state
            let flow = run(body, entry, input)
            output = flow.output
            end = Flow.joined(end, Flow.joined(test.state, flow.state))
            state = settled(before, Flow.joined(flow.state, escaping) ?? before, round)
            if state == before { break }
        }
        let left = Flow.joined(end, state)
        return Flow(succeeded: left, failed: left, output: output)
    }

    /// What holds before the next round of a loop that was entered with `before`.
    private func settled(_ before: ShellState, _ after: ShellState, _ round: Int) -> ShellState {
        var joined = before.joined(after)
        guard joined != before, round + 1 >= Self.roundsMax else { return joined }
        if joined.folders != before.folders { joined.folders = nil }
        if joined.oldFolders != before.oldFolders { joined.oldFolders = nil }
        for (name, variable) in joined.variables where before.variables[name] != variable {
            joined.variables[name] = .unknown
        }
        return joined
    }

    /// Runs a function's body.
    mutating func call(_ number: Int, _ arguments: [Value], _ start: ShellState, _ input: Stream) -> Flow {
        guard bodies.indices.contains(number) else {
            find(.ask, .notUnderstood, "Which function runs isn't known.")
            return Flow(start)
        }
        guard !bodies[number].isRunning else {
            find(.ask, .tooLarge, "A function runs itself.")
            return Flow(start)
        }
        var state = start
        state.parameters = arguments.contains { $0.isSplit } ? nil : arguments
        state.locals = []
        bodies[number].isRunning = true
        let flow = run(bodies[number].command, state, input)
        bodies[number].isRunning = false
        // `return` may leave it anywhere.
        let escaping = self.escaping
        func after(_ state: ShellState?) -> ShellState? {
            guard var state = Flow.joined(state, escaping) else { return nil }
            for name in state.locals { state.variables[name] = start.variables[name] }
            state.parameters = start.parameters
            state.locals = start.locals
            return state
        }
        return Flow(succeeded: after(flow.succeeded), failed: after(flow.failed), output: flow.output)
    }

    /// Notes that the commands may go on elsewhere.
    mutating func escape(_ state: ShellState) { escaping = Flow.joined(escaping, state) }
}
