public import SessionModel

/// Session files of an older form.
extension SessionFile {
    /// `bytes` in the newest form, with the same wishes; nil when they are in it already, or say nothing.
    ///
    /// Version 0 has no `version`, and its environment variables may be a list. Only those two values are
    /// written anew. Throws when the file can't be understood, or is newer than what is known.
    public static func migrating(_ bytes: [UInt8]) throws(FileProblem) -> [UInt8]? {
        if JSON5Document.isBlank(bytes) { return nil }
        let spec = try parse(bytes, defaults: SessionSpec()).spec
        let document = try JSON5Document(bytes)
        let version = document.root[SessionSpec.CodingKeys.version.rawValue]
        guard version == nil || version?.value == .integer(0) else { return nil }
        var new = bytes
        if case .array? = document.root[SessionSpec.CodingKeys.environmentVars.rawValue]?.value {
            let variables = spec.environmentVars.mapValues(JSONValue.string)
            new = try setting(
                [SessionSpec.CodingKeys.environmentVars.rawValue], to: .object(variables), in: new)
        }
        return try setting(
            [SessionSpec.CodingKeys.version.rawValue], to: .integer(SessionSpec.versionKnown), in: new)
    }

    /// Refuses a file of a form that isn't known: what claudia doesn't understand it doesn't edit.
    static func refuseNewer(_ document: JSON5Document) throws(FileProblem) {
        let key = SessionSpec.CodingKeys.version.rawValue
        guard let node = document.root[key], case .integer = node.value else { return }
        _ = try Field(document: document, node: node, path: [.key(key)]).version(
            known: SessionSpec.versionKnown)
    }
}
