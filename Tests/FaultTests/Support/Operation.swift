import Glibc
import Linux
import SessionModel
import Testing

/// What a person does with a session's file.
enum Operation: CaseIterable {
    case create, prompt, pause, park, end, remove, resume

    private static let agent = "stty -echo; echo ready; while read -r x; do echo \"got<$x>\"; done"

    /// Brings the session where the operation begins.
    func prepare(_ name: String, in box: Sandbox) throws {
        if self == .create { return }
        try box.make(name, shell: Operation.agent)
        try box.until("\(name) runs") { try box.status(name)?.phase == .running ? true : nil }
        if self == .remove { try write("mine\n", to: "\(box.worktree(name))/new.txt") }
        if self == .resume {
            try ProcessHandle(try #require(try box.status(name)?.keeperPID)).send(SIGKILL)
            try box.until("\(name) is interrupted") {
                try box.status(name)?.phase == .interrupted ? true : nil
            }
        }
    }

    /// Does it.
    func begin(_ name: String, in box: Sandbox) throws {
        switch self {
        case .create: try box.make(name, shell: Operation.agent)
        case .prompt: try box.make(name, shell: Operation.agent, "\"prompts\": [\"hello\"]")
        case .pause: try box.make(name, shell: Operation.agent, "\"state\": \"paused\"")
        case .park: try box.make(name, shell: Operation.agent, "\"state\": \"parked\"")
        case .end: try box.make(name, shell: Operation.agent, "\"state\": \"terminated\"")
        case .remove: _ = unlink(box.file(name))
        case .resume: _ = utimensat(AT_FDCWD, box.file(name), nil, 0)
        }
    }

    /// Whether all is as the operation should leave it.
    func isDone(_ name: String, in box: Sandbox) throws -> Bool {
        switch self {
        case .create, .resume: return try box.status(name)?.phase == .running
        case .prompt:
            guard try box.status(name)?.promptsSent.count == 1, box.log(name).contains("got") else {
                return false
            }
            // It was typed once.
            return box.log(name) == "ready\r\ngot<hello>\r\n"
        case .pause: return try box.status(name)?.phase == .paused
        case .park: return try box.status(name)?.phase == .parked
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
        if self == .remove {
            try box.make(name, shell: Operation.agent)
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
