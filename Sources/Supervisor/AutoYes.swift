internal import Agents
internal import Consent
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// Answering agents in their person's place, where that is allowed and was understood completely.
extension Supervisor {
    /// What the hook is to print for the call; nil leaves it to the person.
    ///
    /// Whatever is decided is in the log before it is said; what can't be logged is left to the person.
    func ownAnswer(to call: PermissionCall, in folder: String?, of session: ManagedSession) -> String? {
        guard mayAnswer(session), let worktree = session.record.worktree?.path else { return nil }
        let inside = session.record.run?.spec.workingDirectory
        let start = [worktree, inside].compactMap(\.self).joined(separator: "/")
        let folder = program(of: session).permissionHook.tellsFolder ? folder ?? start : nil
        let tool = ToolCall(call.tool, call.input)
        let decision = judge(in: room(of: session, worktree, folder: folder), session) { $0.judge(tool) }
        let answer: PermissionCall.Answer? =
            switch decision.verdict {
            case .allow: .yes
            case .ask: nil
            case .never: .no(reason: "claudia says no: \(decision.reason)")
            }
        // A question can't be answered with yes.
        let words = answer.flatMap { try? call.decision($0) }
        var line = LoggedDecision(at: Timestamp(ms: Clock.realMs), source: "hook", tool: call.tool)
        (line.input, line.folder) = (call.input, folder)
        (line.verdict, line.rule, line.reason) = (decision.verdict.rawValue, decision.rule, decision.reason)
        line.commands = decision.commands.isEmpty ? nil : decision.commands
        line.sent = words == nil ? nil : decision.verdict == .allow ? "allow" : "deny"
        guard keep(line, of: session) else { return nil }
        guard let words else {
            session.limit.personDecided()
            return nil
        }
        count(line, of: session)
        return words
    }

    /// A person answered a call of a tool, or what stood on the screen.
    func personAnswered(
        _ text: String, _ tool: String, _ input: [String: JSONValue], of session: ManagedSession
    ) {
        var line = LoggedDecision(at: Timestamp(ms: Clock.realMs), source: "person", tool: tool)
        (line.input, line.sent) = (input, text)
        _ = keep(line, of: session)
        session.limit.personDecided()
    }

    /// The rules that an agent starts with are its session's own until a person edits or touches the file.
    func pinRules(of session: ManagedSession) {
        let former = session.record.autoYes
        session.record.autoYes = SessionRecord.AutoYes(
            rules: settings.config.autoYesRules, stopped: former?.stopped, answered: former?.answered)
    }

    /// A person has edited or touched the session's file: today's rules, and all that was stopped goes on.
    func renewAutoYes(of session: ManagedSession) {
        session.record.autoYes?.stopped = nil
        pinRules(of: session)
        session.limit = AutoYesLimit()
        session.prompt = nil
        lookAtScreenSoon(session)
    }

    /// What a person should know of a session's auto-yes.
    func autoYesNote(of session: ManagedSession) -> String? {
        guard session.record.spec?.autoYes == true, settings.config.multiSession.autoYesEnabled,
            let own = session.record.autoYes
        else { return nil }
        let file = FileNames.sessionFile(session.name)
        if let stopped = own.stopped {
            return "auto_yes has stopped: \(stopped). Look at decisions.jsonl, then touch \(file)."
        }
        guard own.rules != settings.config.autoYesRules else { return nil }
        return "New auto_yes_rules: those that loosen take effect here when \(file) is touched."
    }

    /// Whether calls of the session are judged.
    func mayAnswer(_ session: ManagedSession) -> Bool {
        session.record.spec?.autoYes == true && settings.config.multiSession.autoYesEnabled
            && session.wanted == .state(.running) && session.record.autoYes?.stopped == nil
    }

    func room(of session: ManagedSession, _ worktree: String, folder: String?) -> Room {
        let others = sessions.values.filter { $0 !== session }.compactMap { $0.record.worktree?.path }
        let own = session.record.run?.spec.environmentVars["HOME"]
        var room = Room(
            worktree: worktree, repository: root, gitFolder: commonDirectory,
            home: own ?? environment["HOME"] ?? "/", otherWorktrees: others, link: SymbolicLink.target)
        room.folder = folder
        return room
    }

    /// By the rules of today and those that the session began with: the stricter counts.
    func judge(in room: Room, _ session: ManagedSession, _ verdict: (Consent) -> Decision) -> Decision {
        let now = verdict(Consent(room: room, rules: settings.rules))
        guard let pinned = session.record.autoYes?.rules, pinned != settings.config.autoYesRules else {
            return now
        }
        guard let rules = try? ConsentRules(reading: pinned) else {
            return Decision(.ask, named: "not-understood", "The rules that it started with can't be read.")
        }
        let before = verdict(Consent(room: room, rules: rules))
        return before.verdict > now.verdict ? before : now
    }

    func keep(_ line: LoggedDecision, of session: ManagedSession) -> Bool {
        do {
            var decisions = try DecisionLog(
                in: privateFolder.makeSession(session.name),
                publishingTo: publicFolder.makeSession(session.name))
            try decisions.append(line)
        } catch {
            report("A decision can't be logged, so a person has to make it: \(describe(error)).", of: session)
            return false
        }
        guard let verdict = line.verdict else { return true }
        var data: [String: JSONValue] = [
            "source": .string(line.source), "tool": .string(line.tool), "text": .string(line.shown),
            "verdict": .string(verdict),
        ]
        if let rule = line.rule { data["rule"] = .string(rule) }
        if let reason = line.reason { data["reason"] = .string(reason) }
        if let sent = line.sent { data["sent"] = .string(sent) }
        tell(.decision, of: session, data)
        return true
    }

    /// Counts an answer; one too many is the last.
    func count(_ line: LoggedDecision, of session: ManagedSession) {
        let input = (try? MachineFile.line(line.input)) ?? []
        let key = ContentDigest.of(Array(line.tool.utf8) + [0] + input)
        guard let why = session.limit.count(key, atMs: Clock.bootNs / 1_000_000) else { return }
        if session.record.autoYes == nil { pinRules(of: session) }
        session.record.autoYes?.stopped = why
        report(
            "auto_yes has stopped for this session: \(why). Look at decisions.jsonl, then touch "
                + "\(FileNames.sessionFile(session.name)).",
            of: session)
    }
}
