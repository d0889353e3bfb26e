import Glibc
import Linux
import Testing

/// A shell script that is talked to line by line; it ends with its input.
final class Shell {
    private let toShell: Descriptor
    private let fromShell: Descriptor
    private let pid: Int32
    private var rest: [UInt8] = []

    init(_ script: String, in folder: String) throws {
        func pair() throws -> [CInt] {
            var ends: [CInt] = [-1, -1]
            guard pipe(&ends) == 0 else { throw Failure(what: "pipe: \(errno)") }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return ends
        }
        let input = try pair()
        let output = try pair()
        let theirInput = Descriptor(adopting: input[0])
        let theirOutput = Descriptor(adopting: output[1])
        toShell = Descriptor(adopting: input[1])
        fromShell = Descriptor(adopting: output[0])
        var spawn = Spawn(["/bin/sh", "-c", script], environment: ["PATH": "/usr/bin:/bin"])
        spawn.folder = folder
        pid = try spawn.start(descriptors: [theirInput.number, theirOutput.number, 2])
    }

    deinit {
        kill(pid, SIGKILL)
        var status: CInt = 0
        waitpid(pid, &status, 0)
    }

    func say(_ line: String) throws { try toShell.writeAll(Array((line + "\n").utf8)) }

    /// The next line that it prints; waits for it.
    func line() throws -> String {
        while true {
            if let end = rest.firstIndex(of: 0x0A) {
                defer { rest.removeSubrange(...end) }
                return String(decoding: rest[..<end], as: UTF8.self)
            }
            guard let more = try fromShell.read(most: 4096), !more.isEmpty else {
                throw Failure(what: "the shell has ended")
            }
            rest += more
        }
    }
}
