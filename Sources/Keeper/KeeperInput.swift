internal import Glibc
internal import KeeperProtocol
internal import Linux
internal import SessionModel

/// The way of what is typed: from clients and the mailbox into the terminal.
extension Keeper {
    /// Milliseconds until what was typed is tried to be taken out again, ten times as many after each try.
    ///
    /// A file's closing is told before the file counts as closed (fsnotify_close in Linux's __fput), and that of a
    /// reader isn't watched for. After the last try it stays until the next line comes.
    private static let clearMs: Int64 = 10
    private static let clearMsMax: Int64 = 10_000
    /// How soon what couldn't be put aside is tried again, in nanoseconds.
    private static let staleNs: Int64 = 2_000_000_000
    /// How long a program that was typed to may print nothing until that counts as its answer, in nanoseconds.
    private static let unansweredNs: Int64 = 2_000_000_000

    /// Puts bytes into the terminal, behind those that wait.
    func put(_ bytes: [UInt8]) {
        typed = (log.end, Clock.bootNs)
        input.add(bytes)
        writeInput()
    }

    /// Puts bytes into the terminal if what it shows is what stood in the log before `offset`: whether it did.
    ///
    /// What the program has printed is read first. A key that it hasn't answered by printing anything may yet change
    /// what it shows: nothing is pressed until it has read that key and gone on printing nothing for a while.
    func press(_ bytes: [UInt8], at offset: Int64) -> Bool {
        readOutput()
        guard log.end == offset, output.count == 0, input.isEmpty, typing.isIdle, !state.isFrozen,
            !plan.isAsked, state.ended == nil, bytes.count <= Request.keyBytesMax
        else { return false }
        if let typed, typed.end >= offset {
            guard Clock.bootNs - typed.atNs > Keeper.unansweredNs, slave?.unreadInput() == 0 else {
                return false
            }
        }
        put(bytes)
        return true
    }

    /// Writes what the terminal takes; goes on with what waits for that when it took all.
    func writeInput() {
        let isDone = (try? input.write(to: terminal.master)) ?? true
        // A terminal that isn't read for now isn't in the poller; what waits goes on when it is again.
        if isDone == awaitsRoom, !isTerminalEnded, output.count == 0 {
            awaitsRoom = !isDone
            try? poller.modify(
                terminal.master, awaitsRoom ? [.input, .output] : .input, token: Token.terminal)
        }
        if isDone { listenAgain() }
    }

    /// Goes on with what waited for room in the terminal.
    func goOnTyping() {
        writeInput()
        if input.isEmpty { type() }
    }

    /// Types what waits, as far as it may be typed now.
    func type() {
        typingAtNs = nil
        while input.isEmpty, !state.isFrozen, state.ended == nil {
            if let number = typing.beginning { recordPrompt(number) }
            let step = typing.step(
                atNs: Clock.bootNs,
                Typing.Manner(modes: queries.modes, input: terminal.master.terminalInput()))
            switch step {
            case .idle:
                tellTyped()
                guard wantsLook, staleAtNs == nil else { return }
                takeMail()
                if typing.isIdle {
                    // The next batch, if there is one, in the next turn, so that everybody gets theirs.
                    typingAtNs = wantsLook ? Clock.bootNs : nil
                    return
                }
            case .wait(let until):
                typingAtNs = until
                return
            case .write(let bytes): put(bytes)
            case .finished(let job):
                if case .answer(let text, let id) = job.line { report(.answered(text, to: id)) }
                if let number = job.prompt { report(.prompted(number)) } else { wasTyped(job.line) }
            case .impossible(let job, let problem):
                report(.inputProblem(problem))
                if let number = job.prompt { report(.prompted(number)) }
            }
        }
    }

    /// Takes what came into the mailbox, unless something is still being typed: then afterwards.
    func look() {
        wantsLook = true
        if typing.isIdle { type() }
    }

    /// Moves a piece of what was in the mailbox before the agent ran; nothing else is taken before that is done.
    func moveStale() {
        do throws(SystemError) {
            let isDone = try mailbox.moveStale(in: folders.open)
            staleAtNs = isDone ? nil : Clock.bootNs
            setTrouble(.mailbox, nil)
            if isDone, wantsLook { look() }
        } catch {
            staleAtNs = Clock.bootNs + Keeper.staleNs
            setTrouble(.mailbox, "What was in “input” before can't be put aside (\(error.text)).")
        }
    }

    /// Puts lines aside that were taken, but not typed before the agent ended.
    func putRestAside() {
        tellTyped()
        let lines = typing.giveUp().compactMap(\.raw)
        guard !lines.isEmpty else { return }
        let count = lines.count == 1 ? "A line was" : "\(lines.count) lines were"
        do throws(SystemError) {
            try mailbox.putStale(lines.flatMap { $0 + [0x0A] }[...], in: folders.open)
            report(
                .inputProblem("\(count) not typed, since the agent ended; see “\(Mailbox.staleName)”."))
        } catch {
            report(
                .inputProblem("\(count) lost: the agent ended, and the disk refused them (\(error.text))."))
        }
    }

    private func wasTyped(_ line: InputLine) {
        linesTyped += 1
        lastTyped = Array(line.typed.suffix(Report.lastBytesMax))
    }

    private func tellTyped() {
        if linesTyped > 0 { report(.inputTyped(lines: linesTyped, last: lastTyped)) }
        (linesTyped, lastTyped) = (0, [])
    }

    private func takeMail() {
        wantsLook = false
        do throws(SystemError) {
            let batch = try mailbox.look(in: folders.open)
            setTrouble(.mailbox, nil)
            if let problem = batch.problem { report(.inputProblem(problem)) }
            wantsLook = batch.hasMore
            if batch.isLeft, !batch.lines.isEmpty { clearLater(afterMs: Keeper.clearMs) }
            add(batch.lines)
        } catch {
            setTrouble(.mailbox, "What is in “input” can't be taken (\(error.text)).")
        }
    }

    private func clearLater(afterMs ms: Int64) { clearing = (Clock.bootNs + ms * 1_000_000, ms) }

    /// Tries again to take out of the mailbox what was typed.
    func clearMailbox() {
        guard let last = clearing else { return }
        clearing = nil
        if (try? mailbox.clear(in: folders.open)) == false, last.everyMs < Keeper.clearMsMax {
            clearLater(afterMs: last.everyMs * 10)
        }
    }

    /// Types a session's prompt, unless it was typed already.
    func prompt(_ number: UInt32, _ text: String, for client: Client) {
        if typing.holds(prompt: number) { return }
        guard number > state.promptsTyped else { return send(.prompted(number), to: client) }
        typing.add(Typing.Job(line: .text(Array(text.utf8)), prompt: number))
        type()
    }

    private func add(_ lines: ArraySlice<UInt8>) {
        guard !lines.isEmpty else { return }
        // The last newline ends a line, it doesn't begin one.
        for line in lines.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false) {
            do throws(InputLine.Problem) {
                typing.add(Typing.Job(line: try InputLine(line), raw: Array(line)))
            } catch {
                report(.inputProblem(error.message))
            }
        }
    }

    private func recordPrompt(_ number: UInt32) {
        state.promptsTyped = number
        do throws(SystemError) {
            try mailbox.willType(prompt: number)
        } catch {
            setTrouble(.mailbox, "How far the prompts were typed can't be written (\(error.text)).")
        }
    }
}
