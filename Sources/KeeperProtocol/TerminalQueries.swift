internal import Glibc

/// Takes out of a terminal's output what would make a terminal answer, and notes modes and notices.
///
/// A stream: a sequence may come in any number of pieces. What may yet become a query is held back, up to a
/// limit; then it passes as it is.
public struct TerminalQueries: Sendable {
    /// The most bytes that are held back: more than the longest report (4096) is long.
    public static let heldBytesMax = 5120

    /// The modes as the output so far has set them.
    public private(set) var modes = TerminalModes()
    /// The queries that were taken out and not yet fetched by `takeQueries`, at most `queriesMax`.
    private var queries: [(offset: Int64, query: TerminalQuery)] = []
    /// What the program told of itself and wasn't fetched yet by `takeNotices`.
    private var notices: [LocatedNotice] = []
    /// The offset in the stream of the next byte to be scanned: that of `held`'s first.
    private var position: Int64
    /// Whether what was read last was text with its styles, less what is held back of it, and no other sequence.
    public private(set) var isText = true
    /// The beginning of a sequence whose end hasn't come yet.
    private var held: [UInt8] = []

    /// The most queries that wait to be fetched; later ones are taken out and forgotten.
    static let queriesMax = 1024

    /// A terminal at its beginning; its first byte stands at `offset`.
    public init(at offset: Int64 = 0) { position = offset }

    /// How many bytes are held back now.
    public var heldCount: Int { held.count }

    /// The queries since the last call, in order.
    public mutating func takeQueries() -> [TerminalQuery] { takePlacedQueries().map(\.query) }

    /// The same, each with the offset of its first byte in the stream.
    public mutating func takePlacedQueries() -> [(offset: Int64, query: TerminalQuery)] {
        guard !queries.isEmpty else { return [] }
        defer { queries = [] }
        return queries
    }

    /// What the program told of itself since the last call, in order.
    public mutating func takeNotices() -> [LocatedNotice] {
        guard !notices.isEmpty else { return [] }
        defer { notices = [] }
        return notices
    }

    /// Reads the next bytes: what of them, and of what was held back, a terminal may be shown.
    public mutating func shown(of bytes: [UInt8]) -> [UInt8] {
        var shown: [UInt8] = []
        bytes.withUnsafeBytes { read($0, into: &shown, showing: true) }
        return shown
    }

    /// Reads the next bytes and, when `showing`, appends to `shown` what a terminal may be shown.
    public mutating func read(
        _ bytes: UnsafeRawBufferPointer, into shown: inout [UInt8], showing: Bool
    ) {
        guard held.isEmpty else {
            let all = held + bytes
            held.removeAll(keepingCapacity: true)
            all.withUnsafeBytes { scan($0, into: &shown, showing: showing) }
            return
        }
        scan(bytes, into: &shown, showing: showing)
    }

    private mutating func scan(_ bytes: UnsafeRawBufferPointer, into shown: inout [UInt8], showing: Bool) {
        guard let base = bytes.baseAddress else { return }
        defer { position += Int64(bytes.count - held.count) }
        var (next, runStart) = (0, 0)
        isText = true
        func show(upTo end: Int) {
            guard showing, runStart < end else { return }
            TerminalQueries.append(UnsafeRawBufferPointer(rebasing: bytes[runStart..<end]), to: &shown)
        }
        var introducers = Introducers(bytes: bytes, base: base)
        while let escape = introducers.first(from: next) {
            let sequence = UnsafeRawBufferPointer(rebasing: bytes[escape...])
            let meaning = EscapeSequence.read(sequence)
            if case .style(let count) = meaning {
                next = escape + count
                continue
            }
            if meaning != .unfinished || sequence.count >= TerminalQueries.heldBytesMax { isText = false }
            switch meaning {
            case .unfinished:
                if sequence.count >= TerminalQueries.heldBytesMax {
                    next = escape + 2
                    continue
                }
                show(upTo: escape)
                held.append(contentsOf: bytes[escape...])
                return
            case .plain(let count), .style(let count): next = escape + count
            case .notice(let count, let notice):
                notices.append(LocatedNotice(offset: position + Int64(escape), notice: notice))
                next = escape + count
            case .mode(let count, let change):
                if change == .reset {
                    notices.append(LocatedNotice(offset: position + Int64(escape), notice: .reset))
                }
                modes.apply(change)
                next = escape + count
            case .query(let count, let query):
                note(query, at: position + Int64(escape))
                show(upTo: escape)
                next = escape + count
                runStart = next
            }
        }
        show(upTo: bytes.count)
    }

    /// Where sequences may begin: at an ESC, and at what may be a C1 control in UTF-8 (C2 and 80 to 9F).
    private struct Introducers {
        let bytes: UnsafeRawBufferPointer
        let base: UnsafeRawPointer
        /// The next of each that is known.
        var escape = -1
        var control = -1

        mutating func first(from start: Int) -> Int? {
            if escape < start { escape = position(of: 0x1B, from: start) }
            while control < start || !isControl(control) {
                control = position(of: 0xC2, from: max(start, control + 1))
            }
            let first = min(escape, control)
            return first < bytes.count ? first : nil
        }

        /// Whether the C2 there is, or may become, half a control; or the end is there.
        private func isControl(_ index: Int) -> Bool {
            index + 1 >= bytes.count || bytes[index + 1] & 0xE0 == 0x80
        }

        private func position(of byte: CInt, from start: Int) -> Int {
            guard start < bytes.count, let found = memchr(base + start, byte, bytes.count - start) else {
                return bytes.count
            }
            return base.distance(to: UnsafeRawPointer(found))
        }
    }

    private mutating func note(_ query: TerminalQuery, at offset: Int64) {
        guard queries.count < TerminalQueries.queriesMax else { return }
        if case .mode(let number, _) = query {
            queries.append((offset, .mode(number, isOn: modes[number])))
        } else {
            queries.append((offset, query))
        }
    }

    /// Appends a run without ENQ, which some terminals answer.
    private static func append(_ run: UnsafeRawBufferPointer, to shown: inout [UInt8]) {
        guard let base = run.baseAddress else { return }
        if memchr(base, 0x05, run.count) == nil {
            shown.append(contentsOf: run)
        } else {
            shown.append(contentsOf: run.lazy.filter { $0 != 0x05 })
        }
    }
}
