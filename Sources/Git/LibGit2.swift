import CGit2
import Glibc
import Linux

/// The one door to libgit2: it is started here, and every return code is checked here.
enum LibGit2 {
    /// Loads and starts the library once per process; nil, or what is wrong with it.
    ///
    /// Opening repositories with these extensions is right: worktreeConfig only adds a configuration file
    /// that `CheckoutWay` looks at, partialClone lets objects be missing, preciousObjects forbids pruning.
    private static let trouble: GitError? = {
        if let why = claudia_git_load() { return .notLoaded(String(cString: why)) }
        let code = git_libgit2_init()
        guard code > 0 else { return .other(code: code, "libgit2 can't be started: \(lastMessage)") }
        let extensions: [String] = ["worktreeconfig", "partialclone", "preciousobjects"]
        let names = extensions.map { strdup($0) }
        defer { for name in names { free(name) } }
        var pointers = names.map { UnsafePointer($0) }
        _ = claudia_git_set_extensions(&pointers, pointers.count)
        _ = claudia_git_enable_fsync(1)
        _ = claudia_git_verify_hashes(0)
        let registered = claudia_git_register_reading()
        guard registered == 0 else {
            return .other(code: registered, "libgit2 can't be started: \(lastMessage)")
        }
        return nil
    }()

    /// Makes sure that the library is started.
    static func start() throws(GitError) {
        if let trouble { throw trouble }
    }

    /// The error of the last call on this thread; to be read in the statement after it.
    static var lastMessage: String {
        guard let error = git_error_last(), let text = error.pointee.message else { return "unknown error" }
        return String(cString: text)
    }

    /// Throws what `code` means for `subject`, which reads as "the branch 'x'".
    static func check(_ code: CInt, _ subject: @autoclosure () -> String) throws(GitError) {
        guard code < 0 else { return }
        let text = lastMessage
        switch git_error_code(rawValue: code) {
        case GIT_ENOTFOUND: throw .notFound(subject())
        case GIT_EEXISTS: throw .exists(subject())
        case GIT_ELOCKED: throw .locked(subject())
        case GIT_EUNBORNBRANCH: throw .noCommitYet(path: subject())
        case GIT_EINVALIDSPEC: throw .invalidName(subject())
        default: throw .other(code: code, "\(subject()): \(text)")
        }
    }
}

/// One object of libgit2, freed when its owner goes.
///
/// Not Sendable: libgit2 allows one thread per object (its docs/threading.md).
struct Owned: ~Copyable {
    let pointer: OpaquePointer
    private let free: (OpaquePointer?) -> Void

    /// Takes what `make` stores; throws what its return code means for `subject`.
    init(
        _ free: @escaping (OpaquePointer?) -> Void, _ subject: @autoclosure () -> String,
        _ make: (inout OpaquePointer?) -> CInt
    ) throws(GitError) {
        try LibGit2.start()
        var made: OpaquePointer?
        let code = make(&made)
        try LibGit2.check(code, subject())
        guard let made else { throw .other(code: code, "\(subject()): nothing was made") }
        self.pointer = made
        self.free = free
    }

    deinit { free(pointer) }
}

/// Does system calls, whose failures become `.system`.
func system<Result: ~Copyable>(
    _ body: () throws(SystemError) -> Result
) throws(GitError) -> Result {
    do { return try body() } catch { throw .system(error) }
}
