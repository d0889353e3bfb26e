internal import Glibc
internal import KeeperProtocol
internal import Linux
internal import SessionModel
internal import Store

/// A link to a session's keeper that can be made anew: a keeper drops a client that reads too slowly.
struct KeeperConnection: ~Copyable {
    /// Milliseconds that a keeper may take to make room for what a person types.
    private static let roomMs: CInt = 5_000

    private let folder: Folder
    private var link: KeeperLink?

    /// Connects to the keeper of a session.
    init(_ session: SessionName, in workspace: borrowing Workspace) throws {
        let phase = (try? workspace.publicFolder.readStatus(session))??.phase.rawValue
        let absent = CommandError(
            "No agent runs in '\(session)'\(phase.map { " (\($0))" } ?? "").",
            hint: "'claudia resume \(session)' starts it; 'claudia output \(session)' shows what it printed.")
        guard let folder = try workspace.privateSession(session),
            let link = try KeeperConnection.link(in: folder)
        else { throw absent }
        self.folder = folder
        self.link = consume link
    }

    /// The socket's number for poll(2); -1 without a link.
    var number: CInt {
        switch link {
        case .some(let link): link.number
        case .none: -1
        }
    }

    /// Whether there is a link.
    var isOpen: Bool { number >= 0 }

    /// Makes a new link; false when no keeper is there any more.
    mutating func connect() throws -> Bool {
        link = nil
        link = try KeeperConnection.link(in: folder)
        return isOpen
    }

    private static func link(in folder: borrowing Folder) throws -> KeeperLink? {
        do {
            return try KeeperLink(in: folder, as: .client)
        } catch {
            switch error.number {
            case ENOENT, ECONNREFUSED, EPIPE, ECONNRESET: return nil
            default: throw error
            }
        }
    }

    /// Drops the link.
    mutating func close() { link = nil }

    /// The next report; `.closed` without a link.
    borrowing func receive() throws(SystemError) -> KeeperLink.Arrival {
        switch link {
        case .some(let link): try link.receive()
        case .none: .closed
        }
    }

    /// Sends a request, waiting a little for room; false when the keeper doesn't take it.
    ///
    /// A keeper that is gone takes everything: its end is seen by `receive`.
    borrowing func send(_ request: Request) throws(SystemError) -> Bool {
        switch link {
        case .some(let link):
            do {
                if try link.send(request) { return true }
                var waiting = pollfd(fd: link.number, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, KeeperConnection.roomMs)
                return try link.send(request)
            } catch {
                if error.number == EPIPE || error.number == ECONNRESET { return true }
                throw error
            }
        case .none: return true
        }
    }
}
