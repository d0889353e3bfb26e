/// Recognises Ctrl-\ pressed twice within a second in what a person types.
///
/// A value that decides: bytes and moments in, bytes to pass on out. The first press is held back until the
/// second is over or another key comes, then passed on, so that programs that use Ctrl-\ get it.
struct DetachKeys: Equatable {
    /// Nanoseconds in which the second press must follow.
    static let windowNs: Int64 = 1_000_000_000

    /// Nanoseconds that the beginning of an escape sequence is held back for its rest.
    ///
    /// Terminals send a sequence in one write, so a lone ESC is a key; 20 ms are not felt.
    static let sequenceNs: Int64 = 20_000_000

    /// A sequence longer than this is none of ours, in bytes.
    private static let sequenceBytesMax = 32

    /// What to do with what was typed.
    struct Outcome: Equatable {
        /// Bytes for the agent.
        var pass: [UInt8] = []
        /// Whether to detach; nothing after the second press is passed on.
        var detaches = false
    }

    /// The first press and what came with it since.
    private var held: [UInt8] = []
    private var heldUntilNs: Int64 = 0
    /// The beginning of an escape sequence.
    private var sequence: [UInt8] = []
    private var sequenceUntilNs: Int64 = 0

    /// When `expire` is due, in nanoseconds of the same clock; nil when nothing is held back.
    var deadlineNs: Int64? {
        switch (held.isEmpty, sequence.isEmpty) {
        case (true, true): nil
        case (false, true): heldUntilNs
        case (true, false): sequenceUntilNs
        case (false, false): min(heldUntilNs, sequenceUntilNs)
        }
    }

    /// Takes what was typed at `nowNs`.
    mutating func take(_ bytes: [UInt8], atNs nowNs: Int64) -> Outcome {
        var outcome = Outcome(pass: expire(atNs: nowNs))
        for byte in bytes {
            guard let key = completed(by: byte) else { continue }
            for part in key {
                guard settle(part, atNs: nowNs, &outcome) else { return outcome }
            }
        }
        if !sequence.isEmpty { sequenceUntilNs = nowNs + DetachKeys.sequenceNs }
        return outcome
    }

    /// Bytes whose time to be held back is over at `nowNs`.
    mutating func expire(atNs nowNs: Int64) -> [UInt8] {
        var pass: [UInt8] = []
        if !sequence.isEmpty, sequenceUntilNs <= nowNs {
            pass = held + sequence
            (held, sequence) = ([], [])
        } else if !held.isEmpty, heldUntilNs <= nowNs {
            pass = held
            held = []
        }
        return pass
    }

    /// Acts on one whole key; false when the person detaches.
    private mutating func settle(_ key: [UInt8], atNs nowNs: Int64, _ outcome: inout Outcome) -> Bool {
        switch DetachKeys.meaning(of: key) {
        case .press where !held.isEmpty:
            self = DetachKeys()
            outcome.detaches = true
            return false
        case .press:
            held = key
            heldUntilNs = nowNs + DetachKeys.windowNs
        case .accompaniment where !held.isEmpty:
            held += key
        case .accompaniment, .other:
            outcome.pass += held + key
            held = []
        }
        return true
    }

    /// The keys that `byte` completes; nil while a sequence goes on.
    private mutating func completed(by byte: UInt8) -> [[UInt8]]? {
        if sequence.isEmpty {
            guard byte == 0x1B else { return [[byte]] }
            sequence = [byte]
            return nil
        }
        if sequence.count == 1 {
            guard byte != 0x1B else { return [[byte]] }
            sequence.append(byte)
            return byte == UInt8(ascii: "[") ? nil : ended()
        }
        if byte == 0x1B {
            let before = sequence
            sequence = [byte]
            return [before]
        }
        sequence.append(byte)
        // Parameter and intermediate bytes of a control sequence (ECMA-48, 5.4).
        let goesOn = (0x20...0x3F).contains(byte) && sequence.count < DetachKeys.sequenceBytesMax
        return goesOn ? nil : ended()
    }

    private mutating func ended() -> [[UInt8]] {
        defer { sequence = [] }
        return [sequence]
    }

    private enum Meaning { case press, accompaniment, other }

    /// What a whole key is: Ctrl-\ going down, something that comes along with that, or any other.
    private static func meaning(of key: [UInt8]) -> Meaning {
        if key == [0x1C] { return .press }
        guard key.count > 3, key.starts(with: [0x1B, UInt8(ascii: "[")]), let final = key.last else {
            return .other
        }
        let fields = key[2..<(key.count - 1)].split(
            separator: UInt8(ascii: ";"), omittingEmptySubsequences: false
        )
        .map { field in
            field.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
                .map { Int(String(decoding: $0, as: UTF8.self)) }
        }
        switch final {
        case UInt8(ascii: "u"): return kittyMeaning(fields)
        // xterm's modifyOtherKeys: CSI 27 ; modifiers ; code ~
        case UInt8(ascii: "~"):
            return fields.count == 3 && fields[0] == [27] && isControl(fields[1].first ?? nil)
                && fields[2] == [92] ? .press : .other
        default: return .other
        }
    }

    /// CSI code ; modifiers : event u (kitty's keyboard protocol); event 2 is a repeat, 3 a release.
    private static func kittyMeaning(_ fields: [[Int?]]) -> Meaning {
        guard let code = fields.first?.first ?? nil else { return .other }
        // Left and right Shift, Control, Alt and so on as keys of their own.
        if (57_441...57_454).contains(code) { return .accompaniment }
        guard code == 92, fields.count > 1, isControl(fields[1].first ?? nil) else { return .other }
        let event = fields[1].count > 1 ? fields[1][1] ?? 1 : 1
        return event == 1 ? .press : .accompaniment
    }

    /// Whether the modifiers are Control alone: 1 + 4, Caps Lock (64) and Num Lock (128) aside.
    private static func isControl(_ modifiers: Int?) -> Bool {
        guard let modifiers, modifiers > 0 else { return false }
        return (modifiers - 1) & ~(64 | 128) == 4
    }
}
