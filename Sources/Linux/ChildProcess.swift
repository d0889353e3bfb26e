internal import CLinux
internal import Glibc

/// A process held by a descriptor, pidfd_open(2): signals reach this process and no later one of its number.
public struct ProcessHandle: ~Copyable, Sendable {
    /// The process's number.
    public let pid: Int32
    /// Readable once the process has ended.
    public let descriptor: Descriptor

    /// Holds the process `pid`; ESRCH when there is none.
    public init(_ pid: Int32) throws(SystemError) {
        self.pid = pid
        descriptor = Descriptor(adopting: try check("pidfd_open", "\(pid)") { clinux_pidfd_open(pid) })
    }

    /// Sends a signal; nothing happens when the process has ended.
    public borrowing func send(_ signal: CInt) throws(SystemError) {
        if clinux_pidfd_send_signal(descriptor.number, signal) < 0, errno != ESRCH {
            throw .last("pidfd_send_signal", "\(pid)")
        }
    }
}

/// How a child ended.
public struct Ending: Equatable, Sendable {
    /// The child.
    public let pid: Int32
    /// Its exit code; nil when a signal ended it.
    public let code: Int32?
    /// The signal that ended it; nil when it exited by itself.
    public let signal: Int32?

    /// Reaps the child `pid`, or any child for nil, without waiting; nil when none has ended.
    ///
    /// Throws ECHILD for a `pid` that is no child.
    public static func reap(_ pid: Int32? = nil) throws(SystemError) -> Ending? {
        var ended = clinux_exit()
        let result = clinux_reap(pid ?? -1, &ended)
        if result < 0 {
            if errno == ECHILD, pid == nil { return nil }
            throw .last("waitpid")
        }
        guard result == 1 else { return nil }
        return Ending(
            pid: ended.pid, code: ended.code >= 0 ? ended.code : nil,
            signal: ended.signal > 0 ? ended.signal : nil)
    }

    /// Makes this process the parent of its descendants that lose theirs, PR_SET_CHILD_SUBREAPER of prctl(2).
    public static func becomeSubreaper() throws(SystemError) {
        try check("prctl") { clinux_become_subreaper() }
    }
}
