import Glibc
import Linux

/// The lock of a worktree's index, which holds the index that is to be.
struct IndexLock {
    /// The worktree's own Git directory, with a slash at its end.
    let directory: String

    /// Makes it the index, and gives the lock back.
    func replaceIndex() throws(GitError) {
        try system { () throws(SystemError) in
            let folder = try Folder(at: directory)
            try folder.rename("index.lock", to: folder, "index")
        }
    }

    /// Gives the lock back; the index stays as it is.
    func release() { unlink("\(directory)index.lock") }
}
