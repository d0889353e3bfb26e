import Glibc
import Linux
import SessionModel
import Testing

/// What a person does with a session's file.
enum Operation: CaseIterable {
    case create, pause, end, remove

    /// Brings the session where the operation begins.
    func prepare(_ name: String, in box: Sandbox) throws {
        if self == .create { return }
        try box.make(name, shell: "echo ready; while :; do read -t 60 x <> <(:); done")
        try box.until("\(name) runs") { try box.status(name)?.phase == .running ? true : nil }
        if self == .remove { try write("mine\n", to: "\(box.worktree(name))/new.txt") }
    }

    /// Does it.
    func begin(_ name: String, in box: Sandbox) throws {
        let script = "echo ready; while :; do read -t 60 x <> <(:); done"
        switch self {
        case .create: try box.make(name, shell: script)
        case .pause: try box.make(name, shell: script, "\"state\": \"paused\"")
        case .end: try box.make(name, shell: script, "\"state\": \"terminated\"")
        case .remove: _ = unlink(box.file(name))
        }
    }

    /// Whether all is as the operation should leave it.
    func isDone(_ name: String, in box: Sandbox) throws -> Bool {
        switch self {
        case .create: return try box.status(name)?.phase == .running
        case .pause: return try box.status(name)?.phase == .paused
        case .end: return try box.status(name)?.phase == .terminated
        case .remove:
            return !exists("\(box.sessions)/\(name)") && !exists("\(box.root)/.git/claudia/sessions/\(name)")
        }
    }
}

extension Operation {
    /// Does it once more, after something was in the way.
    func beginAgain(_ name: String, in box: Sandbox) throws {
        // A removal that failed is asked for anew.
        if self == .remove, !exists(box.file(name)), exists("\(box.sessions)/\(name)") {
            try box.make(name, shell: "echo ready; while :; do read -t 60 x <> <(:); done")
            try box.until("it is read") { try box.status(name)?.specMtime != nil ? true : nil }
        }
        try begin(name, in: box)
    }

    /// How often each call is made by these threads when it is done to a session called `reference`.
    func counts(_ threads: Trace.Threads, in box: Sandbox) throws -> [String: Int] {
        try prepare("reference", in: box)
        let trace = try Trace(box, try box.supervisor().pid, threads)
        try begin("reference", in: box)
        try box.until("it is done") { try isDone("reference", in: box) ? true : nil }
        try box.pause(ms: 50)
        try trace.end()
        return trace.counts()
    }
}
