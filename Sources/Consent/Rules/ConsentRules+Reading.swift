public import SessionModel

/// Why rules can't be used.
public enum ConsentError: Error, Equatable {
    /// The rule with this index cannot be used: the key at fault, the entry of its list, and a sentence.
    case rule(Int, key: String?, item: Int?, String)
}

extension ConsentRules {
    /// Reads `auto_yes_rules`, and holds each rule to its own examples.
    public init(reading values: [JSONValue]) throws(ConsentError) {
        var rules: [ConsentRule] = []
        for (index, value) in values.enumerated() {
            do throws(RuleProblem) {
                rules.append(try ConsentRule(reading: value))
            } catch {
                throw ConsentError.rule(index, key: error.key, item: error.item, error.sentence)
            }
        }
        self.init(rules)
    }
}

/// What is wrong with a rule.
struct RuleProblem: Error {
    let sentence: String
    /// The key whose value is wrong, and the entry of its list.
    var key: String?
    var item: Int?
}

extension ConsentRule {
    private static let keys: Set<String> = [
        "tool", "command", "path", "text", "verdict", "reason", "matches", "rejects",
    ]
    /// A world for examples: rules know no session.
    private static let territory = Territory(
        Room(worktree: "/worktree", repository: "/repository", home: "/home/me"))

    init(reading value: JSONValue) throws(RuleProblem) {
        guard case .object(let object) = value else { throw RuleProblem(sentence: "A rule is an object.") }
        if let key = object.keys.sorted().first(where: { !Self.keys.contains($0) }) {
            throw RuleProblem(
                sentence:
                    "\(key.quoted) is no key of a rule; they are \(Self.keys.sorted().joined(separator: ", ")).",
                key: key)
        }
        guard let tool = try Self.text(object, "tool"), !tool.isEmpty else {
            throw RuleProblem(sentence: "'tool' is missing: the name of a tool, such as \"Bash\".")
        }
        guard let word = try Self.text(object, "verdict"), let verdict = Verdict(rawValue: word) else {
            throw RuleProblem(sentence: "'verdict' is \"allow\", \"ask\" or \"never\".", key: "verdict")
        }
        let reason = try Self.text(object, "reason") ?? "A rule of the repository's settings says so."
        self.init(tool: tool, try Self.subject(object), verdict, reason: reason)
        if subject == .any, isFor("Bash"), verdict == .allow {
            throw RuleProblem(sentence: "A rule that allows commands needs 'command'.")
        }
        for (item, example) in try Self.texts(object, "matches").enumerated() where !isMatched(by: example) {
            throw RuleProblem(
                sentence: "The rule doesn't match its example \(example.quoted).", key: "matches", item: item)
        }
        for (item, example) in try Self.texts(object, "rejects").enumerated() where isMatched(by: example) {
            throw RuleProblem(
                sentence: "The rule matches \(example.quoted), which it should reject.", key: "rejects",
                item: item)
        }
    }

    private static func text(_ object: [String: JSONValue], _ key: String) throws(RuleProblem) -> String? {
        switch object[key] {
        case nil: return nil
        case .string(let text): return text
        default: throw RuleProblem(sentence: "\(key.quoted) is a text.", key: key)
        }
    }

    private static func texts(_ object: [String: JSONValue], _ key: String) throws(RuleProblem) -> [String] {
        guard let value = object[key] else { return [] }
        guard case .array(let values) = value else {
            throw RuleProblem(sentence: "\(key.quoted) is a list of texts.", key: key)
        }
        var texts: [String] = []
        for value in values {
            guard case .string(let text) = value else {
                throw RuleProblem(sentence: "\(key.quoted) is a list of texts.", key: key)
            }
            texts.append(text)
        }
        return texts
    }

    private static func subject(_ object: [String: JSONValue]) throws(RuleProblem) -> Subject {
        let given = ["command", "path", "text"].filter { object[$0] != nil }
        guard given.count <= 1 else {
            throw RuleProblem(sentence: "A rule has one of 'command', 'path' and 'text'.")
        }
        if case .array = object["command"] { return .command(try texts(object, "command")) }
        if let command = try text(object, "command") {
            return .command(command.split(separator: " ").map(String.init))
        }
        if let path = try text(object, "path") { return .path(path) }
        return try text(object, "text").map { .text($0) } ?? .any
    }

    /// Whether an example, a command, a path or a text, is matched.
    private func isMatched(by example: String) -> Bool {
        switch subject {
        case .command:
            var judge = Judge(territory: Self.territory, rules: ConsentRules())
            _ = judge.run(text: example, ShellState(folder: Self.territory.folder), .unknown)
            return judge.commands.contains { matches($0.map { Value($0) }, perhaps: false) }
        case .path:
            let home = "/" + Self.territory.home.joined(separator: "/")
            let path = example.hasPrefix("~/") ? home + example.dropFirst() : example
            return Self.territory.place(Value(path), from: Self.territory.worktree).map {
                matches($0, Self.territory)
            } ?? false
        case .text: return matches([example])
        case .any: return isFor(example)
        }
    }
}
