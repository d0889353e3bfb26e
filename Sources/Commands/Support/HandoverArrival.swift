internal import Agents
internal import Git
internal import Linux
internal import SessionModel
internal import Store
internal import Supervisor

/// A session that came from elsewhere: looked at first, then made.
struct HandoverArrival {
    /// How many lines of its last screen are shown.
    private static let linesMax = 12

    private let name: SessionName
    private let manifest: HandoverManifest
    private var spec: SessionSpec
    private let head: ObjectID
    private let base: ObjectID
    private let checkpoint: ObjectID?
    private let screen: String
    private let conversation: [UInt8]?

    /// Looks at all that came; changes nothing.
    init(
        _ arrived: Handover.Arrived, as name: SessionName, in workspace: borrowing Workspace,
        _ repository: borrowing Repository
    ) throws {
        (manifest, spec) = try HandoverArrival.read(
            arrived, name, defaults: workspace.config().sessionDefaults)
        head = try HandoverArrival.brought(manifest.head, arrived, name)
        base = try HandoverArrival.brought(manifest.base, arrived, name)
        checkpoint =
            if let told = manifest.checkpoint { try HandoverArrival.brought(told, arrived, name) } else {
                nil
            }
        self.name = name
        screen = String(decoding: arrived.files[HandoverParts.screen] ?? [], as: UTF8.self)
        conversation = arrived.files[HandoverParts.conversation]
        try settleSpec(workspace.config(), repository)
    }

    private static func refused(_ name: SessionName, _ why: String) -> CommandError {
        CommandError("What came as '\(name)' can't be taken over: \(why). Nothing was changed.")
    }

    private static func read(
        _ arrived: Handover.Arrived, _ name: SessionName, defaults: SessionSpec
    ) throws -> (HandoverManifest, SessionSpec) {
        guard let told = arrived.files[HandoverParts.manifest], let file = arrived.files[HandoverParts.spec]
        else { throw refused(name, "it is not whole") }
        let manifest = try MachineFile.decode(
            HandoverManifest.self, from: told, name: HandoverParts.manifest)
        let known = HandoverManifest.versionKnown
        guard manifest.version == known else {
            throw refused(name, "it has the form \(manifest.version), and this claudia knows \(known)")
        }
        if let id = manifest.conversation, !Conversations.isValid(id) {
            throw refused(name, "its conversation has no valid id")
        }
        do {
            return (manifest, try SessionFile.parse(file, defaults: defaults).spec)
        } catch {
            throw refused(name, "its session file: \(error.place)\(error.message)")
        }
    }

    /// A commit that the manifest names, which must have come along.
    private static func brought(
        _ text: String, _ arrived: Handover.Arrived, _ name: SessionName
    ) throws -> ObjectID {
        guard let id = ObjectID(text), arrived.brought.contains(id) else {
            throw refused(name, "it names a commit that did not come along")
        }
        return id
    }

    /// What the file says here: parked, and nothing that would answer or start by itself.
    private mutating func settleSpec(
        _ config: RepositoryConfig, _ repository: borrowing Repository
    ) throws {
        let own = SessionSpec()
        (spec.state, spec.autoYes, spec.restart) = (.parked, own.autoYes, own.restart)
        // A variable decides where programs look for their libraries, files and each other.
        spec.environmentVars = own.environmentVars
        spec.branchPrefix = config.sessionDefaults.branchPrefix
        (spec.branch, spec.baseBranch) = (nil, nil)
        spec.base = base.description
        if let branch = manifest.baseBranch, RefName.problem(in: branch) == nil,
            try Branches.exists(branch, in: repository)
        {
            spec.base = branch
        }
        let branch = spec.branchName(for: name)
        spec.branch =
            try Branches.exists(branch, in: repository)
            ? Branches.successor(of: branch, in: repository) : branch
    }

    /// Makes branch, checkpoints, conversation and, last, the session file.
    func settle(in workspace: borrowing Workspace, _ repository: borrowing Repository) throws {
        guard let branch = spec.branch else { return }
        var tip = head
        if let checkpoint {
            tip = try Checkpoints.commit(
                checkpoint, onto: head, message: "What the session '\(name)' had not committed\n",
                in: repository)
        }
        let isConversationHere = try placeConversation(in: workspace)
        let own = try PrivateFolder(making: workspace.place.commonDirectory)
        try Branches.create(branch, at: tip, from: "a pulled session", in: repository)
        do {
            try SessionBase.set(name: name.text, to: base, in: repository)
            if let checkpoint { try Checkpoints.adopt(checkpoint, name: name.text, in: repository) }
            let conversation = isConversationHere ? manifest.conversation : nil
            try Arrival(conversation: conversation, of: spec, checkpoint: checkpoint?.description)
                .note(for: name, in: own)
            guard try workspace.publicFolder.createSessionFile(name, Array(SessionFile.text(of: spec).utf8))
            else {
                throw CommandError("Somebody has made a session '\(name)' meanwhile.")
            }
        } catch {
            Arrival.forget(name, in: own)
            Branches.drop(branch, at: tip, in: repository)
            throw error
        }
    }

    /// Puts the conversation where the agent's program looks for it: whether it is there now.
    private func placeConversation(in workspace: borrowing Workspace) throws -> Bool {
        let root = workspace.config().worktrees.root
        let folder = root.hasPrefix("/") ? root : "\(workspace.place.root)/\(root)"
        guard let id = manifest.conversation, let conversation,
            let place = HandoverParts.conversationPlace(id, spec, worktree: "\(folder)/\(name)")
        else { return false }
        return try ArrivedConversation(
            program: AgentPrograms.program(of: spec), place: place, content: conversation
        ).put()
    }

    /// Shows what would run, on standard error.
    func tell() {
        Console.notice("parked; 'claudia resume \(name)' starts what came, which is:")
        Console.notice("  agent    \(ShellWord.line(spec.argumentVector))")
        if let folder = spec.workingDirectory { Console.notice("  in       \(folder)") }
        for prompt in spec.prompts { Console.notice("  prompt   \(prompt)") }
        if !manifest.variables.isEmpty {
            Console.notice(
                "  without  \(manifest.variables.joined(separator: ", ")) (set them in environment_vars)")
        }
        let lines = screen.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
        if !lines.isEmpty { Console.notice("its screen was:") }
        for line in lines.suffix(HandoverArrival.linesMax) { Console.notice("  | \(line)") }
    }
}
