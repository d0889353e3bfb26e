internal import ArgumentParser
internal import Git
internal import Linux
internal import Screen
internal import SessionModel
internal import Store
internal import Supervisor

/// `claudia push`: hands a session over through a remote.
struct PushCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Hand a session over through a Git remote.",
        discussion: """
            Sends refs/claudia/handover/NAME: the branch, what isn't committed, the checkpoints, the session file \
            without the prompts that were typed and without the values of environment_vars, the last screen, and \
            the conversation where the agent's program keeps it in a file that is known (Claude Code, Codex). \
            Ignored files, log and settings stay here. Whoever can read the remote can read all of it. \
            'claudia pull' brings it into another clone. The session goes on here; park it if it shall go on there.
            """)

    /// How often the worktree is looked at anew when a checkpoint came in between.
    private static let attemptsMax = 5

    @Argument(help: "The session; in a session's worktree that one when left out.", completion: .sessions)
    var name: String?

    @Argument(help: "The remote; by default 'origin', or the only one.")
    var remote: String?

    @Flag(name: .long, help: "Leave the conversation here.")
    var noConversation = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        let workspace = try Workspace.open()
        let repository = try Repository(at: workspace.place.commonDirectory)
        let selection = try workspace.selection()
        // In a worktree NAME may be left out in front of the remote.
        let isRemote =
            try name.map { try !selection.names($0) && Remotes.list(repository).contains($0) } ?? false
        let work = try SessionWork(
            of: selection.session(isRemote && remote == nil ? nil : name), in: workspace)
        let remote = try HandoverParts.remote(isRemote ? remote ?? name : remote, in: repository)
        let checkpoint = try keep(work, workspace)
        let (head, base) = (try work.head(), try work.base())
        var manifest = HandoverManifest(
            name: work.name.text, head: head.description, checkpoint: checkpoint?.description,
            base: base.description, baseBranch: work.status.baseBranch)
        var spec = work.status.spec ?? SessionSpec()
        manifest.variables = spec.environmentVars.keys.sorted()
        var files: [String: [UInt8]] = [:]
        if let id = try conversation(of: work, spec, in: workspace) {
            manifest.conversation = id
            files[HandoverParts.conversation] = try carried(id, spec, work)
        }
        spec.prompts = PromptQueue.unsent(in: spec.prompts, sent: work.status.promptsSent).map {
            spec.prompts[$0]
        }
        spec.environmentVars = [:]
        files[HandoverParts.manifest] = try MachineFile.content(manifest)
        files[HandoverParts.spec] = Array(SessionFile.text(of: spec).utf8)
        files[HandoverParts.screen] = try screen(of: work.name, in: workspace)
        _ = try Handover.write(
            name: work.name.text, files: files, bringing: [head, base] + [checkpoint].compactMap(\.self),
            message: "The session '\(work.name)'\n", in: repository)
        try send(work, to: remote, repository)
        try Console.line("\(work.name): handed over through \(remote), at \(head.short)")
        tell(manifest, isConversationCarried: files[HandoverParts.conversation] != nil)
    }

    /// Keeps the worktree as it is now; the last checkpoint, nil when nothing ever differed from the base.
    private func keep(_ work: SessionWork, _ workspace: borrowing Workspace) throws -> ObjectID? {
        var source = Checkpoints.Source(
            name: work.name.text, id: work.status.id, worktree: work.worktree,
            commonDirectory: work.commonDirectory, base: try work.base())
        if let folder = try PrivateFolder(existing: workspace.place.commonDirectory) {
            source.adopted = try Arrival.adopted(by: work.name, in: folder).flatMap { ObjectID($0) }
        }
        for attempt in 1... {
            do {
                return try Checkpoints.save(source, message: "Handed over").newest?.commit
            } catch {
                guard case .moved = error, attempt < PushCommand.attemptsMax else { throw error }
            }
        }
        return nil
    }

    private func conversation(
        of work: SessionWork, _ spec: SessionSpec, in workspace: borrowing Workspace
    ) throws -> String? {
        if noConversation { return nil }
        guard let folder = try PrivateFolder(existing: workspace.place.commonDirectory) else { return nil }
        let id = try Conversations.id(of: work.name, spec, in: folder)
        return id.flatMap { Conversations.isValid($0) ? $0 : nil }
    }

    /// The conversation's bytes, where its file is known; never by the path that an agent tells.
    private func carried(_ id: String, _ spec: SessionSpec, _ work: SessionWork) throws -> [UInt8]? {
        guard let place = HandoverParts.conversationPlace(id, spec, worktree: work.worktree),
            let path = Conversations.file(in: place), let slash = path.lastIndex(of: "/")
        else { return nil }
        guard let folder = try Folder.openIfThere(at: String(path[..<slash])) else { return nil }
        let file = String(path[path.index(after: slash)...])
        guard try folder.status(file) != nil else { return nil }
        do {
            return try folder.read(file, most: HandoverParts.limits[HandoverParts.conversation] ?? 0)
        } catch {
            Console.notice("the conversation can't be read: \(error.message)")
            return nil
        }
    }

    private func screen(of name: SessionName, in workspace: borrowing Workspace) throws -> [UInt8]? {
        guard let log = try workspace.log(of: name) else { return nil }
        let rows = try LoggedScreen.terminal(from: log, upTo: try log.end()).lines
        return Array(rows.joined(separator: "\n").utf8) + [0x0A]
    }

    private func send(
        _ work: SessionWork, to remote: String, _ repository: borrowing Repository
    ) throws {
        do {
            try Handover.push(name: work.name.text, to: remote, in: repository)
        } catch {
            guard case .command(let words) = error, words.contains("rejected") else { throw error }
            throw CommandError(
                "'\(remote)' has another '\(work.name)', which this one doesn't follow: \(words)",
                hint: "'claudia pull \(ShellWord.quoted(remote)) \(work.name) --as OTHER' brings that here; "
                    + "'git push \(ShellWord.quoted(remote)) :\(Handover.reference(name: work.name.text))' "
                    + "drops it there.")
        }
    }

    private func tell(_ manifest: HandoverManifest, isConversationCarried: Bool) {
        if manifest.conversation != nil, !isConversationCarried {
            Console.notice("not carried: the conversation, whose file isn't known; only its id is")
        }
        if !manifest.variables.isEmpty {
            Console.notice("not carried: the values of \(Wording.list(manifest.variables))")
        }
    }
}
