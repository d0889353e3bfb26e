internal import Glibc
internal import Linux
internal import SessionModel

/// What the machine has to offer.
enum MachineChecks {
    /// Instances below which a few editors and one supervisor can use them up (Linux's default is 128).
    private static let instancesLeast = 64
    /// Watches below which some hundred sessions may not be watched, beside what editors take.
    private static let watchesLeast = 8_192

    /// The program `git`, the agents, the keeper and inotify's limits.
    static func findings(_ config: RepositoryConfig) -> [Finding] {
        [git(), keeper()] + agents(config) + [
            limit("inotify instances", "max_user_instances", least: instancesLeast),
            limit("inotify watches", "max_user_watches", least: watchesLeast),
        ]
    }

    private static func git() -> Finding {
        guard let version = CapturedOutput.firstLine(of: ["git", "--version"], in: "/") else {
            return Finding(
                "git", .wrong, "The program 'git' is not in PATH.", hint: "Install it: 'apt-get install git'."
            )
        }
        return Finding("git", .ok, version)
    }

    private static func keeper() -> Finding {
        guard let own = try? Executable.own(), let slash = own.lastIndex(of: "/") else {
            return Finding(
                "keeper", .wrong, "This program's own place can't be found out.", hint: "Is /proc mounted?")
        }
        let path = own[..<slash] + "/claudia-keeper"
        guard access(String(path), X_OK) == 0 else {
            return Finding(
                "keeper", .wrong, "'\(path)' is missing, so no agent can be started.",
                hint: "Install claudia anew; both programs belong into one folder.")
        }
        return Finding("keeper", .ok, String(path))
    }

    private static func agents(_ config: RepositoryConfig) -> [Finding] {
        let path = Environment.value("PATH") ?? ""
        let own = config.agent.first ?? ""
        return ([own] + ["claude", "codex"].filter { $0 != own }).map { name in
            if let found = Executable.find(name, path: path) { return Finding("agent \(name)", .ok, found) }
            guard name == own else { return Finding("agent \(name)", .note, "'\(name)' is not in PATH.") }
            return Finding(
                "agent \(name)", .wrong, "'\(name)', which sessions start by default, is not in PATH.",
                hint:
                    "Install it, or name another: \"agent\" in .claudia/config.json, or 'claudia new -- AGENT'."
            )
        }
    }

    private static func limit(_ check: String, _ file: String, least: Int) -> Finding {
        let path = "/proc/sys/fs/inotify/\(file)"
        guard let folder = try? Folder(at: "/proc/sys/fs/inotify"),
            let bytes = try? folder.read(file, most: 64),
            let value = Int(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
        else { return Finding(check, .note, "'\(path)' can't be read.") }
        guard value >= least else {
            return Finding(
                check, .wrong, "fs.inotify.\(file) is only \(value).",
                hint: "Raise it: 'sysctl fs.inotify.\(file)=\(least * 8)'.")
        }
        return Finding(check, .ok, "\(value)")
    }
}
