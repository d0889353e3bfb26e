internal import Git
internal import KeeperProtocol
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel

/// Setting worktrees up, and tearing down what was set up: commands of `config.json` that run in the agent's place,
/// under a keeper and in its terminal as the agent does.
extension Supervisor {
    /// The set-up's next command; nil once it is done.
    func nextSetUp(of session: ManagedSession) -> SessionRecord.Command? {
        guard let done = session.record.setUpDone else { return nil }
        let commands = config.worktrees.setup
        guard let index = CommandList.next(in: commands, done: done) else {
            session.record.setUpDone = nil
            return nil
        }
        session.record.setUpDone = Array(commands.prefix(index))
        return SessionRecord.Command(purpose: .setUp, words: commands[index])
    }

    /// The tear-down's next command; nil when none is left.
    private func nextTearDown(of session: ManagedSession) -> SessionRecord.Command? {
        let commands = config.worktrees.teardown
        guard let index = CommandList.next(in: commands, done: session.record.tearDownDone ?? []) else {
            return nil
        }
        return SessionRecord.Command(purpose: .tearDown, words: commands[index])
    }

    /// Whether commands are still to be run before the worktree goes.
    func needsTearDown(_ session: ManagedSession) -> Bool {
        session.isRemoved && session.worktree == .present && nextTearDown(of: session) != nil
    }

    /// Starts the tear-down's next command.
    func tearDown(_ session: ManagedSession) {
        guard let command = nextTearDown(of: session) else { return }
        session.record.removingSince = session.record.removingSince ?? Timestamp(ms: Clock.realMs)
        // Should the session go on after all, it is set up again.
        session.record.setUpDone = []
        guard let worktree = session.record.worktree, let adminName = worktree.adminName,
            let spec = session.record.spec,
            (try? Worktrees.standing(
                of: worktree.path, adminName: adminName, commonDirectory: commonDirectory)) == .whole
        else {
            return tornDown(session, command, problem: "its worktree isn't there as it was made")
        }
        start(command, of: session, spec, worktree)
    }

    /// The keeper runs the command.
    func commandIsUp(_ command: SessionRecord.Command, _ session: ManagedSession) {
        ask(.tellOutput, of: session)
        log.info(
            "command runs",
            metadata: ["session": "\(session.name)", "command": "\(ShellWord.line(command.words))"])
        if command.purpose == .tearDown {
            deadlines.set(.tearDown(session.name), afterMs: Patience.tearDownMs)
        }
    }

    /// The tear-down's command takes too long.
    func tearDownIsOverdue(_ session: ManagedSession) {
        guard session.record.run?.command?.purpose == .tearDown, case .up = session.agent else { return }
        stop(session, .file)
    }

    /// The command has ended, unless it was ended as an agent is.
    func commandEnded(
        _ session: ManagedSession, _ command: SessionRecord.Command, _ exit: ExitStatus,
        _ run: SessionRecord.Run
    ) -> Bool {
        let how = exit.signal.map { "was ended by \($0)" } ?? "exited with code \(exit.code ?? 0)"
        let isDone = exit.signal == nil && exit.code == 0
        switch (command.purpose, run.stopAsked) {
        case (.tearDown, .down):
            session.record.run = nil
        case (.tearDown, let cause):
            session.record.run = nil
            let late = cause == nil ? "" : " after \(Patience.tearDownMs / 1_000) s"
            tornDown(session, command, problem: isDone ? nil : "it \(how)\(late)")
        case (.setUp, nil):
            session.record.run = nil
            guard !isDone else {
                session.record.setUpDone?.append(command.words)
                return true
            }
            session.hasSlot = false
            fail(
                session,
                "The set-up command '\(ShellWord.line(command.words))' \(how); 'claudia output \(session.name)' shows "
                    + "what it printed. Mend it, then touch the file: the set-up goes on with this command.")
            session.record.ended?.exit = exit
        case (.setUp, .some): return false
        }
        return true
    }

    /// One command of the tear-down is over, or can't be: whatever became of it, the removal goes on.
    func tornDown(_ session: ManagedSession, _ command: SessionRecord.Command, problem: String?) {
        deadlines.cancel(.tearDown(session.name))
        if let problem {
            report(
                "The tear-down command '\(ShellWord.line(command.words))' failed: \(problem). The removal goes on.",
                of: session)
        }
        let commands = config.worktrees.teardown
        let index = CommandList.next(in: commands, done: session.record.tearDownDone ?? []) ?? 0
        session.record.tearDownDone = Array(commands.prefix(index)) + [command.words]
    }

    /// What the session's keeper is busy with, when that isn't the agent.
    func preparation(of session: ManagedSession) -> String? {
        guard let command = session.record.run?.command else { return nil }
        let words = ShellWord.line(command.words)
        switch command.purpose {
        case .setUp:
            let number = (session.record.setUpDone?.count ?? 0) + 1
            return "The worktree is set up (\(number) of \(config.worktrees.setup.count)): \(words)"
        case .tearDown: return "What was set up is torn down: \(words)"
        }
    }
}
