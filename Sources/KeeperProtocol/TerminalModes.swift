/// What a program has switched on in its terminal, of the private modes (DECSET) that claudia knows.
public struct TerminalModes: Equatable, Sendable {
    /// Known modes, by the numbers of xterm's "Control Sequences".
    ///
    /// 1 cursor keys, 7 wrap, 25 cursor shown, 1000 to 1006 mouse, 1004 focus, 1049 other screen, 2004 paste,
    /// 2026 drawing in one go.
    static let known = [1, 7, 25, 1000, 1002, 1003, 1004, 1006, 1049, 2004, 2026]

    /// One bit for each of `known`.
    private var bits: UInt16

    /// A terminal as it is when switched on: it wraps and shows the cursor.
    public init() { bits = 0b110 }

    /// Whether pasted text comes between `ESC[200~` and `ESC[201~`.
    public var bracketedPaste: Bool { self[2004] == true }
    /// Whether cursor keys send `ESC O A` and the like instead of `ESC [ A` (DECCKM).
    public var applicationCursor: Bool { self[1] == true }

    /// Whether the mode `number` is on; nil for one that isn't known, which can't be set either.
    subscript(number: Int) -> Bool? {
        get { TerminalModes.known.firstIndex(of: number).map { bits & 1 << $0 != 0 } }
        set {
            guard let newValue, let index = TerminalModes.known.firstIndex(of: number) else { return }
            if newValue { bits |= 1 << index } else { bits &= ~(1 << index) }
        }
    }

    /// Carries out what a program asked for.
    mutating func apply(_ change: TerminalModeChange) {
        switch change {
        case .set(let numbers, let on): for number in numbers { self[number] = on }
        case .softReset:
            self[1] = false
            self[7] = true
            self[25] = true
        case .reset: self = TerminalModes()
        }
    }
}

/// A sequence that changes modes.
enum TerminalModeChange: Equatable, Sendable {
    /// DECSET and DECRST.
    case set([Int], Bool)
    /// DECSTR.
    case softReset
    /// RIS.
    case reset
}
