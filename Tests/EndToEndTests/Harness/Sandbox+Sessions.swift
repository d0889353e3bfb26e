import FoundationEssentials
import Glibc
import Linux
import SessionModel
import Testing

/// Sessions, as their files tell.
extension Sandbox {
    var sessions: String { "\(root)/.claudia/sessions" }

    func file(_ name: String) -> String { "\(sessions)/\(name).json" }

    /// The JSON of a session whose agent is a shell script.
    static func session(shell script: String, _ more: String = "") throws -> String {
        let argument = String(decoding: try JSONEncoder().encode(script), as: UTF8.self)
        return "{\"agent\": [\"bash\", \"-c\", \(argument)]\(more.isEmpty ? "" : ", ")\(more)}\n"
    }

    /// Makes a session with a shell script as its agent.
    func make(_ name: String, shell script: String, _ more: String = "") throws {
        try write(try Sandbox.session(shell: script, more), to: file(name))
    }

    func status(_ name: String) throws -> SessionStatus? {
        guard let text = text(of: "\(sessions)/\(name)/status.json") else { return nil }
        return try JSONDecoder().decode(SessionStatus.self, from: Data(text.utf8))
    }

    func log(_ name: String) -> String { text(of: "\(sessions)/\(name)/output.log") ?? "" }

    func worktree(_ name: String) -> String { "\(root)/.claudia/worktrees/\(name)" }

    /// Waits, as a person would, until the session's phase is `phase`.
    func wait(_ name: String, _ phase: String, at location: SourceLocation = #_sourceLocation) throws {
        try until("\(name) has a file or folder", at: location) {
            exists(self.file(name)) || exists("\(self.sessions)/\(name)") ? true : nil
        }
        let outcome = try claudia("wait", name, phase, "--timeout", "30")
        guard outcome.code == 0 else {
            throw Failure("line \(location.line): wait \(name) \(phase): \(outcome.told)")
        }
    }

    /// Waits until the session's terminal has printed `text`.
    func untilPrinted(_ text: String, _ name: String, at location: SourceLocation = #_sourceLocation) throws {
        try until("“\(text)” from \(name)", at: location) { self.log(name).contains(text) ? true : nil }
    }

    /// Waits until the session and all that was its own are gone.
    func untilRemoved(_ name: String, at location: SourceLocation = #_sourceLocation) throws {
        try until("\(name) removed", at: location) {
            exists("\(self.sessions)/\(name)") || exists("\(self.root)/.git/claudia/sessions/\(name)")
                ? nil : true
        }
    }

    /// Waits until `condition` gives something: it is asked anew whenever a file in `.claudia` changes, and
    /// often enough to see what no file tells.
    @discardableResult
    func until<Value>(
        _ what: String, ms: Int = 20_000, at location: SourceLocation = #_sourceLocation,
        _ condition: () throws -> Value?
    ) throws -> Value {
        let inotify = try Inotify()
        let mask: Inotify.Mask = [.modified, .movedTo, .created, .deleted, .closedWrite]
        for path in [".claudia", ".claudia/sessions"] {
            if let folder = try? Folder(at: "\(root)/\(path)") { _ = try inotify.watch(folder, mask) }
        }
        for name in names(in: sessions) {
            if let folder = try? Folder(at: "\(sessions)/\(name)") { _ = try? inotify.watch(folder, mask) }
        }
        let end = Clock.bootNs + Int64(ms) * 1_000_000
        while true {
            if let value = try condition() { return value }
            guard Clock.bootNs < end else { throw Failure("line \(location.line): waited in vain: \(what)") }
            if try isReadable(inotify.descriptor, ms: 20) { _ = try inotify.events() }
        }
    }

    /// Lets a little time pass, by a timer.
    func pause(ms: Int = 20) throws { try pause(us: Int64(ms) * 1_000) }

    func pause(us: Int64) throws {
        let timer = try Linux.Timer()
        try timer.arm(at: Clock.bootNs + us * 1_000)
        _ = try isReadable(timer.descriptor, ms: Int(us / 100) + 1000)
    }

    /// Every event, in order of the file.
    func events() throws -> [Event] {
        let folder = "\(root)/.claudia"
        let parts = names(in: folder).filter { $0.hasPrefix("events.jsonl") }.sorted(by: >)
        let lines = parts.flatMap { (text(of: "\(folder)/\($0)") ?? "").split(separator: "\n") }
        return try lines.map { try JSONDecoder().decode(Event.self, from: Data($0.utf8)) }
    }
}
