import Glibc
import Linux

/// The hook `post-checkout`, which `git worktree add` runs in a new worktree.
public struct CheckoutHook: Equatable, Sendable {
    /// Where it lies, links resolved.
    public let path: String
    /// The program.
    public let content: [UInt8]
    /// The most bytes that one may have.
    private static let sizeMax = 1 << 20

    /// The hook that Git would run in the worktree at `path`; nil when there is none that can be run.
    ///
    /// A relative `core.hooksPath` begins at the worktree (git-config(1)), so each may have another one.
    public init?(inWorktree path: String, commonDirectory: String) throws(GitError) {
        let repository = try Repository(at: commonDirectory)
        let settings = try Settings(repository)
        let named = settings.path("core.hookspath") ?? "\(repository.commonDirectory)/hooks"
        let folder = named.hasPrefix("/") ? named : "\(path)/\(named)"
        guard access("\(folder)/post-checkout", X_OK) == 0,
            let place = try? RealPath.of("\(folder)/post-checkout"),
            let content = try? Folder(at: RealPath.parent(of: place)).read(
                RealPath.name(of: place), most: Self.sizeMax)
        else { return nil }
        self.path = place
        self.content = content
    }

    /// Runs the hook as `git worktree add` does; what went wrong in a sentence, and the worktree stays.
    public static func run(in made: NewWorktree) -> String? {
        let none = String(repeating: "0", count: 40)
        do throws(GitError) {
            try GitCommand.run(
                ["hook", "run", "--ignore-missing", "post-checkout", "--", none, "\(made.commit)", "1"],
                in: made.path, why: "hooks", runsHooks: true, limitS: GitCommand.checkoutLimitS)
            return nil
        } catch {
            return "The hook 'post-checkout' failed: \(error.message)"
        }
    }
}
