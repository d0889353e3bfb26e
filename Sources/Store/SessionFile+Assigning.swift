public import SessionModel

/// Assignments as they are written on the command line.
extension SessionFile {
    /// `bytes` with command-line assignments made: `KEY=VALUE`, `environment_vars.K=V`, `prompts+=TEXT`.
    ///
    /// VALUE is read as JSON5 where that gives what the key wants, else as text. The problem of an unknown
    /// key or an impossible value has no line.
    public static func assigning(
        _ assignments: [String], in bytes: [UInt8]
    ) throws(FileProblem) -> [UInt8] {
        var result = bytes
        for assignment in assignments { result = try assigning(assignment, in: result) }
        return result
    }

    private static func assigning(_ assignment: String, in bytes: [UInt8]) throws(FileProblem) -> [UInt8] {
        guard let equals = assignment.utf8.firstIndex(of: 0x3D) else {
            throw FileProblem(
                message: "\(PlainText.line(assignment)) sets nothing; write KEY=VALUE, such as state=paused.")
        }
        var name = String(assignment[..<equals])
        let text = String(assignment[assignment.utf8.index(after: equals)...])
        let isAddition = name.hasSuffix("+")
        if isAddition { name.removeLast() }
        let path = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let key = path.first.flatMap(SessionSpec.CodingKeys.init(rawValue:)) else {
            let suggestion = Suggestion.sentence(
                for: name, among: SessionSpec.CodingKeys.allCases.map(\.rawValue))
            throw FileProblem(
                message: "\(PlainText.line(name)) is no key of a session file.\(suggestion)", key: name)
        }
        if path.count > 1, key != .environmentVars || isAddition {
            throw FileProblem(message: "\(key.rawValue) has no parts to set.", key: name)
        }
        let value = try value(of: text, for: key, part: path.dropFirst().first, isAddition)
        return isAddition
            ? try appending(value, to: key.rawValue, in: bytes) : try setting(path, to: value, in: bytes)
    }

    /// What `text` means as the value of `key`, or of `part` in it.
    private static func value(
        of text: String, for key: SessionSpec.CodingKeys, part: String?, _ isAddition: Bool
    ) throws(FileProblem) -> JSONValue {
        var first: FileProblem?
        let parsed = (try? JSON5Document(Array(text.utf8)))?.root.json
        for candidate in [parsed, .string(text)] {
            guard let candidate else { continue }
            do throws(FileProblem) {
                try check(
                    part.map { .object([$0: candidate]) } ?? (isAddition ? .array([candidate]) : candidate),
                    key)
                return candidate
            } catch {
                first = first ?? FileProblem(message: error.message, key: error.key)
            }
        }
        throw first ?? FileProblem(message: "\(key.rawValue) can't be set to that.", key: key.rawValue)
    }

    private static func check(_ value: JSONValue, _ key: SessionSpec.CodingKeys) throws(FileProblem) {
        let document = try JSON5Document(Array(JSONText.text(value).utf8))
        let field = Field(document: document, node: document.root, path: [.key(key.rawValue)])
        var spec = SessionSpec()
        try apply(field, key, to: &spec)
    }
}
