public import SessionModel

/// Edits that change only the bytes of the value they set.
extension SessionFile {
    /// `bytes` with the value at `path` (such as `["environment_vars", "K"]`) set, every other byte kept.
    ///
    /// A missing key is added at the end, in the file's own style. Throws when `bytes` is no JSON5 object.
    public static func setting(
        _ path: [String], to value: JSONValue, in bytes: [UInt8]
    ) throws(FileProblem) -> [UInt8] {
        guard let key = path.first else { return bytes }
        if JSON5Document.isBlank(bytes) {
            let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[..<3]) : []
            return try setting(path, to: value, in: start + Array("{}\n".utf8))
        }
        let document = try JSON5Document(bytes)
        guard case .object = document.root.value else {
            throw Field(document).problem("must hold an object, { … }, but holds \(document.root.kind).")
        }
        try refuseNewer(document)
        guard path.count > 1 else { return set(key, to: value, in: document.root, of: document) }
        let rest = path[1...].joined(separator: ".")
        guard let parent = document.root[key], parent.value != .null else {
            return set(key, to: .object([rest: value]), in: document.root, of: document)
        }
        switch parent.value {
        case .object: return set(rest, to: value, in: parent, of: document)
        case .array(let items): return set(rest, to: value, inList: parent, items, of: document)
        case .null, .bool, .integer, .double, .string:
            throw Field(document: document, node: parent, path: [.key(key)])
                .problem("must be an object, { … }, but is \(parent.kind).")
        }
    }

    /// `bytes` with `value` added to the list `key`, which is made when missing.
    public static func appending(
        _ value: JSONValue, to key: String, in bytes: [UInt8]
    ) throws(FileProblem) -> [UInt8] {
        if JSON5Document.isBlank(bytes) { return try setting([key], to: .array([value]), in: bytes) }
        let document = try JSON5Document(bytes)
        try refuseNewer(document)
        guard let list = document.root[key] else { return try setting([key], to: .array([value]), in: bytes) }
        guard case .array = list.value else {
            throw Field(document: document, node: list, path: [.key(key)])
                .problem("must be a list, but is \(list.kind).")
        }
        return document.adding(.element(value), to: list)
    }

    private static func set(
        _ key: String, to value: JSONValue, in object: JSON5Node, of document: JSON5Document
    ) -> [UInt8] {
        if let old = object[key] { return document.replacing(old, with: value) }
        return document.adding(.member(key, value), to: object)
    }

    /// Sets an environment variable where they are `["K=V"]` or `[["K", "V"]]`.
    private static func set(
        _ key: String, to value: JSONValue, inList list: JSON5Node, _ items: [JSON5Node],
        of document: JSON5Document
    ) -> [UInt8] {
        let text = if case .string(let text) = value { text } else { JSONText.text(value) }
        for item in items {
            switch item.value {
            case .string(let old) where old.utf8.starts(with: "\(key)=".utf8):
                return document.replacing(item, with: .string("\(key)=\(text)"))
            case .array(let pair) where pair.count == 2 && pair[0].value == .string(key):
                return document.replacing(pair[1], with: .string(text))
            default: continue
            }
        }
        if case .array = items.last?.value {
            return document.adding(.element(.array([.string(key), .string(text)])), to: list)
        }
        return document.adding(.element(.string("\(key)=\(text)")), to: list)
    }
}
