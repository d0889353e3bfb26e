internal import CLinux
internal import Glibc

/// A Unix socket that carries whole messages, SOCK_SEQPACKET of unix(7); never blocks.
public struct MessageSocket: ~Copyable, Sendable {
    /// Readable when a message is there or the other end has closed.
    public let descriptor: Descriptor

    /// The most bytes of one message.
    public static let messageBytesMax = 65_536

    /// What came in.
    public enum Arrival {
        /// A message; the number of a descriptor that came with it, now the caller's to own, or nil.
        case message([UInt8], passed: CInt?)
        /// Nothing is there yet.
        case nothing
        /// The other end has closed.
        case closed
    }

    /// Takes over a connected socket.
    public init(adopting descriptor: consuming Descriptor) { self.descriptor = descriptor }

    /// Connects to the socket `name` in `folder`.
    ///
    /// ENOENT when there is no such file, ECONNREFUSED when nobody listens, EAGAIN when the queue is full.
    public init(in folder: borrowing Folder, name: String) throws(SystemError) {
        let path = "/proc/self/fd/\(folder.descriptor.number)/\(name)"
        descriptor = Descriptor(adopting: try check("connect", name) { clinux_seqpacket_connect(path) })
    }

    /// Sends one message of at least a byte, with a copy of the descriptor `passing`; false when there is no
    /// room for it now.
    ///
    /// EPIPE or ECONNRESET when the other end has closed.
    public borrowing func send(_ message: [UInt8], passing: CInt? = nil) throws(SystemError) -> Bool {
        let number = descriptor.number
        let sent = retrying { clinux_send(number, message, message.count, passing ?? -1) }
        if sent >= 0 { return true }
        if errno == EAGAIN || errno == ENOBUFS { return false }
        throw .last("sendmsg")
    }

    /// The next message.
    public borrowing func receive() throws(SystemError) -> Arrival {
        var passed: CInt = -1
        var got = 0
        let number = descriptor.number
        // Not filled with zeros first: most messages are short, and untouched memory costs nothing.
        let bytes = [UInt8](unsafeUninitializedCapacity: MessageSocket.messageBytesMax) { buffer, count in
            got = retrying { clinux_receive(number, buffer.baseAddress, buffer.count, &passed) }
            count = max(got, 0)
        }
        if got < 0 {
            if errno == EAGAIN { return .nothing }
            if errno == ECONNRESET { return .closed }
            throw .last("recvmsg")
        }
        guard got > 0 else { return .closed }
        return .message(bytes, passed: passed >= 0 ? passed : nil)
    }

    /// The user and the process at the other end when it connected.
    public borrowing func peer() throws(SystemError) -> (user: UInt32, pid: Int32) {
        var (user, pid): (uid_t, pid_t) = (0, 0)
        let number = descriptor.number
        try check("getsockopt") { clinux_peer(number, &user, &pid) }
        return (user, pid)
    }
}

/// A Unix socket that takes connections.
public struct MessageListener: ~Copyable, Sendable {
    /// Readable when somebody wants to connect.
    public let descriptor: Descriptor

    /// Listens as `name` in `folder`, in place of what has that name.
    ///
    /// The address goes through /proc/self/fd, since sun_path of unix(7) holds 108 bytes and folders lie
    /// deep.
    public init(in folder: borrowing Folder, name: String) throws(SystemError) {
        try folder.remove(name)
        let path = "/proc/self/fd/\(folder.descriptor.number)/\(name)"
        descriptor = Descriptor(adopting: try check("bind", name) { clinux_seqpacket_listen(path, 64) })
    }

    /// Takes the next connection, of this user or root only; nil when there is none.
    public borrowing func accept() throws(SystemError) -> MessageSocket? {
        let number = descriptor.number
        let taken = retrying { clinux_accept(number) }
        if taken < 0 {
            if errno == EAGAIN || errno == ECONNABORTED { return nil }
            throw .last("accept")
        }
        let socket = MessageSocket(adopting: Descriptor(adopting: taken))
        let user = try socket.peer().user
        guard user == geteuid() || user == 0 else { return nil }
        return socket
    }
}
