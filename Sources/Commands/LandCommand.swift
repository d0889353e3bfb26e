internal import ArgumentParser
internal import Git
internal import SessionModel
internal import Store

/// `claudia land`: brings a session's work into another branch.
struct LandCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "land", abstract: "Bring a session's work into the branch that it started from.",
        discussion: """
            Without --merge, --squash, --rebase or --ff-only the branch moves forward where it can, else a merge \
            commit is made, as by 'git merge'. All is tried in memory first: a conflict changes nothing, is told \
            file by file, and ends with 1. Where the branch is checked out, that worktree is updated too; if an \
            uncommitted edit is in the way, nothing is done. Hooks and commit.gpgSign count as for 'git commit' \
            and 'git merge'; hooks that look at files need the branch to be checked out somewhere.

            Work that the session hasn't committed must be committed first (--commit) or left out (--leave).
            """)

    /// How the work comes in.
    enum Way: String, EnumerableFlag {
        case merge, squash, rebase, ffOnly

        var way: LandingWay {
            switch self {
            case .merge: .merge
            case .squash: .squash
            case .rebase: .rebase
            case .ffOnly: .fastForward
            }
        }

        static func help(for value: Way) -> ArgumentHelp? {
            switch value {
            case .merge: "Make a merge commit in any case."
            case .squash: "Make one commit of all the changes."
            case .rebase: "Make each commit anew on top."
            case .ffOnly: "Only move forward, or do nothing."
            }
        }
    }

    /// What becomes of uncommitted work.
    enum Rest: String, EnumerableFlag {
        case commit, leave

        static func help(for value: Rest) -> ArgumentHelp? {
            switch value {
            case .commit: "Commit the session's uncommitted work first, on its branch."
            case .leave: "Leave the session's uncommitted work where it is."
            }
        }
    }

    @Argument(help: "The session; in a session's worktree that one when left out.", completion: .sessions)
    var name: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The branch to bring it into; by default the one it started from.", valueName: "B")
    )
    var into: String?

    @Flag(exclusivity: .exclusive) var way: Way?

    @Option(
        name: .shortAndLong, parsing: .unconditional,
        help: ArgumentHelp("The message of the commits that are made for it.", valueName: "msg"))
    var message: String?

    @Flag(exclusivity: .exclusive) var rest: Rest?

    @Flag(name: .long, help: "Then remove the session, as 'claudia rm' does.")
    var rm = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if message?.isEmpty == true { throw ValidationError("The message is empty.") }
    }

    func run() throws {
        let workspace = try Workspace.open()
        let work = try SessionWork(
            of: workspace.selection().session(name), in: workspace)
        let target = try target(of: work)
        let repository = try Repository(at: work.commonDirectory)
        guard let before = try repository.headCommit(ofBranch: target) else {
            throw CommandError(
                "There is no branch '\(target)'.", hint: "'claudia land \(work.name) --into B' names another."
            )
        }
        let committed = try takeRest(of: work, into: target, before, repository)
        let head = try work.head()
        let count = try repository.count(of: head, notOf: before)
        common.trace("\(work.name): \(count) commits of \(head) onto \(before)")
        let result: LandingResult
        do {
            result = try land(work, head, into: target, before, repository)
        } catch {
            if let committed {
                Console.notice("\(work.name): what was committed stays, as \(committed.short)")
            }
            throw error
        }
        switch result {
        case .landed(let commit, let before, let worktree):
            try Console.line(
                "\(work.name): \(Wording.count(count, "commit")) landed on \(target), "
                    + "which is at \(commit.short) now")
            tellPlaces(work, target, commit, before, worktree)
        case .upToDate: Console.notice("\(work.name): \(target) has all of it already")
        case .conflicts(let conflicts): throw refusal(of: conflicts, work, target)
        case .notForward: throw notForward(work, target)
        }
        guard rm else { return }
        var names = NamesArgument()
        (names.name, names.all) = ([work.name.text], false)
        try Settlement(wish: .remove, waits: true, common: common).run(names)
    }

    private func target(of work: SessionWork) throws(CommandError) -> String {
        guard let target = into ?? work.status.baseBranch else {
            throw .usage(
                "'\(work.name)' started from '\(work.status.spec?.base ?? "a commit")', which no local branch is, or "
                    + "tracks.",
                hint: "Say where to: 'claudia land \(work.name) --into B'; or for good: "
                    + "'claudia set \(work.name) base_branch=B'.")
        }
        guard target != work.branch else {
            throw .usage("'\(target)' is the session's own branch.", hint: "Name another with --into.")
        }
        return target
    }

    private func refusal(
        of conflicts: [MergeResult.Conflict], _ work: SessionWork, _ target: String
    ) -> CommandError {
        LandingReport.tell(conflicts, target, work.branch)
        return CommandError(
            "'\(work.name)' can't land on '\(target)': \(Wording.count(conflicts.count, "file")) in conflict, "
                + "nothing was changed.",
            hint: "Merge '\(target)' in \(work.worktree) and resolve it there, or have the agent do it: "
                + "'claudia prompt \(work.name) \"Merge \(target) and resolve the conflicts\"'; then land again."
        )
    }

    private func notForward(_ work: SessionWork, _ target: String) -> CommandError {
        CommandError(
            "'\(target)' has commits that '\(work.name)' hasn't, so it can't just move forward; "
                + "nothing was changed.",
            hint: "'claudia sync \(work.name)' brings them in; or leave out --ff-only.")
    }

    /// Commits what isn't, or makes sure that it may be left out: the commit.
    private func takeRest(
        of work: SessionWork, into target: String, _ before: ObjectID, _ repository: borrowing Repository
    ) throws -> ObjectID? {
        if rest == .leave { return nil }
        let commit = WorktreeCommit(
            worktree: work.worktree, commonDirectory: work.commonDirectory, branch: work.branch)
        let count = try commit.uncommitted()
        guard count > 0 else { return nil }
        guard rest == .commit else {
            let files = Wording.count(count, "file")
            throw CommandError(
                "'\(work.name)' has uncommitted work in \(files); nothing was changed.",
                hint: "--commit commits it first, --leave lands without it.")
        }
        try foresee(work, target, before, repository)
        let text = message ?? "Work of the session '\(work.name)'"
        guard let made = try commit.run(message: text + "\n") else { return nil }
        Console.notice("\(work.name): committed \(Wording.count(count, "file")) as \(made.short)")
        return made
    }

    /// Refuses what can't land before any of it is committed.
    private func foresee(
        _ work: SessionWork, _ target: String, _ before: ObjectID, _ repository: borrowing Repository
    ) throws {
        let present = try Merging.sides(
            ofWorktrees: [work.worktree], commonDirectory: work.commonDirectory)[0].get()
        if way == .ffOnly, try repository.count(of: before, notOf: present.head) > 0 {
            throw notForward(work, target)
        }
        let merged = try Merging.previewAll(
            [MergeSide(head: before), present], commonDirectory: work.commonDirectory)
        let conflicts = merged.values.flatMap(\.conflicts)
        if !conflicts.isEmpty { throw refusal(of: conflicts, work, target) }
    }

    private func land(
        _ work: SessionWork, _ head: ObjectID, into target: String, _ before: ObjectID,
        _ repository: borrowing Repository
    ) throws -> LandingResult {
        var text = message ?? "Merge branch '\(work.branch)' into \(target)"
        if message == nil, way == .squash {
            text = LandCommand.squashed(try repository.messages(of: head, notOf: before), work)
        }
        var landing = Landing(
            commonDirectory: work.commonDirectory, source: head, target: target,
            way: way?.way ?? .fastForward,
            message: text.hasSuffix("\n") ? text : text + "\n")
        do {
            let result = try landing.run()
            guard way == nil, result == .notForward else { return result }
            landing.way = .merge
            return try landing.run()
        } catch {
            throw LandingReport.explained(error, "land", agentIn: nil)
        }
    }

    /// One message of several: the only one itself, else the person's first prompt, and what each commit says.
    static func squashed(_ messages: [String], _ work: SessionWork) -> String {
        guard messages.count != 1 else { return messages[0] }
        func subject(_ text: String) -> String {
            String(text.split(whereSeparator: \.isNewline).first ?? "")
        }
        let prompt = subject(work.status.spec?.prompts.first ?? "")
        let title = prompt.isEmpty || prompt.count > 72 ? "Work of the session '\(work.name)'" : prompt
        let list = messages.map { "* \(subject($0))" }
        return ([title] + (list.isEmpty ? [] : [""] + list)).joined(separator: "\n")
    }

    private func tellPlaces(
        _ work: SessionWork, _ target: String, _ commit: ObjectID, _ before: ObjectID, _ worktree: String?
    ) {
        if let worktree {
            let back = ShellWord.line(["git", "-C", worktree, "reset", "--keep", before.short])
            Console.notice("\(worktree), which is on \(target), was updated; '\(back)' takes it back")
        } else {
            let back = ShellWord.line(["git", "branch", "--force", target, before.short])
            Console.notice("'\(back)' takes it back")
        }
    }
}
