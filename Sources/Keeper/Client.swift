internal import KeeperProtocol
internal import Linux

/// One client's link, and what it waits for.
///
/// A class, since a table can't hold what can't be copied.
final class Client {
    /// The most bytes that wait for a client which reads slowly; past that it is dropped.
    static let backlogBytesMax = 1 << 20

    let socket: MessageSocket
    /// Names the link in the poller.
    let token: UInt64
    /// Who it is; nil before its hello.
    var role: Request.Role?
    /// Whether it gets the terminal's output.
    var isAttached = false
    /// How long the output must rest for `quiet`, and since when that counts; nil when it isn't waited for.
    var quiet: (restNs: Int64, sinceNs: Int64)?
    /// Whether it waits for `grew`.
    var wantsGrowth = false
    /// Which notices it waits for, and from where on; nil when it doesn't.
    var wantsNotice: (kinds: TerminalNotice.Kinds, from: Int64)?
    /// The end of the log that the last `grew` told.
    var toldEnd: Int64
    /// Whether it ever typed: who doesn't is listened to however much others typed.
    var hasTyped = false
    /// Whether it isn't listened to, and out of the poller, because what it types has no room.
    var isHeldBack = false
    /// Whether it is gone, and to be forgotten.
    private(set) var isLost = false
    private var backlog: [[UInt8]] = []
    private var backlogBytes = 0

    init(_ socket: consuming MessageSocket, token: UInt64, logEnd: Int64) {
        self.socket = socket
        self.token = token
        toldEnd = logEnd
    }

    /// What the poller shall wait for, unless the client is held back.
    var interest: Poller.Interest { backlog.isEmpty ? .input : [.input, .output] }

    /// Sends a report, now or when there is room: true when the poller's interest changed.
    func send(_ message: [UInt8]) -> Bool {
        guard !isLost else { return false }
        if backlog.isEmpty, put(message) { return false }
        guard !isLost else { return false }
        backlog.append(message)
        backlogBytes += message.count
        if backlogBytes > Client.backlogBytesMax { isLost = true }
        return backlog.count == 1
    }

    /// Sends on what waits; true when the poller's interest changed.
    func sendBacklog() -> Bool {
        let sent = backlog.prefix { put($0) }
        backlog.removeFirst(sent.count)
        backlogBytes -= sent.reduce(0) { $0 + $1.count }
        return backlog.isEmpty
    }

    /// Forgets the client at the end of this turn.
    func lose() { isLost = true }

    private func put(_ message: [UInt8]) -> Bool {
        do {
            return try socket.send(message)
        } catch {
            isLost = true
            return false
        }
    }
}
