internal import ArgumentParser
internal import Git
internal import SessionModel
internal import Store

/// `claudia sync`: brings the news of its base into a session's branch.
struct SyncCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Bring the news of its base into a session's branch and worktree.",
        discussion: """
            The branch moves forward where the session has no commit of its own, else a merge commit is made; with \
            --rebase its commits are made anew on top. All is tried in memory first: a conflict changes nothing, is \
            told file by file, and ends with 1. The worktree is updated while its agent runs, but only where no \
            file with an uncommitted edit is touched; else nothing is done. From then on 'claudia diff' counts from \
            what was brought in.
            """)

    @Argument(help: "The session; in a session's worktree that one when left out.", completion: .sessions)
    var name: String?

    @Option(
        name: .long,
        help: ArgumentHelp("What to bring in; by default what the session started from.", valueName: "R"))
    var from: String?

    @Flag(name: .long, help: "Make the session's commits anew on top of the news.")
    var rebase = false

    @Flag(name: .long, help: "Fetch from the remote first, where it comes from one.")
    var fetch = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        let workspace = try Workspace.open()
        let work = try SessionWork(
            of: workspace.selection().session(name), in: workspace)
        let source = try from ?? news(for: work)
        if fetch { try Remotes.fetch(base: source, in: Repository(at: work.commonDirectory)) }
        let repository = try Repository(at: work.commonDirectory)
        let news = try repository.resolve(source)
        let before = try work.head()
        let count = try repository.count(of: news, notOf: before)
        common.trace("\(work.name): \(count) commits of \(source) (\(news)) into \(before)")
        switch try bring(news, of: source, into: work) {
        case .landed(let commit, let before, _):
            try SessionBase.set(name: work.name.text, to: news, in: repository)
            try Console.line(
                "\(work.name): \(Wording.count(count, "commit")) of \(source) brought in; "
                    + "\(work.branch) is at \(commit.short) now")
            if work.hasAgent {
                Console.notice(
                    "its agent runs; what it has read of \(try changed(before, commit)) may have changed")
            }
        case .upToDate:
            // The agent may have merged it itself.
            if try repository.count(of: work.base(), notOf: news) == 0 {
                try SessionBase.set(name: work.name.text, to: news, in: repository)
            }
            Console.notice("\(work.name): has all of \(source) already")
        case .conflicts(let conflicts):
            LandingReport.tell(conflicts, work.branch, source)
            throw CommandError(
                "'\(source)' can't be brought into '\(work.name)': \(Wording.count(conflicts.count, "file")) in "
                    + "conflict, nothing was changed.",
                hint: "Have the agent do it: "
                    + "'claudia prompt \(work.name) \"Merge \(source) and resolve the conflicts\"'.")
        case .notForward: break
        }
    }

    /// Where its news come from: the remote's branch that it started from, else the branch that it goes home to.
    private func news(for work: SessionWork) throws -> String {
        let base = work.status.spec?.base ?? "HEAD"
        let repository = try Repository(at: work.commonDirectory)
        let isRemote = repository.remoteBranch(base) != nil
        return isRemote ? base : work.status.baseBranch ?? base
    }

    private func bring(_ news: ObjectID, of source: String, into work: SessionWork) throws -> LandingResult {
        do {
            if rebase {
                return try Landing.rebase(
                    branch: work.branch, onto: news, commonDirectory: work.commonDirectory)
            }
            var landing = Landing(
                commonDirectory: work.commonDirectory, source: news, target: work.branch, way: .fastForward,
                message: "Merge branch '\(source)' into \(work.branch)\n")
            let result = try landing.run()
            guard result == .notForward else { return result }
            landing.way = .merge
            return try landing.run()
        } catch {
            throw LandingReport.explained(error, "sync", agentIn: work.name.text)
        }
    }

    private func changed(_ before: ObjectID, _ after: ObjectID) throws -> String {
        let work = try Repository(at: Place.discover().commonDirectory)
        return Wording.count(try work.diff(from: before, to: after).files, "file")
    }
}
