internal import CLinux
internal import Glibc

/// An epoll instance: waits for many descriptors at once, epoll(7).
public struct Poller: ~Copyable {
    /// What to wait for, and what is there.
    public struct Interest: OptionSet, Sendable {
        /// The bits of epoll_event.
        public let rawValue: UInt32
        /// Takes bits as they are.
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        /// Something can be read.
        public static let input = Interest(rawValue: CLINUX_EPOLL_IN)
        /// Something can be written.
        public static let output = Interest(rawValue: CLINUX_EPOLL_OUT)
        /// An error; always waited for.
        public static let failed = Interest(rawValue: CLINUX_EPOLL_ERR)
        /// The other end is closed; always waited for.
        public static let hangUp = Interest(rawValue: CLINUX_EPOLL_HUP)
    }

    /// One descriptor that is ready.
    public struct Ready: Sendable {
        /// The token that the descriptor was added with.
        public let token: UInt64
        /// What is there.
        public let events: Interest
    }

    private let epoll: Descriptor

    /// Makes an instance that waits for nothing.
    public init() throws(SystemError) {
        epoll = Descriptor(adopting: try check("epoll_create1") { clinux_epoll_create() })
    }

    /// Waits for `descriptor` too.
    public borrowing func add(
        _ descriptor: borrowing Descriptor, _ interest: Interest, token: UInt64
    ) throws(SystemError) {
        let (epoll, number) = (epoll.number, descriptor.number)
        try check("epoll_ctl") { clinux_epoll_add(epoll, number, interest.rawValue, token) }
    }

    /// Waits for something else of a descriptor that was added.
    public borrowing func modify(
        _ descriptor: borrowing Descriptor, _ interest: Interest, token: UInt64
    ) throws(SystemError) {
        let (epoll, number) = (epoll.number, descriptor.number)
        try check("epoll_ctl") { clinux_epoll_modify(epoll, number, interest.rawValue, token) }
    }

    /// Waits for a descriptor no longer; closing the last copy of one does the same.
    public borrowing func remove(_ descriptor: borrowing Descriptor) {
        _ = clinux_epoll_remove(epoll.number, descriptor.number)
    }

    /// Lets `ms` milliseconds pass, without a descriptor.
    public static func rest(ms: CInt) { _ = poll(nil, 0, ms) }

    /// Waits until something is ready, at most 64 things at once; nothing when a signal came.
    ///
    /// `timeoutMs` of -1 waits for ever.
    public borrowing func wait(timeoutMs: CInt = -1) throws(SystemError) -> [Ready] {
        var ready = [clinux_ready](repeating: clinux_ready(), count: 64)
        let count = clinux_epoll_wait(epoll.number, &ready, 64, timeoutMs)
        if count < 0 {
            if errno == EINTR { return [] }
            throw .last("epoll_wait")
        }
        return ready[..<Int(count)].map { Ready(token: $0.token, events: Interest(rawValue: $0.events)) }
    }
}
