/// A key by its name as tmux(1) has it ("KEY BINDINGS"): `Enter`, `C-c`, `M-Left`, `S-F5`, `x`.
public struct KeyName: Equatable, Sendable {
    /// The key without modifiers.
    private enum Key: Equatable, Sendable {
        /// Sends this character.
        case character(Unicode.Scalar)
        /// Sends `ESC [ letter`, or `ESC O letter` while the program wants application cursor keys.
        case cursor(Unicode.Scalar)
        /// F1 to F4: `ESC O letter`.
        case function(Unicode.Scalar)
        /// `ESC [ number ~`.
        case numbered(Int)
        /// Shift and Tab.
        case backTab
    }

    private let key: Key
    private var (control, meta, shift) = (false, false, false)

    /// Reads a name; nil when there is no such key, or none that a terminal can send.
    ///
    /// `^x` is `C-x`. Names are the same in capitals and small letters; single characters are not.
    public init?(_ name: String) {
        var rest = name[...]
        while let dash = rest.dropFirst().first, dash == "-", rest.count > 2 {
            switch rest.first {
            case "C", "c": control = true
            case "M", "m": meta = true
            case "S", "s": shift = true
            default: return nil
            }
            rest = rest.dropFirst(2)
        }
        if rest.count > 1, rest.first == "^" {
            control = true
            rest = rest.dropFirst()
        }
        if rest.count == 1, let scalar = rest.unicodeScalars.first, rest.unicodeScalars.count == 1 {
            key = .character(scalar)
        } else if let named = KeyName.named(rest.lowercased()) {
            key = named
        } else {
            return nil
        }
        if control, case .character(let scalar) = key, KeyName.control(scalar) == nil { return nil }
    }

    /// What the key sends, as an xterm sends it (ctlseqs, "PC-Style Function Keys").
    public func bytes(applicationCursor: Bool) -> [UInt8] {
        let modifier = 1 + (shift ? 1 : 0) + (meta ? 2 : 0) + (control ? 4 : 0)
        switch key {
        case .character(let scalar):
            let sent = KeyName.shifted(scalar, shift)
            let plain = control ? [KeyName.control(sent) ?? 0] : Array(String(sent).utf8)
            return sent == "\t" && shift ? KeyName.escape("[Z") : (meta ? [0x1B] : []) + plain
        case .cursor(let letter):
            if modifier > 1 { return KeyName.escape("[1;\(modifier)\(letter)") }
            return KeyName.escape(applicationCursor ? "O\(letter)" : "[\(letter)")
        case .function(let letter):
            return KeyName.escape(modifier > 1 ? "[1;\(modifier)\(letter)" : "O\(letter)")
        case .numbered(let number):
            return KeyName.escape(modifier > 1 ? "[\(number);\(modifier)~" : "[\(number)~")
        case .backTab: return (meta ? [0x1B] : []) + KeyName.escape("[Z")
        }
    }

    private static func escape(_ text: String) -> [UInt8] { [0x1B] + Array(text.utf8) }

    private static func shifted(_ scalar: Unicode.Scalar, _ shift: Bool) -> Unicode.Scalar {
        guard shift, ("a"..."z").contains(scalar) else { return scalar }
        return Unicode.Scalar(UInt8(scalar.value) - 0x20)
    }

    /// What Ctrl makes of a character; nil when nothing.
    ///
    /// Digits are as on a VT220's keyboard: 2 is NUL, 3 to 7 are ESC to US, 8 is DEL.
    private static func control(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar {
        case "a"..."z", "@"..."_": UInt8(scalar.value & 0x1F)
        case " ", "2": 0
        case "3"..."7": UInt8(scalar.value - 0x33 + 0x1B)
        case "8", "?": 0x7F
        case "/", "-": 0x1F
        case "\u{7F}": 0x08
        case "\r", "\t", "\u{1B}": UInt8(scalar.value)
        default: nil
        }
    }

    private static func named(_ name: String) -> Key? {
        switch name {
        case "enter", "kpenter": .character("\r")
        case "escape": .character("\u{1B}")
        case "tab": .character("\t")
        case "btab": .backTab
        case "space": .character(" ")
        case "bspace": .character("\u{7F}")
        case "up": .cursor("A")
        case "down": .cursor("B")
        case "right": .cursor("C")
        case "left": .cursor("D")
        case "home": .cursor("H")
        case "end": .cursor("F")
        case "ic", "insert": .numbered(2)
        case "dc", "delete": .numbered(3)
        case "pgup", "ppage", "pageup": .numbered(5)
        case "pgdn", "npage", "pagedown": .numbered(6)
        case "kp/", "kp*", "kp-", "kp+", "kp.", "kp0", "kp1", "kp2", "kp3", "kp4", "kp5", "kp6", "kp7", "kp8",
            "kp9":
            name.unicodeScalars.last.map { .character($0) }
        default: functionKey(name)
        }
    }

    private static func functionKey(_ name: String) -> Key? {
        guard name.first == "f", let number = Int(name.dropFirst()), name == "f\(number)" else { return nil }
        switch number {
        case 1...4: return .function(Unicode.Scalar(UInt8(0x4F + number)))
        // The VT220's numbers leave gaps: 15, 17 to 21, 23, 24.
        case 5: return .numbered(15)
        case 6...10: return .numbered(11 + number)
        case 11, 12: return .numbered(12 + number)
        default: return nil
        }
    }
}
