import CGit2
import Glibc
import Linux

/// Fills the submodules of a new worktree which the main worktree has too, from there and without a network.
struct SubmoduleFilling: ~Copyable {
    private let repository: Repository

    /// The repository, opened from its main worktree.
    init(commonDirectory: String) throws(GitError) { repository = try Repository(at: commonDirectory) }

    /// What couldn't be filled, in sentences; what the main worktree hasn't filled either stays as it is.
    borrowing func run(_ plan: CheckoutPlan, worktree: String) -> [String] {
        guard !repository.isBare else { return [] }
        var notes: [String] = []
        for file in plan.files where file.mode == GIT_FILEMODE_COMMIT.rawValue {
            let path = plan.text(file.start, file.end)
            guard access("\(repository.mainWorktree)/\(path)/.git", F_OK) == 0 else { continue }
            do throws(GitError) {
                try fill(path, worktree: worktree)
            } catch {
                notes.append("The submodule \(path) was left empty: \(error.message)")
            }
        }
        return notes
    }

    /// Clones what the main worktree has, hard links where that is possible, and checks the commit out.
    private func fill(_ path: String, worktree: String) throws(GitError) {
        let handle = repository.handle.pointer
        let module = try Owned(git_submodule_free, "submodule '\(path)'") {
            git_submodule_lookup(&$0, handle, path)
        }
        guard let text = git_submodule_name(module.pointer) else { throw .notFound("submodule '\(path)'") }
        let name = String(cString: text)
        let absorbed = "\(repository.commonDirectory)/modules/\(name)"
        let here = "\(repository.mainWorktree)/\(path)"
        let origin = access("\(absorbed)/HEAD", F_OK) == 0 ? absorbed : here
        // By variables, since a name may hold what `-c` would end at.
        let settings = [("protocol.file.allow", "always"), ("submodule.\(name).url", origin)]
        var variables = ["GIT_CONFIG_COUNT": "\(settings.count)"]
        for (number, setting) in settings.enumerated() {
            variables["GIT_CONFIG_KEY_\(number)"] = setting.0
            variables["GIT_CONFIG_VALUE_\(number)"] = setting.1
        }
        let why = "submodules"
        try GitCommand.run(
            ["submodule", "--quiet", "update", "--init", "--no-fetch", "--", path], in: worktree, why: why,
            variables: variables, limitS: GitCommand.checkoutLimitS)
        let real = try? GitCommand.run(["config", "remote.origin.url"], in: here, why: why)
        guard let real, !real.isEmpty else { return }
        try GitCommand.run(
            ["config", "remote.origin.url", String(decoding: real, as: UTF8.self).trimmingNewlines],
            in: "\(worktree)/\(path)", why: why)
    }
}
