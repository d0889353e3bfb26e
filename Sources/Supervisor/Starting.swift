internal import Agents
internal import Glibc
internal import KeeperProtocol
internal import Lifecycle
internal import Linux
internal import SessionModel
internal import Store

/// Starting a session's keeper, which starts its agent.
extension Supervisor {
    /// Variables that belong to the terminal or the Git command in which `up` was called, not to an agent's.
    static let notInherited = [
        "TMUX", "TMUX_PANE", "STY", "WINDOW", "COLUMNS", "LINES", "TERM_PROGRAM", "TERM_PROGRAM_VERSION",
        "VTE_VERSION", "KITTY_WINDOW_ID", "WINDOWID", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE",
        "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "NOTIFY_SOCKET", "CLAUDIA_LOG",
        "GIT_NAMESPACE", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CEILING_DIRECTORIES",
        "GIT_CONFIG_PARAMETERS",
        "GIT_CONFIG_COUNT", "CLAUDECODE", "CLAUDE_CODE_ENTRYPOINT",
    ]

    /// Starts the keeper; whether it and its agent came up is heard later.
    func startKeeper(for session: ManagedSession) {
        guard compareWorktree(of: session) else {
            return session.worktree == .present ? failForDrift(session) : ()
        }
        // It may have gone, or have been moved.
        guard session.worktree == .present, let spec = session.record.spec,
            let worktree = session.record.worktree
        else { return }
        start(nextSetUp(of: session), of: session, spec, worktree)
    }

    /// Starts the keeper for `command`, which runs in the worktree's root, or nil for the agent.
    func start(
        _ command: SessionRecord.Command?, of session: ManagedSession, _ spec: SessionSpec,
        _ worktree: SessionRecord.Worktree
    ) {
        do {
            // An end that is found later is that of the run which begins now, and so is a socket.
            let own = try privateFolder.makeSession(session.name)
            try own.remove(FileNames.exit)
            if !isKeeperThere(session) { try own.remove(KeeperLink.socketName) }
            session.record.run = SessionRecord.Run(
                startedAt: Timestamp(ms: Clock.realMs), startedBootMs: Clock.bootNs / 1_000_000,
                bootID: bootID, spec: spec, command: command)
            forgetHeard(of: session)
            pinRules(of: session)
            // Known before it runs, so that a supervisor that comes after this one looks for it.
            guard save(session) else { return session.record.run = nil }
            let inside = command == nil ? spec.workingDirectory : nil
            let path = [worktree.path, inside].compactMap(\.self).joined(separator: "/")
            let agentFolder = try openAgentFolder(worktree.path, inside)
            let environment = environment(of: session, spec, folder: path)
            var orders = KeeperOrders(
                arguments: command?.words ?? arguments(of: session, spec, folder: path, environment),
                environment: environment, name: session.name.text, id: session.record.id)
            orders.rotateBytes = Int64(config.output.rotateBytes)
            orders.keep = UInt32(config.output.keep)
            orders.promptsTyped = UInt32(session.record.promptsSent.count)
            let start = try KeeperStart(
                try keeperProgram(), orders, privateFolder: try privateFolder.makeSession(session.name),
                publicFolder: try publicFolder.makeSession(session.name), agentFolder: agentFolder,
                environment: self.environment.filter { $0.key == "CLAUDIA_CGROUP" })
            children.insert(start.keeperPID)
            try poller.add(start.readiness, .input, token: tokens.add(.keeperReady(session.name)))
            session.keeperPID = nil
            session.start = consume start
            session.agent = .starting
            deadlines.set(.keeperStart(session.name), afterMs: Patience.startMs)
        } catch {
            startFailed(session, "The agent can't be started: \(describe(error)).")
        }
    }

    /// The argument vector as the agent's program wants it: with its conversation, and hooks that tell us.
    private func arguments(
        of session: ManagedSession, _ spec: SessionSpec, folder: String, _ environment: [String: String]
    ) -> [String] {
        let program = AgentPrograms.program(of: spec)
        var request = Launch.Request(arguments: spec.argumentVector, conversation: session.record.id)
        request.isDeclared = spec.agentKind != nil
        // The conversation of another program is none of this one.
        let told = session.record.conversation.flatMap { ($0.kind ?? .claude) == program.kind ? $0 : nil }
        // No hook has told of it.
        let known =
            told
            ?? session.record.agentStartedAt.flatMap {
                Conversations.begun(by: program, in: folder, at: $0, environment)
            }
        session.record.agentStartedAt = session.record.run?.startedAt
        let last = known?.id ?? session.record.id
        let place = program.conversationPlace(last, folder: folder, environment: environment)
        if let file = place.flatMap(Conversations.file) ?? known?.path, access(file, R_OK) == 0 {
            request.resumed = last
        }
        request.folder = folder
        if let own = try? Executable.own() {
            let words = [own, "hook", commonDirectory + "/claudia", session.record.id]
            request.hookCommand = ShellWord.line(words)
        }
        let launch = program.launch(request)
        if let conversation = launch.conversation, conversation != told?.id {
            session.record.conversation = SessionRecord.Conversation(id: conversation, kind: program.kind)
        }
        return launch.arguments
    }

    /// The keeper has said whether its agent runs.
    func hearReadiness(_ session: ManagedSession) {
        let outcome: Readiness?
        do {
            outcome = try session.start?.outcome()
        } catch {
            outcome = .failed(error.message)
        }
        guard let outcome else { return }
        deadlines.cancel(.keeperStart(session.name))
        tokens.remove(.keeperReady(session.name))
        session.start = nil
        switch outcome {
        case .ready: connect(session)
        // Another keeper of this session may have it, that of a supervisor which was killed.
        case .failed(let sentence):
            if isKeeperThere(session) { connect(session) } else { startFailed(session, sentence) }
        }
    }

    private func isKeeperThere(_ session: ManagedSession) -> Bool {
        guard let own = try? privateFolder.makeSession(session.name) else { return false }
        return (try? MessageSocket(in: own, name: KeeperLink.socketName)) != nil
    }

    func keeperStartIsOverdue(_ session: ManagedSession) {
        guard let pid = session.start?.keeperPID else { return }
        _ = kill(pid, SIGKILL)
        tokens.remove(.keeperReady(session.name))
        session.start = nil
        startFailed(session, "The keeper took more than \(Patience.startMs / 1000) s to start; it was ended.")
        endOrphans(of: session, SIGTERM)
    }

    private func startFailed(_ session: ManagedSession, _ sentence: String) {
        let command = session.record.run?.command
        session.agent = .none
        session.record.run = nil
        if let command, command.purpose == .tearDown {
            return tornDown(session, command, problem: sentence)
        }
        let agent = "The agent "
        if command != nil, sentence.hasPrefix(agent) {
            return fail(
                session,
                "The set-up command " + sentence.dropFirst(agent.count) + " Mend it, then touch the file.")
        }
        fail(session, sentence + " Mend it, then touch \(FileNames.sessionFile(session.name)).")
    }

    /// Takes note of a try that failed; `touch` clears it.
    func fail(_ session: ManagedSession, _ sentence: String) {
        session.record.ended = SessionRecord.Ended(kind: .failed, reason: sentence, exit: nil)
        report(sentence, of: session)
        restartAfterFailure(of: session)
    }

    /// Opened step by step without following a link, since the worktree's content is the agent's to write.
    private func openAgentFolder(_ worktree: String, _ inside: String?) throws -> Folder {
        let folder = try Folder(at: worktree)
        guard let inside else { return folder }
        do throws(SystemError) {
            return try folder.folder(inside)
        } catch {
            throw WorkFailure(
                "working_directory: the worktree holds no folder '\(inside)' (\(error.text), no link is followed)"
            )
        }
    }

    private func keeperProgram() throws -> String {
        let own = try Executable.own()
        let path = own[..<(own.lastIndex(of: "/") ?? own.endIndex)] + "/claudia-keeper"
        guard Executable.find(String(path), path: "") != nil else {
            throw StoreError.damaged(
                String(path), "should be the keeper, but there is no such program; install claudia anew")
        }
        return String(path)
    }

    private func environment(
        of session: ManagedSession, _ spec: SessionSpec, folder: String
    ) -> [String: String] {
        var all = environment.filter { !Supervisor.notInherited.contains($0.key) }
        all["TERM"] = "xterm-256color"
        all["PWD"] = folder
        all.merge(spec.environmentVars) { $1 }
        all["CLAUDIA_SESSION"] = session.name.text
        all["CLAUDIA_REPO"] = root
        all["CLAUDIA_SESSION_ID"] = session.record.id
        return all
    }
}
