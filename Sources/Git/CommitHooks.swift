import CGit2
import Glibc
import Linux

/// The person's hooks for a commit that is made without a checkout of its own.
///
/// They are those of the main worktree, never ones that a session's worktree brings along.
struct CommitHooks {
    /// What is being committed.
    enum Occasion {
        case commit, merge

        /// The hook that judges the files.
        var judge: String { self == .merge ? "pre-merge-commit" : "pre-commit" }
        /// How `prepare-commit-msg` is told.
        var source: String { self == .merge ? "merge" : "message" }
    }

    /// The folder that holds them.
    let folder: String

    /// As `core.hooksPath` says.
    init(_ repository: borrowing Repository) throws(GitError) {
        guard let set = try Settings(repository).path("core.hooksPath") else {
            folder = "\(repository.commonDirectory)/hooks"
            return
        }
        folder = set.hasPrefix("/") ? set : "\(repository.mainWorktree)/\(set)"
    }

    /// Whether there is such a hook.
    func has(_ name: String) -> Bool { access("\(folder)/\(name)", X_OK) == 0 }

    /// Whether a commit concerns any.
    func concern(_ occasion: Occasion) -> Bool {
        [occasion.judge, "prepare-commit-msg", "commit-msg"].contains { has($0) }
    }

    /// Lets them judge the files in `index` and the message; the message as they leave it.
    ///
    /// Throws `.refusedByHook` where one refuses.
    func pass(
        _ occasion: Occasion, _ message: String, _ index: borrowing PrivateIndex, in checkout: Checkout
    ) throws(GitError) -> String {
        try run(occasion.judge, [], index, in: checkout)
        guard has("prepare-commit-msg") || has("commit-msg") else { return message }
        let name = "CLAUDIA_EDITMSG-\(getpid())"
        let path = checkout.directory + name
        defer { unlink(path) }
        try system { () throws(SystemError) in
            try Folder(at: checkout.directory).replace(name, with: Array(message.utf8), durable: false)
        }
        try run("prepare-commit-msg", [path, occasion.source], index, in: checkout)
        try run("commit-msg", [path], index, in: checkout)
        let bytes = try system { () throws(SystemError) in
            try Folder(at: checkout.directory).read(name, most: 1 << 20)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard !text.trimmingNewlines.isEmpty else { throw .refusedByHook("commit-msg", "it left no message") }
        return text
    }

    /// Runs one that nobody waits for the verdict of.
    func tell(_ hook: String, in checkout: Checkout) {
        guard has(hook) else { return }
        _ = try? checkout.git(["hook", "run", "--ignore-missing", hook], why: "hooks", hooks: folder)
    }

    private func run(
        _ hook: String, _ arguments: [String], _ index: borrowing PrivateIndex, in checkout: Checkout
    ) throws(GitError) {
        guard has(hook) else { return }
        var variables = index.variables
        variables["GIT_EDITOR"] = ":"
        do {
            try checkout.git(
                ["hook", "run", "--ignore-missing", hook, "--"] + arguments, why: "hooks",
                variables: variables, hooks: folder)
        } catch {
            guard case .command(let words) = error else { throw error }
            throw .refusedByHook(hook, words)
        }
    }
}
