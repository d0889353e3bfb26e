internal import Glibc

/// A system call that failed.
public struct SystemError: Error, Equatable, Sendable {
    /// The value of errno.
    public let number: CInt
    /// The call that failed, by its manual page's name.
    public let call: String
    /// The file or thing that it was called on.
    public let subject: String?

    /// A failure with a number that is known.
    public init(_ number: CInt, _ call: String, _ subject: String? = nil) {
        self.number = number
        self.call = call
        self.subject = subject
    }

    /// The failure that errno tells of, read at once.
    public static func last(_ call: String, _ subject: String? = nil) -> SystemError {
        SystemError(errno, call, subject)
    }

    /// What strerror(3) says of the number, such as "No such file or directory".
    public var text: String { String(cString: strerror(number)) }

    /// Whether it says nothing of the thing itself: descriptors or memory ran out, or the disk can't be read.
    public var isShortage: Bool { [EMFILE, ENFILE, ENOMEM, EIO].contains(number) }

    /// The whole failure in words, such as "openat2 config.json: Permission denied".
    public var message: String { "\(subject.map { "\(call) \($0)" } ?? call): \(text)" }
}

/// Repeats `call` while a signal interrupts it, and turns -1 into an error.
@discardableResult
func check<Result: FixedWidthInteger & SignedInteger>(
    _ name: String, _ subject: @autoclosure () -> String? = nil, _ call: () -> Result
) throws(SystemError) -> Result {
    while true {
        let result = call()
        if result >= 0 { return result }
        if errno != EINTR { throw .last(name, subject()) }
    }
}
