internal import SessionModel

/// Edits of a JSON5 text that leave every other byte as it is.
extension JSON5Document {
    /// What is added to an object or a list.
    enum Addition {
        case member(String, JSONValue)
        case element(JSONValue)
    }

    /// The text with the value at `node` replaced; the same text when it is that value already.
    func replacing(_ node: JSON5Node, with value: JSONValue) -> [UInt8] {
        if node.json == value { return bytes }
        let text = JSONText.text(value, indent: indent(of: node.range.lowerBound), newline: newline)
        return splicing([(node.range, text)])
    }

    /// The text with `addition` at the end of the object or list `container`, in that one's own style.
    func adding(_ addition: Addition, to container: JSON5Node) -> [UInt8] {
        let parts = container.parts
        let closing = container.range.upperBound - 1
        let comma = container.hasTrailingComma ? "," : ""
        guard let last = parts.last else { return addingFirst(addition, to: container) }
        let joint = container.hasTrailingComma ? "" : ","
        let lineStart = lineStart(of: closing)
        if isBlank(lineStart..<closing) {
            let itemStart = self.lineStart(of: last.lowerBound)
            let indent =
                isBlank(itemStart..<last.lowerBound)
                ? text(itemStart..<last.lowerBound) : text(lineStart..<closing) + "  "
            let line = indent + self.text(addition, like: container, indent: indent) + comma + newline
            return splicing([(last.upperBound..<last.upperBound, joint), (lineStart..<lineStart, line)])
        }
        let end = endOfText(before: closing)
        let blank = isTight(container) ? "" : " "
        let text = blank + self.text(addition, like: container, indent: indent(of: closing)) + comma
        return splicing([(last.upperBound..<last.upperBound, joint), (end..<end, text)])
    }

    private func addingFirst(_ addition: Addition, to container: JSON5Node) -> [UInt8] {
        let opening = container.range.lowerBound
        let closing = container.range.upperBound - 1
        let outer = indent(of: opening)
        let lineStart = lineStart(of: closing)
        if lineStart > opening, isBlank(lineStart..<closing) {
            let indent = text(lineStart..<closing) + "  "
            let line = indent + text(addition, like: container, indent: indent) + newline
            return splicing([(lineStart..<lineStart, line)])
        }
        if container == root, isBlank((opening + 1)..<closing) {
            let indent = outer + "  "
            let lines = newline + indent + text(addition, like: container, indent: indent) + newline + outer
            return splicing([(closing..<closing, lines)])
        }
        let end = endOfText(before: closing)
        let blank = end < closing || end > opening + 1 ? " " : ""
        return splicing([(end..<end, blank + text(addition, like: container, indent: outer))])
    }

    /// An addition in the style of the container's last part: its key's quotes and the blanks at its colon.
    private func text(_ addition: Addition, like container: JSON5Node, indent: String) -> String {
        switch addition {
        case .element(let value): return JSONText.text(value, indent: indent, newline: newline)
        case .member(let key, let value):
            let text = JSONText.text(value, indent: indent, newline: newline)
            guard case .object(let members) = container.value, let last = members.last else {
                return "\(JSONText.quoted(key)): \(text)"
            }
            let colon = self.text(last.keyRange.upperBound..<last.value.range.lowerBound)
            let isPlain = colon.utf8.count <= 8 && colon.allSatisfy { $0 == ":" || $0 == " " }
            return keyText(key, like: bytes[last.keyRange.lowerBound]) + (isPlain ? colon : ": ") + text
        }
    }

    private func keyText(_ key: String, like first: UInt8) -> String {
        let isName =
            key.utf8.first.map { !(0x30...0x39).contains($0) } ?? false
            && key.utf8.allSatisfy {
                $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) && $0 < 0x80
            }
        switch first {
        case UInt8(ascii: "'") where isName: return "'\(key)'"
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return JSONText.quoted(key)
        default: return isName ? key : JSONText.quoted(key)
        }
    }

    /// Whether the parts of a container on one line follow each other without a blank.
    private func isTight(_ container: JSON5Node) -> Bool {
        let parts = container.parts
        if parts.count > 1 {
            let between = parts[parts.count - 2].upperBound..<parts[parts.count - 1].lowerBound
            return text(between) == ","
        }
        guard case .object(let members) = container.value, let only = members.first else { return false }
        return text(only.keyRange.upperBound..<only.value.range.lowerBound) == ":"
    }

    /// What ends a line in this text.
    private var newline: String {
        guard let end = bytes.firstIndex(of: 0x0A), end > 0, bytes[end - 1] == 0x0D else { return "\n" }
        return "\r\n"
    }

    /// The blanks at the beginning of the line of `offset`.
    private func indent(of offset: Int) -> String {
        let start = lineStart(of: offset)
        return text(start..<(bytes[start..<offset].firstIndex { !isBlank($0) } ?? offset))
    }

    private func lineStart(of offset: Int) -> Int {
        bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 }
            ?? (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    }

    /// Where the blanks in front of `offset` begin.
    private func endOfText(before offset: Int) -> Int {
        bytes[..<offset].lastIndex { !isBlank($0) }.map { $0 + 1 } ?? 0
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private func isBlank(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy { isBlank($0) } }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The text with parts replaced; they don't overlap and are in order.
    private func splicing(_ changes: [(range: Range<Int>, text: String)]) -> [UInt8] {
        var result: [UInt8] = []
        var at = 0
        for change in changes {
            result += bytes[at..<change.range.lowerBound] + Array(change.text.utf8)
            at = change.range.upperBound
        }
        return result + bytes[at...]
    }
}

extension JSON5Node {
    /// The bytes of each element, or of each key with its value.
    var parts: [Range<Int>] {
        switch value {
        case .array(let items): items.map(\.range)
        case .object(let members): members.map { $0.keyRange.lowerBound..<$0.value.range.upperBound }
        case .null, .bool, .integer, .double, .string: []
        }
    }

    /// The value of `key`; nil when this is no object or hasn't that key.
    subscript(key: String) -> JSON5Node? {
        guard case .object(let members) = value else { return nil }
        return members.first { $0.key == key }?.value
    }
}
