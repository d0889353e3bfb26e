/// Walks over a script as a shell would, and judges each command with what is known of folders and variables.
///
/// Where the way isn't known (a condition, a loop) every way is walked, and what holds afterwards is what holds after
/// each.
struct Judge {
    /// Commands and words past which a script isn't judged.
    private static let stepsMax = 6_000
    /// Commands that are kept for the log.
    private static let keptMax = 100
    /// How deep commands may run each other.
    static let depthMax = 24

    let territory: Territory
    let rules: ConsentRules
    /// The strictest decision so far.
    var worst = Decision(.allow, .harmless, "Nothing in it is harmful.")
    /// Commands as they were understood.
    var commands: [[String]] = []
    /// The bodies of functions, and whether each is running.
    var bodies: [(command: Command, isRunning: Bool)] = []
    /// What may hold where `break`, `continue` and `return` lead.
    var escaping: ShellState?
    var depth = 0
    private var count = 0
    /// Whether a limit was passed, which no rule loosens.
    private(set) var isOver = false

    init(territory: Territory, rules: ConsentRules) {
        self.territory = territory
        self.rules = rules
    }

    /// Notes a decision; the strictest counts.
    mutating func find(_ verdict: Verdict, _ rule: RuleName, _ reason: String) {
        worst = worst.stricter(Decision(verdict, rule, reason))
    }

    mutating func find(_ decision: Decision?) {
        if let decision { worst = worst.stricter(decision) }
    }

    /// Judges a script that is given as text.
    mutating func run(text: String, _ state: ShellState, _ input: Stream) -> Flow {
        guard enter() else { return Flow(state) }
        defer { depth -= 1 }
        do throws(ShellProblem) {
            return run(try ShellParser.parse(text, depth: depth, isPlain: state.isPlain), state, input)
        } catch {
            find(
                .ask, error.isSize ? .tooLarge : .notUnderstood,
                "The command isn't understood: \(error.reason).")
            return Flow(state)
        }
    }

    /// Counts a level; false when there are too many.
    mutating func enter() -> Bool {
        guard depth < Self.depthMax, !isOver else {
            isOver = true
            find(.ask, .tooLarge, "Commands run each other too deep.")
            return false
        }
        depth += 1
        return true
    }

    /// Counts commands, or words of them; false when there are too many.
    mutating func countUp(_ added: Int = 1) -> Bool {
        count += added
        guard count <= Self.stepsMax else {
            isOver = true
            find(.ask, .tooLarge, "It has more than \(Self.stepsMax) commands and words.")
            return false
        }
        return true
    }

    mutating func keep(_ words: [Value]) {
        guard commands.count < Self.keptMax else { return }
        commands.append(words.map(\.shown))
    }
}

extension Judge {
    mutating func run(_ script: Script, _ start: ShellState, _ input: Stream) -> Flow {
        var state = start
        var last = Flow(start)
        var output: Stream?
        for chain in script.items {
            last = run(chain, state, input)
            output = output.map { $0.joined(last.output) } ?? last.output
            if chain.isInBackground { last = Flow(state) }
            state = last.state ?? state
        }
        return Flow(succeeded: last.succeeded, failed: last.failed, output: output ?? .text(""))
    }

    private mutating func run(_ chain: Chain, _ state: ShellState, _ input: Stream) -> Flow {
        var flow = run(chain.first, state, input)
        for (joint, pipeline) in chain.rest {
            let entry = joint == .and ? flow.succeeded : flow.failed
            let next = run(pipeline, entry ?? flow.state ?? state, input)
            let output = flow.output.joined(next.output)
            guard entry != nil else { continue }
            flow =
                joint == .and
                ? Flow(
                    succeeded: next.succeeded, failed: Flow.joined(flow.failed, next.failed), output: output)
                : Flow(
                    succeeded: Flow.joined(flow.succeeded, next.succeeded), failed: next.failed,
                    output: output)
        }
        return flow
    }

    private mutating func run(_ pipeline: Pipeline, _ state: ShellState, _ input: Stream) -> Flow {
        if pipeline.commands.count == 1 {
            let flow = run(pipeline.commands[0], state, input)
            guard pipeline.isNegated else { return flow }
            return Flow(succeeded: flow.failed, failed: flow.succeeded, output: flow.output)
        }
        var stream = input
        var last = Flow(state)
        for command in pipeline.commands {
            last = run(command, state, stream)
            // What came from the network stays so, whatever it was made of.
            let isTainted = stream == .network && last.output != .number
            stream = isTainted ? .network : last.output
        }
        // Some shells run the last command themselves, others don't.
        return Flow(last.state.map { $0.joined(state) } ?? state, stream)
    }

    mutating func run(_ command: Command, _ start: ShellState, _ input: Stream) -> Flow {
        guard countUp(), enter() else { return Flow(start) }
        defer { depth -= 1 }
        var state = start
        let input = redirect(command.redirections, &state, input)
        switch command.kind {
        case .simple(let assignments, let words): return simple(assignments, words, state, input)
        case .group(let script): return run(script, state, input)
        case .subshell(let script): return Flow(state, run(script, state, input).output)
        case .forEach(let name, let words, let body): return forEach(name, words, body, state, input)
        case .forArithmetic(let head, let body):
            arithmetic(head, &state)
            return loop(nil, body, state, input)
        case .loop(let condition, let body): return loop(condition, body, state, input)
        case .branches(let branches, let otherwise): return self.branches(branches, otherwise, state, input)
        case .choice(let subject, let branches): return choice(subject, branches, state, input)
        case .function(let name, let body):
            bodies.append((body, false))
            state.functions[name] = bodies.count - 1
            return Flow(state)
        case .condition(let words): return condition(words, state)
        case .arithmetic(let parts):
            arithmetic(parts, &state)
            return Flow(state)
        }
    }

    private mutating func branches(
        _ branches: [(condition: Script, body: Script)], _ otherwise: Script?, _ start: ShellState,
        _ input: Stream
    ) -> Flow {
        var state: ShellState? = start
        var end: ShellState?
        var output: Stream?
        for (condition, body) in branches {
            let test = run(condition, state ?? start, input)
            let flow = run(body, test.succeeded ?? start, input)
            end = Flow.joined(end, test.succeeded == nil ? nil : flow.state)
            output = output?.joined(flow.output) ?? flow.output
            state = test.failed
        }
        if let otherwise {
            let flow = run(otherwise, state ?? start, input)
            end = Flow.joined(end, state == nil ? nil : flow.state)
            output = output?.joined(flow.output)
        } else {
            end = Flow.joined(end, state)
        }
        return Flow(succeeded: end, failed: end, output: output ?? .unknown)
    }

    private mutating func choice(
        _ subject: Word, _ branches: [(patterns: [Word], body: Script)], _ start: ShellState, _ input: Stream
    ) -> Flow {
        var state = start
        _ = expand([subject], &state)
        var end = state
        for (patterns, body) in branches {
            _ = expand(patterns, &state)
            // A branch may fall through into the next.
            if let after = run(body, state.joined(end), input).state { end = end.joined(after) }
        }
        return Flow(end)
    }

    private mutating func condition(_ words: [Word], _ start: ShellState) -> Flow {
        var state = start
        let values = expand(words, &state)
        let numeric: Set<String> = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge"]
        for (index, value) in values.enumerated() {
            guard let literal = value.literal else { continue }
            if literal == "-v" || literal == "-R" {
                find(.ask, .notUnderstood, "'[[ \(literal)' may run code.")
            }
            guard numeric.contains(literal) else { continue }
            // Operands of these are arithmetic, and so may hold commands.
            for neighbour in [index - 1, index + 1] where values.indices.contains(neighbour) {
                if !values[neighbour].isNumber { find(.ask, .notUnderstood, "'[[ \(literal)' may run code.") }
            }
        }
        return Flow(state)
    }
}
