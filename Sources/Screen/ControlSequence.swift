/// A control sequence (CSI): `CSI private parameters intermediate final`.
struct ControlSequence: Equatable, Sendable {
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
    /// The parameters; a missing one is nil.
    private(set) var values: [Int?] = [nil]
    /// Whether a parameter follows the one before after a colon.
    private(set) var isSub: [Bool] = [false]
    /// Whether it holds what no sequence that is understood holds.
    private(set) var isStrange = false

    /// An empty one; memory is used again.
    mutating func reset() {
        (prefix, intermediate, final, isStrange) = (0, 0, 0, false)
        values.removeAll(keepingCapacity: true)
        isSub.removeAll(keepingCapacity: true)
        values.append(nil)
        isSub.append(false)
    }

    /// Takes a byte from 0x20 to 0x3F.
    mutating func take(_ byte: UInt8) {
        switch byte {
        case 0x30...0x39:
            let last = values.count - 1
            values[last] = min((values[last] ?? 0) * 10 + Int(byte - 0x30), ControlSequence.valueMax)
        case UInt8(ascii: ";"), UInt8(ascii: ":"):
            guard values.count < ControlSequence.countMax else { return isStrange = true }
            values.append(nil)
            isSub.append(byte == UInt8(ascii: ":"))
        case 0x3C...0x3F:
            if prefix != 0 || values.count > 1 || values[0] != nil { isStrange = true }
            prefix = byte
        default:
            if intermediate != 0 { isStrange = true }
            intermediate = byte
        }
    }

    /// The parameter at `index` as a number of things: at least 1.
    func count(_ index: Int = 0) -> Int { max(1, number(index)) }

    /// The parameter at `index`; 0 when it is missing.
    func number(_ index: Int = 0) -> Int { index < values.count ? values[index] ?? 0 : 0 }

    /// The parameter at `index` as a place that counts from 0.
    func place(_ index: Int = 0) -> Int { count(index) - 1 }
}
