/// The sequences that give text its look, made by us alone.
enum StyleCodes {
    /// SGR that sets exactly this style, whatever held before.
    static func sequence(_ style: CellStyle) -> String {
        var codes = ["0"]
        let attributes: [(CellStyle.Attributes, String)] = [
            (.bold, "1"), (.dim, "2"), (.italic, "3"), (.blink, "5"), (.inverse, "7"), (.hidden, "8"),
            (.strike, "9"), (.overline, "53"),
        ]
        codes += attributes.filter { style.attributes.contains($0.0) }.map(\.1)
        switch style.underline {
        case .none: break
        case .single: codes.append("4")
        case .double: codes.append("21")
        case .curly, .dotted, .dashed: codes.append("4:\(style.underline.rawValue)")
        }
        codes += color(style.foreground, 30) + color(style.background, 40)
        return "\u{1B}[\(codes.joined(separator: ";"))m"
    }

    /// OSC 8: what follows belongs to the link; nil ends it.
    ///
    /// Addresses are printable ASCII.
    static func link(_ address: String?) -> String { "\u{1B}]8;;\(address ?? "")\u{1B}\\" }

    private static func color(_ color: CellColor, _ base: Int) -> [String] {
        switch color {
        case .standard: []
        case .indexed(let index) where index < 8: ["\(base + Int(index))"]
        case .indexed(let index) where index < 16: ["\(base + 60 + Int(index) - 8)"]
        case .indexed(let index): ["\(base + 8);5;\(index)"]
        case .rgb(let red, let green, let blue): ["\(base + 8);2;\(red);\(green);\(blue)"]
        }
    }
}
