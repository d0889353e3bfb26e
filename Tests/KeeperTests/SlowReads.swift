import Glibc
import Linux
import Testing

/// Makes every read of a file by a process come back long after it was done, with strace(1).
final class SlowReads {
    /// Bytes that the keeper reads of its mailbox at least: what it compares is shorter.
    private static let bytesLeast = 65
    private let pid: Int32
    private let tracer: ProcessHandle

    init(of pid: Int32) throws {
        self.pid = pid
        let told = try Pipe()
        let spawn = Spawn(
            ["strace", "-f", "-o", "/dev/null", "-e", "inject=pread64:delay_exit=250000", "-p", "\(pid)"],
            environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
        tracer = try ProcessHandle(try spawn.start(descriptors: [-1, -1, told.writing.number]))
        // "strace: Process … attached"
        try KeptSession.wait(for: told.reading.number, "strace to be attached")
        let line = try told.reading.read(most: 200) ?? []
        #expect(String(decoding: line, as: UTF8.self).contains("attached"))
    }

    deinit {
        try? tracer.send(SIGTERM)
        _ = try? Ending.reap(tracer.pid)
    }

    /// Waits until the process has read a line of the mailbox, and not gone on.
    func untilReading() throws {
        let deadline = Clock.bootNs + 20_000_000_000
        let timer = try Timer()
        while Clock.bootNs < deadline {
            // Number and arguments of the system call that it is in (proc(5), /proc/pid/syscall).
            let bytes = (try? Folder(at: "/proc/\(pid)").read("syscall", most: 999)) ?? []
            let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
            if words.count > 3, words[0] == "17", let count = Int(words[3].dropFirst(2), radix: 16),
                count >= Self.bytesLeast
            {
                return
            }
            try timer.arm(at: Clock.bootNs + 1_000_000)
            try KeptSession.wait(for: timer.descriptor.number, "a moment")
            try timer.acknowledge()
        }
        throw KeptSession.Late(description: "Waited in vain for the keeper to read.")
    }
}
