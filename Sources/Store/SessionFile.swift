public import SessionModel

/// Session files as text: read, written and edited.
public enum SessionFile {
    /// Bytes past which a file is refused.
    public static let sizeMax = JSON5Document.sizeMax

    /// What a session file says.
    public struct Content: Equatable, Sendable {
        /// What the owner wants, defaults filled in.
        public var spec: SessionSpec
        /// A key that isn't known: the rest of the file is in force all the same.
        public var notice: FileProblem?
    }

    /// Lines of `claudia output`: more would make one answer larger than the log's parts.
    private static let maxOutputBufferRange = 1...1_000_000

    /// Reads a session file; what is left out comes from `defaults`, and so does all of a blank file.
    public static func parse(_ bytes: [UInt8], defaults: SessionSpec) throws(FileProblem) -> Content {
        var content = Content(spec: defaults, notice: nil)
        if JSON5Document.isBlank(bytes) { return content }
        let fields = try Field(try JSON5Document(bytes)).members()
        for field in fields where field.key == SessionSpec.CodingKeys.version.rawValue {
            try apply(field, .version, to: &content.spec)
        }
        for field in fields {
            if let key = SessionSpec.CodingKeys(rawValue: field.key) {
                try apply(field, key, to: &content.spec)
            } else if content.notice == nil {
                content.notice = field.unknown(among: SessionSpec.CodingKeys.allCases.map(\.rawValue))
            }
        }
        return content
    }

    /// Understands one key.
    static func apply(
        _ field: Field, _ key: SessionSpec.CodingKeys, to spec: inout SessionSpec
    ) throws(FileProblem) {
        switch key {
        case .version: spec.version = try field.version(known: SessionSpec.versionKnown)
        case .state: spec.state = try field.word(of: DesiredState.self)
        case .prompts: spec.prompts = try field.texts(such: "[\"Fix the login redirect\"]")
        case .agent: spec.agent = try field.argumentVector()
        case .claudeArgs: spec.claudeArgs = try field.texts(such: "[\"--verbose\"]")
        case .agentKind: spec.agentKind = field.isNull ? nil : try field.word(of: AgentKind.self)
        case .base: spec.base = try field.commitish()
        case .baseBranch: spec.baseBranch = field.isNull ? nil : try field.branchName()
        case .branchPrefix: spec.branchPrefix = try field.branchName()
        case .branch: spec.branch = field.isNull ? nil : try field.branchName()
        case .workingDirectory: spec.workingDirectory = field.isNull ? nil : try field.innerFolder()
        case .environmentVars: spec.environmentVars = try field.variables()
        case .autoYes: spec.autoYes = try field.flag()
        case .maxOutputBuffer: spec.maxOutputBuffer = try field.integer(in: maxOutputBufferRange)
        case .restart: spec.restart = try field.word(of: RestartPolicy.self)
        }
    }

    /// The file that says `spec`: plain JSON, every key, in the order of `SessionSpec.CodingKeys`.
    public static func text(of spec: SessionSpec) -> String {
        let lines = SessionSpec.CodingKeys.allCases.map { key in
            "  \(JSONText.quoted(key.rawValue)): \(JSONText.text(value(of: key, in: spec), indent: "  "))"
        }
        return "{\n\(lines.joined(separator: ",\n"))\n}\n"
    }

    private static func value(of key: SessionSpec.CodingKeys, in spec: SessionSpec) -> JSONValue {
        switch key {
        case .version: .integer(spec.version)
        case .state: .string(spec.state.rawValue)
        case .prompts: .array(spec.prompts.map(JSONValue.string))
        case .agent: .array(spec.agent.map(JSONValue.string))
        case .claudeArgs: .array(spec.claudeArgs.map(JSONValue.string))
        case .agentKind: spec.agentKind.map { .string($0.rawValue) } ?? .null
        case .base: .string(spec.base)
        case .baseBranch: spec.baseBranch.map(JSONValue.string) ?? .null
        case .branchPrefix: .string(spec.branchPrefix)
        case .branch: spec.branch.map(JSONValue.string) ?? .null
        case .workingDirectory: spec.workingDirectory.map(JSONValue.string) ?? .null
        case .environmentVars: .object(spec.environmentVars.mapValues(JSONValue.string))
        case .autoYes: .bool(spec.autoYes)
        case .maxOutputBuffer: .integer(spec.maxOutputBuffer)
        case .restart: .string(spec.restart.rawValue)
        }
    }
}
