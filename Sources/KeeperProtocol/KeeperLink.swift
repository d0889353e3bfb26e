public import Linux

/// A client's end of a link to a keeper; never blocks.
public struct KeeperLink: ~Copyable, Sendable {
    /// What came in.
    public enum Arrival: Equatable, Sendable {
        /// A report.
        case report(Report)
        /// Nothing is there yet.
        case nothing
        /// The keeper has ended, or dropped this link because it was read too slowly; the session that ended
        /// while this link was made left `exit.json`.
        case closed
    }

    /// The socket's name in the private session folder.
    public static let socketName = "keeper.sock"

    private let socket: MessageSocket

    /// Connects to the keeper of the session with this private folder, and says hello.
    ///
    /// ENOENT: there was no keeper, or it ended; ECONNREFUSED: it died.
    public init(in privateFolder: borrowing Folder, as role: Request.Role) throws(SystemError) {
        let socket = try MessageSocket(in: privateFolder, name: KeeperLink.socketName)
        _ = try socket.send(Request.hello(version: keeperProtocolVersion, role).encoded())
        self.socket = socket
    }

    /// Adds the link to a poller: readable when `receive` has something, writable when `send` has room.
    public borrowing func join(
        _ poller: borrowing Poller, _ interest: Poller.Interest = .input, token: UInt64
    ) throws(SystemError) {
        try poller.add(socket.descriptor, interest, token: token)
    }

    /// The socket's number, lent for one call such as poll(2).
    public var number: CInt { socket.descriptor.number }

    /// Sends a request, with a copy of the descriptor `passing`; false when there is no room for it now.
    ///
    /// EPIPE or ECONNRESET when the keeper has ended.
    public borrowing func send(_ request: Request, passing: CInt? = nil) throws(SystemError) -> Bool {
        let message = request.encoded()
        guard message.count > MessageSocket.messageBytesMax, case .prompt(let number, let text) = request
        else {
            return try socket.send(message, passing: passing)
        }
        let content = try Descriptor.memory("prompt", Array(text.utf8))
        return try socket.send(Request.prompt(number: number, text: "").encoded(), passing: content.number)
    }

    /// The next report; those of kinds that this version doesn't know are skipped.
    public borrowing func receive() throws(SystemError) -> Arrival {
        while true {
            switch try socket.receive() {
            case .nothing: return .nothing
            case .closed: return .closed
            case .message(let bytes, let passed):
                if let passed { _ = Descriptor(adopting: passed) }
                if let report = Report(decoding: bytes) { return .report(report) }
            }
        }
    }
}
