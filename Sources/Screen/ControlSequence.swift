/// A control sequence (CSI): `CSI private parameters intermediate final`.
struct ControlSequence: Sendable {
    /// The most parameters that are understood; the others are left out.
    static let countMax = 32
    /// What a greater number counts as.
    static let valueMax = 65_535

    /// One of `< = > ?`, or 0.
    private(set) var prefix: UInt8 = 0
    /// A byte from 0x20 to 0x2F, or 0.
    private(set) var intermediate: UInt8 = 0
    /// What ended it.
    var final: UInt8 = 0
    /// How many parameters there are, missing ones too.
    private(set) var parameterCount = 1
    private var values = InlineArray<32, UInt16>(repeating: 0)
    /// One bit for each parameter that follows the one before after a colon.
    private var subs: UInt32 = 0
    /// Whether it holds what no sequence that is understood holds.
    private(set) var isStrange = false

    /// Begins anew.
    mutating func reset() {
        (prefix, intermediate, final, isStrange) = (0, 0, 0, false)
        (parameterCount, subs) = (1, 0)
        values[0] = 0
    }

    /// Takes a byte from 0x20 to 0x3F.
    mutating func take(_ byte: UInt8) {
        switch byte {
        case 0x30...0x39:
            let last = parameterCount - 1
            let value = Int(values[last]) * 10 + Int(byte - 0x30)
            values[last] = UInt16(min(value, ControlSequence.valueMax))
        case UInt8(ascii: ";"), UInt8(ascii: ":"):
            guard parameterCount < ControlSequence.countMax else { return isStrange = true }
            values[parameterCount] = 0
            if byte == UInt8(ascii: ":") { subs |= 1 << UInt32(parameterCount) }
            parameterCount += 1
        case 0x3C...0x3F:
            if prefix != 0 || parameterCount > 1 || values[0] != 0 { isStrange = true }
            prefix = byte
        default:
            if intermediate != 0 { isStrange = true }
            intermediate = byte
        }
    }

    /// The parameter at `index` as a number of things: at least 1.
    func count(_ index: Int = 0) -> Int { max(1, number(index)) }

    /// The parameter at `index`; 0 when it is missing.
    func number(_ index: Int = 0) -> Int { index < parameterCount ? Int(values[index]) : 0 }

    /// Whether the parameter at `index` hangs on the one before by a colon.
    func isSub(_ index: Int) -> Bool { subs & 1 << UInt32(index) != 0 }

    /// All parameters, 0 for missing ones.
    var numbers: [Int] { (0..<parameterCount).map { Int(values[$0]) } }

    /// The parameter at `index` as a place that counts from 0.
    func place(_ index: Int = 0) -> Int { count(index) - 1 }
}
