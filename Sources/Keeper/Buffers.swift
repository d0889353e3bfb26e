internal import Linux

/// What came out of the terminal and isn't in the log yet; its memory is used again and again.
struct OutputBuffer {
    /// Bytes read at once: 8 of the kernel's pages of terminal output, then everybody else's turn.
    static let bytesMax = 32_768

    /// Not filled with zeros: memory that no output has touched yet costs nothing.
    private var bytes = [UInt8](unsafeUninitializedCapacity: bytesMax) { $1 = bytesMax }
    private var filled = 0..<0
    /// What of it a terminal may be shown.
    var shown: [UInt8] = []

    /// How many bytes wait.
    var count: Int { filled.count }

    /// Reads from a terminal's master into the empty buffer.
    mutating func fill(from master: borrowing Descriptor) throws(SystemError) -> Gathered {
        precondition(filled.isEmpty, "what waits would be lost")
        var result = Result<Gathered, SystemError>.success(Gathered.nothing)
        bytes.withUnsafeMutableBytes { buffer in
            do throws(SystemError) {
                result = .success(try master.gather(into: buffer))
            } catch {
                result = .failure(error)
            }
        }
        let gathered = try result.get()
        filled = 0..<gathered.count
        return gathered
    }

    /// Lends what waits.
    func lend<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[filled])) }
    }

    /// The first `count` bytes are done with.
    mutating func drop(_ count: Int) { filled = (filled.lowerBound + count)..<filled.upperBound }
}

/// What was typed and hasn't gone into the terminal yet.
struct InputBuffer {
    /// The most bytes that wait; who types more isn't listened to until there is room.
    static let bytesMax = 1 << 20

    private var bytes: [UInt8] = []
    private var start = 0

    /// Whether nothing waits.
    var isEmpty: Bool { start == bytes.count }

    /// Whether as much waits as may.
    var isFull: Bool { bytes.count - start >= InputBuffer.bytesMax }

    /// Puts bytes behind the others.
    mutating func add(_ more: [UInt8]) { bytes += more }

    /// Writes what the terminal takes; true when nothing is left.
    mutating func write(to master: borrowing Descriptor) throws(SystemError) -> Bool {
        while !isEmpty {
            var result = Result<Int?, SystemError>.success(nil)
            bytes[start...].withUnsafeBytes { rest in
                do throws(SystemError) {
                    result = .success(try master.write(rest))
                } catch {
                    result = .failure(error)
                }
            }
            guard let put = try result.get() else { return false }
            start += put
        }
        bytes.removeAll(keepingCapacity: bytes.capacity <= OutputBuffer.bytesMax)
        start = 0
        return true
    }
}
