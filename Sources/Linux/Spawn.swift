internal import CLinux
internal import Glibc

/// A program to start by posix_spawn(3): no shell, an empty signal mask, default signal actions, and no
/// descriptors but those named.
public struct Spawn: Sendable {
    /// The program and its arguments.
    public var arguments: [String]
    /// The whole environment.
    public var environment: [String: String]
    /// The folder to start in; nil is this process's own.
    public var folder: String?
    /// Whether the child leads a new session, setsid(2).
    public var newSession = false
    /// The slave that becomes standard input, output and error, and the controlling terminal.
    public var terminal: String?

    /// A program; what else is needed is set afterwards.
    public init(_ arguments: [String], environment: [String: String]) {
        self.arguments = arguments
        self.environment = environment
    }

    /// Starts the program, found in the child's own PATH when its name holds no slash.
    ///
    /// `descriptors[n]` becomes the child's descriptor n; -1 leaves n closed (0 to 2: /dev/null); those past
    /// the end are closed. Throws ENOENT, EACCES and the like of the program itself too (glibc's posix_spawn
    /// reports a failed exec from the call).
    public func start(descriptors: [CInt] = []) throws(SystemError) -> Int32 {
        guard let program = arguments.first, !program.isEmpty else {
            throw SystemError(ENOENT, "posix_spawn")
        }
        let search = environment["PATH"] ?? ""
        guard let path = Executable.find(program, path: search, folder: folder, orNearly: true) else {
            throw SystemError(ENOENT, "posix_spawn", program)
        }
        // Lifted out of the way, since descriptor n may still be needed when n is made.
        var lifted: [CInt] = []
        defer { for number in lifted where number >= 0 { Glibc.close(number) } }
        for number in descriptors {
            lifted.append(number < 0 ? -1 : try check("fcntl") { fcntl(number, F_DUPFD_CLOEXEC, 256) })
        }
        let variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
        var pid: pid_t = 0
        let error = CStrings(arguments).withPointers { argv in
            CStrings(variables).withPointers { envp in
                Spawn.optional(folder) { folder in
                    Spawn.optional(terminal) { terminal in
                        path.withCString { path in
                            var request = clinux_spawn()
                            request.program = path
                            request.arguments = argv
                            request.environment = envp
                            request.folder = folder
                            request.terminal = terminal
                            request.new_session = newSession ? 1 : 0
                            return lifted.withUnsafeBufferPointer { numbers in
                                request.descriptors = numbers.baseAddress
                                request.descriptor_count = CInt(numbers.count)
                                return clinux_spawn(&request, &pid)
                            }
                        }
                    }
                }
            }
        }
        guard error == 0 else { throw SystemError(error, "posix_spawn", program) }
        return pid
    }

    private static func optional<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result
    {
        guard let text else { return body(nil) }
        return text.withCString { body($0) }
    }
}

/// The NULL-ended array of C strings that exec(3) takes.
struct CStrings {
    private let bytes: [CChar]
    private let offsets: [Int]

    init(_ strings: [String]) {
        var (bytes, offsets): ([CChar], [Int]) = ([], [])
        for string in strings {
            offsets.append(bytes.count)
            bytes += string.utf8.map { CChar(bitPattern: $0) } + [0]
        }
        (self.bytes, self.offsets) = (bytes, offsets)
    }

    func withPointers<Result>(_ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Result) -> Result {
        var copy = bytes
        return copy.withUnsafeMutableBufferPointer { buffer in
            var pointers = offsets.map { offset in buffer.baseAddress.map { $0 + offset } }
            pointers.append(nil)
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}
