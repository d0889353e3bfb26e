public import SessionModel

/// JSON as claudia writes it for people: `"key": value`, two spaces, short lists on one line.
public enum JSONText {
    /// A list or object that fits this many columns stays on one line.
    static let columnsMax = 100

    /// `text` as a JSON string; what isn't ASCII stays as it is, but for controls.
    public static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _
            where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                || scalar.value == 0x2028 || scalar.value == 0x2029:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// `value` in JSON; what doesn't fit one line continues on lines that are indented by `indent` and more.
    public static func text(_ value: JSONValue, indent: String = "", newline: String = "\n") -> String {
        let line = oneLine(value)
        let inner = indent + "  "
        switch value {
        case .array(let items) where !items.isEmpty && line.count > columnsMax - indent.count:
            let lines = items.map { inner + text($0, indent: inner, newline: newline) }
            return "[\(newline)\(lines.joined(separator: ",\(newline)"))\(newline)\(indent)]"
        case .object(let members) where !members.isEmpty && line.count > columnsMax - indent.count:
            let lines = sorted(members).map {
                "\(inner)\(quoted($0.key)): \(text($0.value, indent: inner, newline: newline))"
            }
            return "{\(newline)\(lines.joined(separator: ",\(newline)"))\(newline)\(indent)}"
        default: return line
        }
    }

    private static func oneLine(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): "\(value)"
        case .double(let value): "\(value)"
        case .string(let value): quoted(value)
        case .array(let items): "[\(items.map(oneLine).joined(separator: ", "))]"
        case .object(let members) where members.isEmpty: "{}"
        case .object(let members):
            "{\(sorted(members).map { "\(quoted($0.key)): \(oneLine($0.value))" }.joined(separator: ", "))}"
        }
    }

    private static func sorted(_ members: [String: JSONValue]) -> [(key: String, value: JSONValue)] {
        members.sorted { $0.key < $1.key }
    }
}
