public import SessionModel

/// `config.json` as text.
public enum ConfigFile {
    /// What `config.json` says.
    public struct Content: Equatable, Sendable {
        /// The settings, defaults filled in.
        public var config: RepositoryConfig
        /// A key that isn't known: the rest of the file is in force all the same.
        public var notice: FileProblem?
    }

    /// Reads the settings; what is left out, or all of a blank file, is as in `RepositoryConfig()`.
    public static func parse(_ bytes: [UInt8]) throws(FileProblem) -> Content {
        var content = Content(config: RepositoryConfig(), notice: nil)
        if JSON5Document.isBlank(bytes) { return content }
        let root = Field(try JSON5Document(bytes))
        for field in try root.members() where field.key == RepositoryConfig.CodingKeys.version.rawValue {
            try apply(field, .version, to: &content)
        }
        try each(root, RepositoryConfig.CodingKeys.self, &content, apply)
        return content
    }

    /// A problem with the rule `index` of `auto_yes_rules`, where its value for `key`, or an entry of that, stands.
    public static func problem(
        _ sentence: String, ofRule index: Int, key: String?, item: Int?, in bytes: [UInt8]
    ) -> FileProblem {
        func field() throws(FileProblem) -> Field {
            let root = Field(try JSON5Document(bytes))
            let rules = RepositoryConfig.CodingKeys.autoYesRules.rawValue
            var found = root
            for rulesField in try root.members() where rulesField.key == rules {
                found = try rulesField.items(such: "[]")[index]
            }
            guard let key else { return found }
            for value in try found.members() where value.key == key {
                found = value
                if let item { found = try value.items(such: "[]")[item] }
            }
            return found
        }
        do {
            let field = try field()
            return field.document.problem(
                "\(field.name): \(sentence)", at: field.node.range.lowerBound, field.path)
        } catch {
            return error
        }
    }

    /// Has every member of an object that is a known key understood by `apply`; notices the first that isn't.
    private static func each<Key: RawRepresentable & CaseIterable>(
        _ object: Field, _ keys: Key.Type, _ content: inout Content,
        _ apply: (Field, Key, inout Content) throws(FileProblem) -> Void
    ) throws(FileProblem) where Key.RawValue == String {
        for field in try object.members() {
            if let key = Key(rawValue: field.key) {
                try apply(field, key, &content)
            } else if content.notice == nil {
                content.notice = field.unknown(among: Key.allCases.map(\.rawValue))
            }
        }
    }

    private static func apply(
        _ field: Field, _ key: RepositoryConfig.CodingKeys, to content: inout Content
    ) throws(FileProblem) {
        switch key {
        case .version: content.config.version = try field.version(known: 1)
        case .multiSession:
            try each(field, RepositoryConfig.MultiSession.CodingKeys.self, &content, multiSession)
        case .agent: content.config.agent = try field.argumentVector()
        case .worktrees: try each(field, RepositoryConfig.Worktrees.CodingKeys.self, &content, worktrees)
        case .autoYesRules: content.config.autoYesRules = try field.items(such: "[]").map(\.node.json)
        case .output: try each(field, RepositoryConfig.Output.CodingKeys.self, &content, output)
        case .trashDays: content.config.trashDays = try field.integer(in: 0...36_500)
        }
    }

    private static func multiSession(
        _ field: Field, _ key: RepositoryConfig.MultiSession.CodingKeys, _ content: inout Content
    ) throws(FileProblem) {
        switch key {
        case .maxConcurrentSessions:
            content.config.multiSession.maxConcurrentSessions = try field.integer(in: 1...10_000)
        case .autoYesEnabled: content.config.multiSession.autoYesEnabled = try field.flag()
        case .defaultBranchPrefix: content.config.multiSession.defaultBranchPrefix = try field.branchName()
        case .autoYesPollIntervalSeconds:
            content.config.multiSession.autoYesPollIntervalSeconds = try field.integer(in: 1...86_400)
        }
    }

    private static func worktrees(
        _ field: Field, _ key: RepositoryConfig.Worktrees.CodingKeys, _ content: inout Content
    ) throws(FileProblem) {
        switch key {
        case .root:
            let root = try field.text()
            if root.isEmpty { throw field.problem("is empty; it must name a folder.") }
            if root.hasPrefix("~") {
                throw field.problem("begins with '~', which isn't expanded; write the whole path.")
            }
            content.config.worktrees.root = root
        case .setup: content.config.worktrees.setup = try commands(field, such: "[[\"npm\", \"ci\"]]")
        case .teardown:
            content.config.worktrees.teardown = try commands(
                field, such: "[[\"docker\", \"compose\", \"down\"]]")
        case .pool: content.config.worktrees.pool = try field.integer(in: 0...100)
        }
    }

    private static func commands(_ field: Field, such example: String) throws(FileProblem) -> [[String]] {
        var commands: [[String]] = []
        for item in try field.items(such: example) { commands.append(try item.argumentVector()) }
        return commands
    }

    private static func output(
        _ field: Field, _ key: RepositoryConfig.Output.CodingKeys, _ content: inout Content
    ) throws(FileProblem) {
        switch key {
        case .rotateBytes: content.config.output.rotateBytes = try field.integer(in: 4096...1_099_511_627_776)
        case .keep: content.config.output.keep = try field.integer(in: 0...1000)
        }
    }
}
