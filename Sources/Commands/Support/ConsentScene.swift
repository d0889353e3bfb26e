internal import Consent
internal import Linux
internal import SessionModel
internal import Store
internal import Supervisor

/// A session's world and rules, for judging what it would do.
struct ConsentScene {
    /// What stands in for the name of a session that isn't named.
    private static let nameless = "session"

    let name: String
    private let room: Room
    private let rules: ConsentRules
    /// All that was decided for the session, oldest first.
    let decisions: [LoggedDecision]

    /// The session of this name, or of this folder's worktree; else one that isn't there yet.
    static func open(_ word: String?) throws -> ConsentScene {
        let place = try Place.discover()
        guard let workspace = try Workspace(existingAt: place) else {
            let name = try word.map(valid)
            return ConsentScene(place, name, settings: Settings(), status: nil, others: [], decisions: [])
        }
        let names = try workspace.names()
        let name = try word.map(valid) ?? workspace.selection().here
        if let name, !names.contains(name) {
            Console.notice("There is no session '\(name)'; judged as if there were.")
        }
        let others = names.filter { $0 != name }.compactMap {
            (try? workspace.publicFolder.readStatus($0))??.worktree
        }
        let status = try name.flatMap { try workspace.publicFolder.readStatus($0) }
        var decisions: [LoggedDecision] = []
        if let name, let folder = try workspace.privateSession(name) {
            decisions = try DecisionLog.read(in: folder)
        }
        return ConsentScene(
            place, name, settings: workspace.settings(), status: status, others: others, decisions: decisions)
    }

    private init(
        _ place: Place, _ name: SessionName?, settings: Settings, status: SessionStatus?, others: [String],
        decisions: [LoggedDecision]
    ) {
        let root = settings.config.worktrees.root
        let worktrees = root.hasPrefix("/") ? root : "\(place.root)/\(root)"
        self.name = name?.text ?? ConsentScene.nameless
        let worktree = status?.worktree ?? "\(worktrees)/\(self.name)"
        let home = status?.spec?.environmentVars["HOME"] ?? Environment.value("HOME") ?? "/"
        var room = Room(
            worktree: worktree, repository: place.root, gitFolder: place.commonDirectory, home: home,
            otherWorktrees: others, link: SymbolicLink.target)
        if let inside = status?.spec?.workingDirectory { room.folder = "\(worktree)/\(inside)" }
        self.room = room
        rules = settings.rules
        self.decisions = decisions
    }

    private static func valid(_ word: String) throws(CommandError) -> SessionName {
        if let name = SessionName(word) { return name }
        throw .usage(
            "'\(word)' can't be a session: a name \(SessionName.problem(in: word) ?? "is otherwise").")
    }

    /// The judge of what is done where the agent starts.
    var consent: Consent { Consent(room: room, rules: rules) }

    /// The judge of what was decided, in the folder that was known then.
    func consent(for line: LoggedDecision) -> Consent {
        var room = room
        room.folder = line.folder
        return Consent(room: room, rules: rules)
    }
}
