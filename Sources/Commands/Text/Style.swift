/// A look of text on a terminal that has colours.
enum Style: Sendable {
    case plain, bold, dim, red, green, yellow, blue, cyan

    /// The parameters of SGR (ECMA-48, 8.3.117); nil for plain.
    private var parameters: String? {
        switch self {
        case .plain: nil
        case .bold: "1"
        case .dim: "2"
        case .red: "31"
        case .green: "32"
        case .yellow: "33"
        case .blue: "34"
        case .cyan: "36"
        }
    }

    /// `text` in this look, or as it is without colours.
    func on(_ text: String, colours: Bool) -> String {
        guard colours, !text.isEmpty, let parameters else { return text }
        return "\u{1B}[\(parameters)m\(text)\u{1B}[m"
    }
}
