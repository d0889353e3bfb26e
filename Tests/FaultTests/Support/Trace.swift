import Glibc
import Linux
import Testing

/// `strace` on threads of a process that runs: counts their system calls, or makes some of them fail or kill.
final class Trace {
    /// Which threads of a supervisor.
    enum Threads: CaseIterable {
        /// The one with the loop.
        case loop
        /// Those that make and remove worktrees.
        case workers
    }

    /// Calls that change something, or say something to another process.
    static let changing = [
        "openat", "openat2", "write", "pwrite64", "fsync", "ftruncate", "mkdir", "mkdirat", "rename",
        "renameat",
        "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink", "unlinkat", "rmdir", "fchmod",
        "sendmsg",
        "connect", "vfork", "clone3", "timerfd_settime",
    ]

    private let strace: RunningProgram
    private let file: String

    /// Attaches to threads of `pid`; `inject` as strace(1) takes it.
    init(_ box: Sandbox, _ pid: Int32, _ threads: Threads, inject: [String] = []) throws {
        let all = names(in: "/proc/\(pid)/task")
        let chosen = threads == .loop ? ["\(pid)"] : all.filter { $0 != "\(pid)" }
        file = "\(box.home)/strace.txt"
        _ = unlink(file)
        // Only what is traced can be tampered with.
        let named = inject.compactMap { $0.split(separator: ":").first.map(String.init) }
        let calls = (inject.isEmpty ? Trace.changing : named).joined(separator: ",")
        var arguments = ["strace", "-qq", "-o", file, "-e", "trace=\(calls)"]
        arguments += inject.flatMap { ["-e", "inject=\($0)"] }
        strace = try box.start(arguments + chosen.flatMap { ["-p", $0] })
        try box.until("strace attached") {
            chosen.allSatisfy { thread in
                // A thread that has ended meanwhile needn't be waited for.
                text(of: "/proc/\(pid)/task/\(thread)/status").map { !$0.contains("TracerPid:\t0\n") } ?? true
            } ? true : nil
        }
    }

    /// Lets go of the threads, unless they are gone.
    func end() throws {
        try strace.process.send(SIGTERM)
        _ = try strace.ending()
    }

    /// How often each call was made, by the thread that made it most often: strace(1) counts for each thread.
    func counts() -> [String: Int] {
        let lines = (text(of: file) ?? "").split(separator: "\n").filter { !$0.contains("resumed>") }
        // With several threads each line begins with the thread's number.
        let calls = lines.compactMap { $0.split(separator: "(").first.map(String.init) }
        let counts = Dictionary(grouping: calls) { $0 }.mapValues(\.count)
        let named = counts.map { ($0.key.split(separator: " ").last.map(String.init) ?? "", $0.value) }
        return Dictionary(named, uniquingKeysWith: max).filter { Trace.changing.contains($0.key) }
    }
}
