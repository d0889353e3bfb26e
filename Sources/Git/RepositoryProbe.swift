import CGit2
import Glibc
import Linux

/// What in one repository isn't done by libgit2 alone, who does it instead, and why.
///
/// Costs a look at the settings, the index and the commit's attributes; meant to be made once, at the start.
public struct RepositoryProbe: Equatable, Sendable {
    /// What is done in another way than usual.
    public enum Topic: String, Equatable, Sendable, CaseIterable {
        case opening, index, checkout, submodules, hooks
    }

    /// Who does it.
    public enum Doer: String, Equatable, Sendable {
        /// `git` itself, behind the same functions.
        case git
        /// Nobody: it isn't done, or the repository can't be used.
        case nobody
    }

    /// One thing that is done in another way.
    public struct Finding: Equatable, Sendable {
        /// What it is about.
        public var topic: Topic
        /// Who does it.
        public var doer: Doer
        /// Why, as a part of a sentence: "it uses …".
        public var reason: String

        /// The finding as one sentence for a person.
        public var message: String {
            switch (topic, doer) {
            case (.opening, _): "The repository can't be used: \(reason)."
            case (.index, _): "Indexes are read by git, since \(reason)."
            case (.checkout, _): "Worktrees are made by git, since \(reason)."
            case (.submodules, _): "Submodules are filled by git where the main worktree has them: \(reason)."
            case (.hooks, _):
                "The hook 'post-checkout' is run in new worktrees once 'claudia trust' has asked about it: \(reason)."
            }
        }
    }

    /// All that isn't done by libgit2; empty for a plain repository.
    public private(set) var findings: [Finding] = []

    /// Whether claudia can work with the repository at all.
    public var isUsable: Bool { !findings.contains { $0.topic == .opening } }

    /// Looks at the repository that `path` lies in.
    public init(discovering path: String) {
        do throws(GitError) {
            let repository = try Repository(discovering: path)
            try look(repository)
        } catch {
            let reason = if case .unsupported(let reason) = error { reason } else { error.message }
            findings.append(Finding(topic: .opening, doer: .nobody, reason: reason))
        }
        guard isUsable, findings.contains(where: { $0.doer == .git }), !Self.hasGit else { return }
        findings.append(
            Finding(topic: .opening, doer: .nobody, reason: "the program 'git' is needed, and isn't in PATH"))
    }

    private mutating func look(_ repository: borrowing Repository) throws(GitError) {
        let index = "\(repository.commonDirectory)/index"
        if access(index, F_OK) == 0 {
            do throws(GitError) {
                _ = try Owned(git_index_free, "index") { git_index_open(&$0, index) }
            } catch {
                let reason = Self.indexReason(error.message)
                findings.append(Finding(topic: .index, doer: .git, reason: reason))
            }
        }
        if let head = try? repository.resolve("HEAD") {
            let plan = try CheckoutPlan(commit: head, in: repository)
            if case .git(let why) = try CheckoutWay.choose(plan, in: repository) {
                findings.append(Finding(topic: .checkout, doer: .git, reason: "it uses \(why)"))
            }
            let modules = plan.files.filter { $0.mode == GIT_FILEMODE_COMMIT.rawValue }
            if let first = modules.first {
                let more = modules.count > 1 ? " and \(modules.count - 1) more" : ""
                let names = plan.text(first.start, first.end) + more
                findings.append(Finding(topic: .submodules, doer: .git, reason: names))
            }
        }
        let (root, common) = (repository.mainWorktree, repository.commonDirectory)
        if let hook = try CheckoutHook(inWorktree: root, commonDirectory: common) {
            findings.append(Finding(topic: .hooks, doer: .git, reason: "there is \(hook.path)"))
        }
    }

    /// What libgit2 1.5.1 stumbles over in an index, told from its words.
    private static func indexReason(_ words: String) -> String {
        if words.contains("'sdir'") { return "it uses a sparse index" }
        if words.contains("'link'") { return "it uses a split index" }
        if words.contains("checksum") {
            return "its index has no checksum (index.skipHash, feature.manyFiles)"
        }
        return "libgit2 can't read one: \(words)"
    }

    private static var hasGit: Bool {
        (Environment.value("PATH") ?? "").split(separator: ":").contains { access("\($0)/git", X_OK) == 0 }
    }
}
