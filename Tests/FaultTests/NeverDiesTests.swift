import Glibc
import Linux
import SessionModel
import Testing

/// Calls fail for a while, all of them or every second one.
@Suite(.serialized) struct `Calls fail for a while` {
    struct Case: CustomTestStringConvertible {
        let error: String
        let calls: String
        /// Which of them, as strace(1) counts.
        let when: String
        /// What of it the supervisor says.
        let said: String?
        var testDescription: String { error }
    }

    static let cases = [
        Case(
            error: "EMFILE",
            calls: "openat,openat2,accept4,socket,pidfd_open,epoll_create1,memfd_create,pipe2,dup,fcntl",
            when: "1+", said: "Too many open files"),
        Case(
            error: "ENOMEM",
            calls:
                "openat,openat2,epoll_wait,epoll_ctl,sendmsg,recvmsg,accept4,inotify_add_watch,vfork,clone3",
            when: "1+2", said: "Cannot allocate memory"),
        Case(
            error: "ENOSPC",
            calls: "write,pwrite64,mkdirat,renameat2,linkat,fsync,inotify_add_watch,ftruncate",
            when: "1+", said: "No space left on device"),
        Case(
            error: "EINTR",
            calls: "epoll_wait,read,write,openat2,accept4,connect,sendmsg,recvmsg,fsync,wait4,poll",
            when: "1+2", said: nil),
    ]

    @Test(arguments: cases) func `never dies`(_ it: Case) throws {
        try Sandbox.with { box in
            try box.allow(sessions: 1_000)
            try box.ok("trust", "--yes")
            try box.ok("up", "--detach")
            try box.make("old", shell: Agents.counting)
            try box.make("gone", shell: "echo ready; read x; exit 3")
            for name in ["old", "gone"] { try box.wait(name, "running") }
            let supervisor = try box.supervisor().pid
            let agent = try #require(try box.status("old")?.agentPID)
            let trace = try Trace(
                box, supervisor, .loop, inject: ["\(it.calls):error=\(it.error):when=\(it.when)"])
            // Work of every kind while nothing goes right.
            try box.make("new", shell: "echo ready; read x")
            try box.make("old", shell: Agents.counting, "\"state\": \"paused\"")
            try box.sh("echo >> .claudia/sessions/gone/input")
            let ping = try box.start([try Sandbox.program(), "ls"])
            let usedBefore = ProcessTable.entry(supervisor)?.cpuTicks ?? 0
            try box.pause(ms: 1_500 * Scale.count(1, of: 40))
            let used = (ProcessTable.entry(supervisor)?.cpuTicks ?? 0) - usedBefore
            #expect(ProcessTable.entry(supervisor).map { $0.state != "Z" } == true)
            try trace.end()
            // A third of the processor, a hundred ticks a second: nothing is tried again and again without a rest.
            #expect(used < 50 * UInt64(Scale.count(1, of: 40)), "\(used) ticks")
            _ = try ping.ending()
            for (name, phase) in [("new", "running"), ("old", "paused"), ("gone", "exited")] {
                try box.until("\(name) is \(phase)") {
                    // What could not be started at all says so, and is tried again at a touch.
                    if try box.status(name)?.phase == .failed {
                        try box.sh("touch .claudia/sessions/\(name).json")
                    }
                    return try box.status(name)?.phase.rawValue == phase ? true : nil
                }
            }
            #expect(try box.supervisor().pid == supervisor)
            #expect(try box.status("old")?.agentPID == agent)
            #expect(try box.status("gone")?.exit?.code == 3)
            if let said = it.said {
                let log = text(of: "\(box.root)/.claudia/supervisor.log") ?? ""
                let events = try box.events().filter { "\($0.data)".contains(said) }
                #expect(log.contains(said) || !events.isEmpty, "\(said)")
            }
            try box.expectWhole(["old", "new", "gone"], "after \(it.error)")
            #expect(try box.claudia("ls").code == 0)
        }
    }

    @Test func `never dies: more connections than descriptors`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let supervisor = try box.supervisor().pid
            let open = names(in: "/proc/\(supervisor)/fd").count
            try box.sh("prlimit --pid \(supervisor) --nofile=\(open + 5):")
            let folder = try Folder(at: "\(box.root)/.git/claudia")
            var held: [Held] = []
            for _ in 1...40 { held.append(Held(try MessageSocket(in: folder, name: "supervisor.sock"))) }
            try box.until("it says so") {
                try box.events().contains { "\($0.data)".contains("Too many open files") } ? true : nil
            }
            let before = ProcessTable.entry(supervisor)?.cpuTicks ?? 0
            try box.pause(ms: 1_000)
            #expect(
                (ProcessTable.entry(supervisor)?.cpuTicks ?? 0) - before < 15, "it waits, without spinning")
            held = []
            try box.ok("ls")
            try box.sh("prlimit --pid \(supervisor) --nofile=1000:")
            try box.make("new", shell: "echo ready; read x")
            try box.wait("new", "running")
            #expect(try box.supervisor().pid == supervisor)
        }
    }

    @Test func `more files may be open than the soft limit says, but not by agents`() throws {
        try Sandbox.with { box in
            let program = try Sandbox.program()
            try box.sh("prlimit --nofile=512:4000 '\(program)' up --detach")
            let limits = text(of: "/proc/\(try box.supervisor().pid)/limits") ?? ""
            #expect(limits.contains { $0.isNewline } && softLimit(limits) == "4000")
            try box.make("fix", shell: "ulimit -Sn; read x")
            try box.untilPrinted("512", "fix")
        }
    }

    private func softLimit(_ limits: String) -> String? {
        let line = limits.split(separator: "\n").first { $0.hasPrefix("Max open files") }
        return line?.split(separator: " ").dropFirst(3).first.map(String.init)
    }
}

/// A connection that is held.
private final class Held {
    let socket: MessageSocket

    init(_ socket: consuming MessageSocket) { self.socket = socket }
}
