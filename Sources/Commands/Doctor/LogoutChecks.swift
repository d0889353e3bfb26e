internal import Glibc
internal import Linux
internal import Store

/// Whether logging out would end the agents, where systemd manages logins.
enum LogoutChecks {
    /// What logind does, in the order in which later files override earlier ones (logind.conf(5)).
    private static let settings = ["/usr/lib/systemd", "/etc/systemd", "/run/systemd"]
    private static let settingBytesMax = 65_536

    /// One finding on a machine with systemd, else none; agents are started beside the process `supervisor`.
    static func findings(supervisor: Int32?) -> [Finding] {
        guard access("/run/systemd/system", F_OK) == 0 else { return [] }
        let pid = supervisor ?? getpid()
        guard let folder = try? Folder(at: "/proc/\(pid)"),
            let bytes = try? folder.read("cgroup", most: settingBytesMax)
        else { return [] }
        let group = String(decoding: bytes, as: UTF8.self)
        return [finding(group: group, lingers: lingers(), killsProcesses: killsProcesses(in: settingTexts()))]
    }

    /// Judges the control groups of the process beside which agents are started, as /proc/PID/cgroup has them.
    static func finding(group: String, lingers: Bool, killsProcesses: Bool) -> Finding {
        let check = "logout"
        if group.contains("/user@") {
            guard !lingers else { return Finding(check, .ok, "agents outlive it: your services linger") }
            return Finding(
                check, .note, "Logging out of the last session ends your services, and the agents with them.",
                hint: "'loginctl enable-linger' keeps them, from boot on.")
        }
        if group.contains("/session-"), killsProcesses {
            return Finding(
                check, .note, "Logging out ends the agents: KillUserProcesses is set in logind.conf.",
                hint:
                    "Run the supervisor as a service (scripts/claudia@.service) and 'loginctl enable-linger'."
            )
        }
        return Finding(check, .ok, "agents outlive it")
    }

    /// What the texts of logind.conf and its additions say; a line that is commented out tells the default.
    static func killsProcesses(in texts: [String]) -> Bool {
        var (said, fallback): (Bool?, Bool) = (nil, false)
        for line in texts.flatMap({ $0.split(whereSeparator: \.isNewline) }) {
            let words = line.filter { $0 != " " && $0 != "\t" }.lowercased()
            let isDefault = words.hasPrefix("#")
            let setting = isDefault ? words.drop { $0 == "#" } : Substring(words)
            guard setting.hasPrefix("killuserprocesses=") else { continue }
            let value = ["yes", "true", "on", "1"].contains(setting.drop { $0 != "=" }.dropFirst())
            if isDefault { fallback = value } else { said = value }
        }
        return said ?? fallback
    }

    private static func settingTexts() -> [String] {
        settings.flatMap { place -> [String] in
            guard let folder = try? Folder(at: place) else { return [] }
            let more = ((try? folder.folder("logind.conf.d").names()) ?? []).filter { $0.hasSuffix(".conf") }
            return (["logind.conf"] + more.sorted().map { "logind.conf.d/\($0)" }).compactMap { name in
                (try? folder.read(name, most: settingBytesMax)).map { String(decoding: $0, as: UTF8.self) }
            }
        }
    }

    /// Whether this user's services stay without a login, as loginctl(1) tells.
    private static func lingers() -> Bool {
        CapturedOutput.firstLine(of: ["loginctl", "show-user", "\(geteuid())", "--property=Linger"], in: "/")
            == "Linger=yes"
    }
}
