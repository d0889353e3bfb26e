internal import ArgumentParser
internal import Git
internal import SessionModel
internal import Store

/// `claudia diff`: shows all that a session changed.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show all that a session changed since its base.",
        discussion: """
            Committed, staged, not staged and untracked; not what Git ignores. On a terminal the patch is \
            coloured and goes through Git's pager; elsewhere it is exactly what 'git apply' takes. --since takes \
            a checkpoint's number ('claudia log' lists them) or a commit as the session's worktree knows it.
            """)

    @Argument(help: "The session; in a session's worktree that one when left out.", completion: .sessions)
    var name: String?

    @Option(
        name: .long,
        help: ArgumentHelp("What changed since this checkpoint or commit.", valueName: "N|REF"))
    var since: String?

    @Option(
        name: .long,
        help: ArgumentHelp("What leads from this other session's files to this one's.", valueName: "NAME"),
        completion: .sessions)
    var against: String?

    @Flag(name: .long, help: "Only how many lines each file changed.")
    var stat = false

    @Flag(name: .long, help: "Only the names of the files.")
    var nameOnly = false

    @OptionGroup var listing: ListingOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if [stat, nameOnly, listing.json].filter({ $0 }).count > 1 {
            throw ValidationError("--stat, --name-only and --json exclude each other.")
        }
        if since != nil, against != nil {
            throw ValidationError("--since and --against exclude each other.")
        }
    }

    func run() throws {
        let workspace = try Workspace.open(toRead: true)
        let session = try workspace.selection().session(name)
        let work = try SessionWork(of: session, in: workspace)
        let (worktree, start) = (work.worktree, try work.base())
        let repository = try Repository(worktree: worktree, commonDirectory: workspace.place.commonDirectory)
        let base = try base(of: session, repository, workspace) ?? start
        common.trace("\(session): \(worktree) against \(base)")
        let colours = DiffCommand.colours(in: workspace.place.root)
        if listing.json {
            try Console.out(MachineFile.content(DiffJSON(repository.diff(since: base))))
        } else if nameOnly {
            for change in try repository.diff(since: base).changes {
                try Console.line(PlainText.line(change.path))
            }
        } else if stat {
            let diff = try repository.diff(since: base)
            for line in PatchText.stat(diff, width: Console.width ?? 80, colours: colours) {
                try Console.line(line)
            }
        } else {
            let patch = try repository.patch(since: base)
            guard Console.isTerminal(1) else { return try Console.out(patch) }
            let shown = Array(PatchText.shown(patch, colours: colours).utf8)
            guard !shown.isEmpty else { return Console.notice("\(session): nothing changed") }
            // Not in the worktree, whose '.git', and with it 'core.pager', is the agent's to write.
            try Pager.show(shown, as: "diff", in: workspace.place.root)
        }
    }

    /// Whether a patch is coloured: not where the person's `color.diff` or `color.ui` says no.
    private static func colours(in folder: String) -> Bool {
        guard Console.colours else { return false }
        return CapturedOutput.firstLine(
            of: ["git", "config", "--get-colorbool", "color.diff", "true"], in: folder) != "false"
    }

    /// What the difference begins at, when that isn't the session's base.
    private func base(
        of session: SessionName, _ worktree: borrowing Repository, _ workspace: borrowing Workspace
    ) throws -> ObjectID? {
        let common = workspace.place.commonDirectory
        if let against {
            let other = try workspace.selection().session(against)
            let path = try SessionWork(of: other, in: workspace).worktree
            return try Checkpoints.present(worktree: path, commonDirectory: common).tree
        }
        guard let since else { return nil }
        let entries = try Checkpoints.list(name: session.text, in: Repository(at: common))
        if let number = Int(since) {
            if let entry = entries.first(where: { $0.number == number }) { return entry.commit }
            // A commit's short name may be all digits.
            if since.utf8.count < 7 {
                throw CommandError(
                    "The session '\(session)' has no checkpoint \(number).",
                    hint: "'claudia log \(session)' lists them.")
            }
        }
        return try worktree.resolve(since)
    }
}

/// The form of `claudia diff --json`.
private struct DiffJSON: Encodable {
    struct Change: Encodable {
        let path: String
        let oldPath: String?
        let status: String
        let insertions: Int
        let deletions: Int
        let binary: Bool

        enum CodingKeys: String, CodingKey {
            case path
            case oldPath = "old_path"
            case status, insertions, deletions, binary
        }
    }

    let files: Int
    let insertions: Int
    let deletions: Int
    let changes: [Change]

    init(_ diff: DiffSummary) {
        (files, insertions, deletions) = (diff.files, diff.insertions, diff.deletions)
        changes = diff.changes.map {
            Change(
                path: $0.path, oldPath: $0.oldPath, status: $0.status.rawValue, insertions: $0.insertions,
                deletions: $0.deletions, binary: $0.isBinary)
        }
    }
}
