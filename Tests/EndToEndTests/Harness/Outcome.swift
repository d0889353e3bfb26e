import Glibc
import Linux

/// What a program that has ended did.
struct Outcome {
    let code: Int32?
    let signal: Int32?
    let out: String
    let err: String

    /// All of it, for a comparison with what a person should see.
    var told: Told { Told(code: code, out: out, err: err) }
}

/// Exactly what a person sees of a command.
struct Told: Equatable, CustomStringConvertible {
    var code: Int32? = 0
    var out = ""
    var err = ""

    var description: String { "exit \(code.map(String.init) ?? "by signal")\n--- out\n\(out)--- err\n\(err)" }
}

/// A program that runs; its output goes into memory.
final class RunningProgram {
    let process: ProcessHandle
    private let arguments: [String]
    private let out: Descriptor
    private let err: Descriptor

    init(_ spawn: Spawn, input: String = "") throws {
        arguments = spawn.arguments
        let input = try Descriptor.memory("input", Array(input.utf8))
        out = try Descriptor.memory("out", [])
        err = try Descriptor.memory("err", [])
        process = try ProcessHandle(try spawn.start(descriptors: [input.number, out.number, err.number]))
    }

    /// Waits for the end; one that comes too late is ended and an error.
    func ending(deadlineS: Int = 30) throws -> Outcome {
        let isLate = try !isReadable(process.descriptor, ms: deadlineS * 1000)
        if isLate {
            try process.send(SIGKILL)
            _ = try isReadable(process.descriptor, ms: 10_000)
        }
        let ending = try Ending.reap(process.pid)
        let outcome = Outcome(
            code: ending?.code, signal: ending?.signal, out: try text(of: out), err: try text(of: err))
        if isLate { throw Failure("\(arguments) took more than \(deadlineS) s:\n\(outcome.told)") }
        return outcome
    }

    private func text(of file: borrowing Descriptor) throws -> String {
        String(decoding: try file.read(at: 0, most: Int(try file.status().size)), as: UTF8.self)
    }
}

/// Why a test can't go on.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Whether `descriptor` becomes readable within `ms`.
func isReadable(_ descriptor: borrowing Descriptor, ms: Int) throws -> Bool {
    let end = Clock.bootNs + Int64(ms) * 1_000_000
    while true {
        var wanted = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
        let leftMs = max(0, (end - Clock.bootNs + 999_999) / 1_000_000)
        let count = poll(&wanted, 1, CInt(leftMs))
        if count > 0 { return true }
        if count == 0 { return false }
        guard errno == EINTR else { throw SystemError.last("poll") }
    }
}
