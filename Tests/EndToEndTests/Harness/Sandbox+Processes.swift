import FoundationEssentials
import Glibc
import Linux
import SessionModel
import Testing

/// Processes, as /proc tells.
extension Sandbox {
    /// All processes that were started here, zombies left out.
    func processes() -> [Int32] {
        let marker = "HOME=\(home)"
        return ProcessTable.all().filter { $0.state != "Z" && $0.pid != getpid() }.map(\.pid).filter { pid in
            // A keeper has no environment, but holds the session's folders open.
            ProcessTable.environment(pid)?.contains(marker) == true || holdsFolder(pid)
        }
    }

    /// The processes that carry the session's mark.
    func processes(ofSession id: String) -> [Int32] {
        let marker = "CLAUDIA_SESSION_ID=\(id)"
        return ProcessTable.all().filter { $0.state != "Z" }.map(\.pid).filter {
            ProcessTable.environment($0)?.contains(marker) == true
        }
    }

    func commandLine(_ pid: Int32) -> String {
        let words = (text(of: "/proc/\(pid)/cmdline") ?? "").split(separator: "\0").joined(separator: " ")
        return "\(pid) \(words)"
    }

    private func holdsFolder(_ pid: Int32) -> Bool {
        guard text(of: "/proc/\(pid)/comm")?.hasPrefix("claudia-keeper") == true else { return false }
        return names(in: "/proc/\(pid)/fd").contains { number in
            target(of: "/proc/\(pid)/fd/\(number)")?.hasPrefix(home) == true
        }
    }

    /// The supervisor that runs, as its file tells.
    func supervisor() throws -> SupervisorStatus {
        guard let text = text(of: "\(root)/.claudia/supervisor.json") else {
            throw Failure("no supervisor.json")
        }
        return try JSONDecoder().decode(SupervisorStatus.self, from: Data(text.utf8))
    }

    /// Ends the supervisor with -9 and waits until it is gone.
    func killSupervisor() throws {
        let process = try ProcessHandle(try supervisor().pid)
        try process.send(SIGKILL)
        guard try isReadable(process.descriptor, ms: 5_000) else { throw Failure("the supervisor won't die") }
    }

    /// Ends every process of the sandbox at once, as a power cut does.
    func killAll() throws {
        for _ in 1...10 {
            let all = processes()
            if all.isEmpty { return }
            // Stopped first, so that none sees another one die.
            for signal in [SIGSTOP, SIGKILL] { for pid in all { try ProcessHandle(pid).send(signal) } }
            try until("they are gone") {
                all.allSatisfy { ProcessTable.entry($0).map { $0.state == "Z" } ?? true } ? true : nil
            }
        }
    }
}
