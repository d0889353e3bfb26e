internal import Glibc
internal import KeeperProtocol
internal import Linux

/// The way of the terminal's output: into the log, then to those who watch.
extension Keeper {
    /// What leftovers may go on printing before the log is closed, in nanoseconds: without a pause, and in
    /// all.
    private static let drainRestNs: Int64 = 1_000_000_000
    private static let drainNsMax: Int64 = 3_000_000_000
    /// How soon what the disk refused is tried again, in nanoseconds; doubles up to the second.
    private static let retryNs: Int64 = 200_000_000
    private static let retryNsMax: Int64 = 2_000_000_000

    func readOutput() {
        guard output.count == 0, !isTerminalEnded else { return }
        let gathered = (try? output.fill(from: terminal.master)) ?? .ended
        if gathered.isEnded {
            isTerminalEnded = true
            poller.remove(terminal.master)
        }
        if gathered.count > 0 {
            lastOutputNs = Clock.bootNs
            output.lend { typing.sawOutput($0, atNs: lastOutputNs) }
            if typingAtNs != nil, let enterNs = typing.enterNs { typingAtNs = enterNs }
            passOutput()
        }
        endDrain()
    }

    /// Writes what was read into the log, answers the queries in it and shows it; what the disk refuses
    /// waits, and the terminal isn't read meanwhile, so that the program waits too.
    func passOutput() {
        let isShown = clients.values.contains { $0.isAttached }
        let (written, problem) = output.lend { log.append($0, in: folders) }
        if written > 0 {
            var shown = output.shown
            output.shown = []
            shown.removeAll(keepingCapacity: true)
            output.lend {
                let bytes = UnsafeRawBufferPointer(rebasing: $0[..<written])
                queries.read(bytes, into: &shown, showing: isShown)
                answerQueries(in: bytes)
            }
            output.drop(written)
            if !input.isEmpty { writeInput() }
            notices.saw(queries.takeNotices())
            tellGrowth(isShown ? shown : [])
            output.shown = shown
        }
        setTrouble(
            .log, problem.map { "The log can't be written (\($0.text)): the agent waits until it can be." })
        guard problem != nil else { return }
        if !isTerminalEnded { poller.remove(terminal.master) }
        if retry == nil { retry = (Clock.bootNs + Keeper.retryNs, Keeper.retryNs) }
    }

    /// Tries again what the disk refused.
    func tryAgain() {
        guard let last = retry else { return }
        if output.count > 0 {
            passOutput()
            if output.count == 0 { readAgain() }
        }
        if output.count == 0, isRecordDue { writeRecord() }
        if output.count > 0 || isRecordDue {
            let every = min(last.everyNs * 2, Keeper.retryNsMax)
            retry = (Clock.bootNs + every, every)
            return
        }
        retry = nil
    }

    /// Reads the terminal again after the disk had refused what it printed.
    private func readAgain() {
        if !isTerminalEnded { try? poller.add(terminal.master, .input, token: Token.terminal) }
        awaitsRoom = false
        goOnTyping()
        drain = drain.map { _ in Keeper.drainTimes() }
        endDrain()
    }

    /// Begins to read the terminal to its end.
    func beginDrain() {
        drain = Keeper.drainTimes()
        slave = nil
        readOutput()
    }

    /// When the terminal counts as drained though somebody holds it open; nil when that isn't waited for.
    var drainAtNs: Int64? {
        guard let drain, plan.record == .draining, output.count == 0 else { return nil }
        return min(max(lastOutputNs, drain.sinceNs) + Keeper.drainRestNs, drain.untilNs)
    }

    /// Writes `exit.json`, now or, where the disk refuses, later.
    func writeRecord() {
        guard let ending = state.ended else { return }
        isRecordDue = false
        do throws(SystemError) {
            try log.sync()
            try folders.hidden.replace(ExitFile.name, with: ExitFile.content(ending), durable: true)
        } catch {
            // Nobody can want the record of a session whose folder was removed.
            if error.number != ENOENT {
                setTrouble(.exit, "The agent ended, but that can't be written (\(error.text)).")
                isRecordDue = true
                if retry == nil { retry = (Clock.bootNs + Keeper.retryNs, Keeper.retryNs) }
                return
            }
        }
        setTrouble(.exit, nil)
        folders.publish(ExitFile.name)
        carryOut(plan.recordDidEnd(atNs: Clock.bootNs))
    }

    private static func drainTimes() -> (Int64, Int64) {
        let now = Clock.bootNs
        return (now, now + drainNsMax)
    }

    private func endDrain() {
        if isTerminalEnded, output.count == 0 { carryOut(plan.logDidEnd()) }
    }

    private func answerQueries(in bytes: UnsafeRawBufferPointer) {
        cursor.read(bytes, &queries) { query, row, column in
            guard !input.isFull else { return }
            input.add(QueryAnswer.bytes(to: query, size: state.size, cursor: (row, column)))
        }
    }

    private func tellGrowth(_ shown: [UInt8]) {
        let end = log.end
        state.logOffset = end
        guard !clients.isEmpty else { return }
        let message = shown.isEmpty ? [] : Report.output(end: shownEnd, shown).encoded()
        for client in clients.values {
            if client.isAttached, !message.isEmpty { send(message, to: client) }
            if client.wantsGrowth { tellGrowth(to: client) }
            tellNotice(to: client)
        }
    }

    /// Tells the client where the log ends, if it waits for that and doesn't know.
    func tellGrowth(to client: Client) {
        guard client.wantsGrowth, client.toldEnd < log.end else { return }
        client.wantsGrowth = false
        client.toldEnd = log.end
        send(.grew(offset: log.end), to: client)
    }

    /// Tells the client where to read what the program told of itself, if it waits for that.
    func tellNotice(to client: Client) {
        guard let wanted = client.wantsNotice, let begin = notices.next(of: wanted.kinds, from: wanted.from)
        else { return }
        client.wantsNotice = nil
        send(.noticed(from: begin, end: log.end), to: client)
    }

    /// The end of what was shown: what is held back comes after it.
    var shownEnd: Int64 { log.end - Int64(queries.heldCount) }
}
