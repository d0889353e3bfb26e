import Glibc
import KeeperProtocol
import Linux
import Testing

/// A session in a folder of its own, kept by the real `claudia-keeper`.
final class KeptSession {
    struct Late: Error, CustomStringConvertible {
        let description: String
    }

    let root: String
    let hidden: Folder
    let open: Folder
    let keeperPID: Int32
    private(set) var agentPID: Int32 = 0
    let link: KeeperLink
    private let keeper: ProcessHandle
    /// Whether the folder stays, for another session.
    var isKept = false

    /// Starts `arguments` in `root/work`; `configure` changes the orders.
    init(
        _ arguments: [String], environment: [String: String] = [:], keeperEnvironment: [String: String] = [:],
        root given: String? = nil, program givenProgram: String? = nil, asNobody: Bool = false,
        _ configure: (inout KeeperOrders) -> Void = { _ in }
    ) throws {
        root = try given ?? KeptSession.makeRoot()
        let folder = try Folder(at: root)
        hidden = try folder.makeFolder("hidden")
        open = try folder.makeFolder("open")
        let work = try folder.makeFolder("work")
        var variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "TERM": "xterm-256color"]
        variables.merge(environment) { $1 }
        var orders = KeeperOrders(
            arguments: arguments, environment: variables, name: "test", id: KeptSession.newID())
        configure(&orders)
        let program =
            try givenProgram ?? (asNobody ? KeptSession.programOfNobody(in: root) : KeptSession.program())
        let start = try KeeperStart(
            program, orders, privateFolder: hidden, publicFolder: open, agentFolder: work,
            environment: keeperEnvironment)
        let pid = start.keeperPID
        keeperPID = pid
        keeper = try ProcessHandle(pid)
        try KeptSession.wait(for: start.readiness.number, "the keeper to be ready")
        switch try start.outcome() {
        case .ready(let pid)?: agentPID = pid
        case .failed(let sentence)?:
            try KeptSession.wait(for: keeper.descriptor.number, "the keeper to leave")
            _ = try Ending.reap(keeperPID)
            throw Late(description: sentence)
        case nil: throw Late(description: "The keeper said nothing.")
        }
        link = try KeeperLink(in: hidden, as: .supervisor)
        // An agent may have ended, and its keeper left, before the keeper could take this link.
        try? report("the first state") { if case .state = $0 { () } else { nil } }
    }

    deinit {
        // Ended in order first, so that no agent which is deaf to its terminal's end stays.
        _ = try? link.send(.stop(graceMs: 0))
        try? KeptSession.wait(for: keeper.descriptor.number, "the keeper to leave", ms: 5_000)
        try? keeper.send(SIGKILL)
        _ = try? Ending.reap(keeperPID)
        if !isKept { try? KeptSession.run(["rm", "-rf", root]) }
    }

    static func makeRoot() throws -> String {
        var template = Array("/tmp/claudia-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError.last("mkdtemp") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static func newID() -> String { "test-\(getpid())-\(UInt32.random(in: 0 ... .max))" }

    /// `claudia-keeper` lies beside the test bundle.
    static func program() throws -> String {
        let own = try Executable.own()
        return own[..<(own.lastIndex(of: "/") ?? own.endIndex)] + "/claudia-keeper"
    }

    /// A program that keeps the session in `root` as the user nobody; for root only.
    private static func programOfNobody(in root: String) throws -> String {
        for name in ["", "/hidden", "/open", "/work"] { chown(root + name, 65_534, 65_534) }
        try run(["cp", program(), root + "/keeper"])
        let script = "#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups \(root)/keeper\n"
        try Folder(at: root).replace("as-nobody", with: Array(script.utf8), durable: false)
        chmod(root + "/as-nobody", 0o755)
        return root + "/as-nobody"
    }

    /// Runs a command to its end.
    static func run(_ arguments: [String]) throws {
        let pid = try Spawn(arguments, environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"]).start()
        let process = try ProcessHandle(pid)
        try wait(for: process.descriptor.number, arguments.joined(separator: " "))
        #expect(try Ending.reap(pid)?.code == 0, "\(arguments)")
    }

    static func wait(for number: CInt, _ what: String, ms: CInt = 20_000) throws {
        var wanted = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        guard poll(&wanted, 1, ms) > 0 else { throw Late(description: "Waited in vain for \(what).") }
    }

    func send(_ request: Request, passing: CInt? = nil) throws {
        #expect(try link.send(request, passing: passing))
    }

    /// The first report that `pick` takes; others are passed over.
    func report<Value>(
        _ what: String, ms: CInt = 20_000, _ pick: (Report) -> Value?
    ) throws -> Value {
        try KeptSession.report(link, what, ms: ms, pick)
    }

    static func report<Value>(
        _ link: borrowing KeeperLink, _ what: String, ms: CInt = 20_000, _ pick: (Report) -> Value?
    ) throws -> Value {
        let deadline = Clock.bootNs + Int64(ms) * 1_000_000
        while Clock.bootNs < deadline {
            switch try link.receive() {
            case .report(let report): if let value = pick(report) { return value }
            case .closed: throw Late(description: "The keeper closed the link instead of \(what).")
            case .nothing:
                try wait(for: link.number, what, ms: CInt((deadline - Clock.bootNs) / 1_000_000 + 1))
            }
        }
        throw Late(description: "Waited in vain for \(what).")
    }

    /// Waits until `condition` holds, looked at again whenever something changes in a folder of the session.
    func until<Value>(_ what: String, ms: CInt = 20_000, _ condition: () throws -> Value?) throws -> Value {
        let inotify = try Inotify()
        let mask: Inotify.Mask = [.modified, .movedTo, .created, .deleted, .attributes, .closedWrite]
        _ = try inotify.watch(open, mask)
        _ = try inotify.watch(hidden, mask)
        _ = try inotify.watch(try Folder(at: root + "/work"), mask)
        let deadline = Clock.bootNs + Int64(ms) * 1_000_000
        while true {
            if let value = try condition() { return value }
            let left = (deadline - Clock.bootNs) / 1_000_000
            guard left > 0 else { throw Late(description: "Waited in vain for \(what).") }
            try KeptSession.wait(for: inotify.descriptor.number, what, ms: CInt(left))
            _ = try inotify.events()
        }
    }

    /// Waits until the log holds `text`.
    func untilPrinted(_ text: String) throws {
        _ = try until("“\(text)” in the log") { try self.log().contains(text) ? true : nil }
    }

    /// Waits until the keeper is gone; its exit code.
    @discardableResult func untilGone() throws -> Int32? {
        try KeptSession.wait(for: keeper.descriptor.number, "the keeper to leave")
        return try Ending.reap(keeperPID)?.code
    }

    func state() throws -> KeeperState {
        try send(.ask)
        return try report("a state") { if case .state(let state) = $0 { state } else { nil } }
    }

    func ended() throws -> KeeperEnding {
        try report("the end") { if case .ended(let ending) = $0 { ending } else { nil } }
    }

    func logBytes() throws -> [UInt8] { try open.read("output.log", most: 1 << 30) }
    func log() throws -> String { String(decoding: try logBytes(), as: UTF8.self) }
    func work(_ name: String) throws -> [UInt8]? {
        let work = try Folder(at: root + "/work")
        return try work.status(name) == nil ? nil : try work.read(name, most: 1 << 26)
    }

    /// Writes to the mailbox as `>>` does and tells the keeper.
    func write(_ text: String, _ name: String = "input") throws {
        try open.open(name, O_WRONLY | O_APPEND).writeAll(Array(text.utf8))
        try send(.look)
    }
}
