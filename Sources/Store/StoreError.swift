public import Linux
public import SessionModel

/// What can go wrong with claudia's files.
public enum StoreError: Error, Equatable, Sendable {
    /// A system call failed.
    case system(SystemError)
    /// A file that a person wrote can't be understood.
    case file(String, FileProblem)
    /// A file that claudia wrote doesn't hold what it should; with the reason.
    case damaged(String, String)
    /// A file or folder that should be ours is something else (a link, a FIFO); with the reason.
    case refused(String, String)
    /// The public folder isn't this user's own: a sentence that says so.
    case untrusted(String)

    /// What is wrong, as a sentence for a person.
    public var message: String {
        switch self {
        case .system(let error): "\(error.message)."
        case .file(let name, let problem): "\(name): \(problem.message)"
        case .damaged(let name, let why): "The file \(name) is damaged: \(why)."
        case .refused(let name, let why): "\(name) \(why)."
        case .untrusted(let sentence): sentence
        }
    }
}

/// Runs calls of `Linux`, whose error becomes the store's.
func calling<Result: ~Copyable>(
    _ body: () throws(SystemError) -> Result
) throws(StoreError) -> Result {
    do { return try body() } catch { throw .system(error) }
}
