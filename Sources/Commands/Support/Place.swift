internal import Git
internal import Store
internal import Supervisor

/// The repository that a command was run in.
struct Place {
    /// The Git folder that all worktrees share.
    let commonDirectory: String
    /// The folder that `.claudia` lies in: the main worktree's root, or a bare repository itself.
    let root: String
    /// Whether there is no main worktree.
    let isBare: Bool

    /// Whose its `.claudia` is.
    var ownership: Ownership { Ownership(root: root, commonDirectory: commonDirectory) }

    /// Knows the files in `.claudia` that Git tracks.
    var trackedGuard: TrackedGuard { TrackedGuard(root: root, commonDirectory: commonDirectory) }

    /// Finds the repository from this process's folder: a subfolder, a linked worktree, `.claudia`, `.git`.
    static func discover() throws(CommandError) -> Place {
        do {
            let repository = try RepositoryPlace(discovering: ".")
            return Place(
                commonDirectory: repository.commonDirectory, root: repository.mainWorktree,
                isBare: repository.isBare)
        } catch GitError.notARepository {
            throw CommandError(
                "This folder is in no Git repository.",
                hint: "Go to a repository, or make one here with 'git init'.")
        } catch {
            throw CommandError(error)
        }
    }
}
