public import Git
public import Linux
public import Store

/// Why a supervisor can't be, or go on.
public enum SupervisorError: Error, Equatable, Sendable {
    /// Another one has this repository.
    case alreadyRunning(pid: Int32?, generation: Int?)
    /// The repository can't be used.
    case git(GitError)
    /// Claudia's own files can't be used.
    case store(StoreError)
    /// A system call failed.
    case system(SystemError)
    /// Anything else, in words.
    case other(String)
}

/// Runs calls of lower modules, whose errors become the supervisor's.
func supervising<Result: ~Copyable>(
    _ body: () throws -> Result
) throws(SupervisorError) -> Result {
    do {
        return try body()
    } catch let error as SupervisorError {
        throw error
    } catch let error as GitError {
        throw .git(error)
    } catch let error as StoreError {
        throw .store(error)
    } catch let error as SystemError {
        throw .system(error)
    } catch {
        throw .other((error as? WorkFailure)?.sentence ?? "\(error)")
    }
}
