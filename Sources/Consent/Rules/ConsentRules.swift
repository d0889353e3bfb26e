import SessionModel

/// The user's rules, in the order in which they stand.
///
/// They make any verdict stricter. What is asked they can loosen; what is never done they can't.
public struct ConsentRules: Equatable, Sendable {
    /// The rules.
    public let rules: [ConsentRule]

    /// Rules whose examples were checked.
    public init(_ rules: [ConsentRule] = []) { self.rules = rules }

    /// The built-in decision on one command of a script, and what the rules make of it.
    func adjusting(_ decision: Decision, command: [Value]) -> Decision {
        let own = rules.enumerated().filter { $0.element.isFor("Bash") }
        return adjusting(
            decision,
            loosening: own.first {
                $0.element.verdict == .allow && $0.element.matches(command, perhaps: false)
            },
            tightening: own.filter {
                $0.element.verdict != .allow && $0.element.matches(command, perhaps: true)
            })
    }

    /// The built-in decision on a call, and what the rules over paths, texts and whole tools make of it.
    func adjusting(_ decision: Decision, call: ToolCall, territory: Territory) -> Decision {
        guard !rules.isEmpty else { return decision }
        let paths = ["file_path", "notebook_path", "path"].compactMap(call.text)
        let places = paths.map { territory.place(Value($0), from: territory.folder) }
        let texts = Self.texts(.object(call.input))
        let own = rules.enumerated().filter { entry in
            let rule = entry.element
            guard rule.isFor(call.tool) else { return false }
            switch rule.subject {
            case .command: return false
            case .path:
                let matching = places.map { place in
                    place.map { rule.matches($0, territory) } ?? (rule.verdict != .allow)
                }
                return !matching.isEmpty
                    && (rule.verdict == .allow ? !matching.contains(false) : matching.contains(true))
            case .text: return rule.matches(texts)
            case .any: return true
            }
        }
        return adjusting(
            decision, loosening: own.first { $0.element.verdict == .allow },
            tightening: own.filter { $0.element.verdict != .allow })
    }

    private func adjusting(
        _ decision: Decision, loosening: EnumeratedSequence<[ConsentRule]>.Element?,
        tightening: [EnumeratedSequence<[ConsentRule]>.Element]
    ) -> Decision {
        func own(_ entry: EnumeratedSequence<[ConsentRule]>.Element) -> Decision {
            var own = Decision(entry.element.verdict, named: "rule-\(entry.offset + 1)", entry.element.reason)
            own.commands = decision.commands
            return own
        }
        var result = decision
        if let loosening, decision.verdict == .ask { result = own(loosening) }
        for entry in tightening { result = result.stricter(own(entry)) }
        return result
    }

    private static func texts(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let values): values.flatMap(texts)
        case .object(let object): object.values.flatMap(texts)
        case .null, .bool, .integer, .double: []
        }
    }
}
