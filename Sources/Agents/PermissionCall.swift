internal import FoundationEssentials
public import SessionModel

/// A call of a tool that an agent wants to be allowed, as its PermissionRequest hook tells it.
public struct PermissionCall: Equatable, Sendable {
    /// What a person can answer.
    public enum Answer: Equatable, Sendable {
        /// Let it.
        case yes
        /// Don't let it; the agent is told why.
        case no(reason: String)
        /// This is the answer to what is asked.
        case text(String)
        /// These are the choices to be ticked.
        case list([String])

        /// What a person wrote: `yes`, `no`, a JSON list of choices, or the answer itself.
        public init(_ text: String) {
            if text.hasPrefix("["),
                let list = try? JSONDecoder().decode([String].self, from: Data(text.utf8))
            {
                self = .list(list)
                return
            }
            switch text.lowercased() {
            case "yes", "y": self = .yes
            case "no", "n": self = .no(reason: "The person said no.")
            default: self = .text(text)
            }
        }
    }

    /// Why an answer doesn't fit.
    public struct Misfit: Error, Equatable, Sendable {
        /// A sentence for a person.
        public let message: String
    }

    /// A question of Claude's AskUserQuestion.
    private struct Asked {
        let text: String
        let labels: [String]
        /// Whether several may be chosen.
        let isList: Bool
    }

    /// The tool's name.
    public let tool: String
    /// What it is to be used with.
    public let input: [String: JSONValue]

    /// The call that a PermissionRequest asks for; nil for any other event.
    public init?(_ event: HookEvent) {
        guard event.name == .permissionRequest, let tool = event.toolName else { return nil }
        self.tool = tool
        input = event.toolInput
    }

    /// What kind of question it is: "permission", "plan" or "question".
    public var kind: String { asked.isEmpty ? isPlan ? "plan" : "permission" : "question" }

    /// Claude's wish to leave plan mode and begin.
    private var isPlan: Bool { tool == "ExitPlanMode" }

    /// What is asked, in a line.
    public var text: String {
        if let first = asked.first {
            return asked.count == 1 ? first.text : "\(first.text) (and \(asked.count - 1) more)"
        }
        if isPlan, case .string(let plan) = input["plan"] { return "approve the plan: \(plan.trimmed)" }
        for key in ["command", "file_path", "notebook_path", "path", "url", "query", "plan", "description"] {
            if case .string(let value) = input[key] { return "approve \(tool): \(value)" }
        }
        return "approve \(tool)"
    }

    /// What can be chosen.
    public var choices: [String] { asked.count == 1 ? asked[0].labels : asked.isEmpty ? ["yes", "no"] : [] }

    /// What a hook prints to give `answer`.
    public func decision(_ answer: Answer) throws(Misfit) -> String {
        var decision: [String: JSONValue] = ["behavior": .string("allow")]
        switch answer {
        case .yes:
            guard asked.isEmpty else {
                throw Misfit(message: "“\(text)” can't be answered with yes: \(choicesText).")
            }
            if isPlan {
                // Claude takes a plan as approved only with its input, and then asks before each edit.
                decision["updatedInput"] = .object(input)
                decision["updatedPermissions"] = .array([
                    .object([
                        "type": .string("setMode"), "mode": .string("default"),
                        "destination": .string("session"),
                    ])
                ])
            }
        case .no(let reason):
            decision = ["behavior": .string("deny"), "message": .string(reason)]
        case .list where isPlan: throw Misfit(message: "“\(text)” wants yes, no or a text.")
        case .text(let text) where isPlan:
            decision = ["behavior": .string("deny"), "message": .string(text)]
        case .text(let text): decision["updatedInput"] = try updatedInput(items(text), written: text)
        case .list(let items): decision["updatedInput"] = try updatedInput(items, written: nil)
        }
        let output: [String: JSONValue] = [
            "hookSpecificOutput": .object([
                "hookEventName": .string(HookEvent.Name.permissionRequest.rawValue),
                "decision": .object(decision),
            ])
        ]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(output)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private var choicesText: String {
        let number = asked.first?.isList == true ? "some" : "one"
        return choices.isEmpty
            ? "answer with a text"
            : "choose \(number) of \(choices.joined(separator: ", ")), or answer with a text"
    }

    /// The input with the answer to its one question; `written` is a text that counts as it is where it is none of
    /// the choices.
    private func updatedInput(_ items: [String], written: String?) throws(Misfit) -> JSONValue {
        guard let asked = asked.first, self.asked.count == 1 else {
            throw Misfit(
                message: self.asked.isEmpty
                    ? "“\(text)” wants yes or no."
                    : "Several questions are asked; answer them in 'claudia attach'.")
        }
        guard asked.isList ? !items.isEmpty : items.count == 1 else {
            throw Misfit(message: "“\(text)” can't be answered so: \(choicesText).")
        }
        var chosen: [String] = []
        for item in items {
            let label = Self.choice(item, of: asked.labels)
            guard let label = label ?? (items.count == 1 ? written : nil) else {
                throw Misfit(message: "“\(item)” is none of the choices of “\(text)”: \(choicesText).")
            }
            if !chosen.contains(label) { chosen.append(label) }
        }
        var updated = input
        // Claude joins what was ticked like that, too.
        updated["answers"] = .object([asked.text: .string(chosen.joined(separator: ", "))])
        return .object(updated)
    }

    /// The choices that a text names: several where they are divided by commas and each is one.
    private func items(_ text: String) -> [String] {
        guard let asked = asked.first, asked.isList, Self.choice(text, of: asked.labels) == nil else {
            return [text]
        }
        let parts = text.split(separator: ",").map { String($0).trimmed }
        return parts.contains { Self.choice($0, of: asked.labels) != nil } ? parts : [text]
    }

    /// The choice that has this number or these words.
    private static func choice(_ text: String, of labels: [String]) -> String? {
        if let number = Int(text), labels.indices.contains(number - 1) { return labels[number - 1] }
        return labels.first { $0 == text } ?? labels.first { $0.lowercased() == text.lowercased() }
    }

    private var asked: [Asked] {
        guard tool == "AskUserQuestion", case .array(let questions) = input["questions"] else { return [] }
        return questions.compactMap { question in
            guard case .object(let fields) = question, case .string(let text) = fields["question"] else {
                return nil
            }
            var labels: [String] = []
            if case .array(let options) = fields["options"] {
                for case .object(let option) in options {
                    if case .string(let label) = option["label"] { labels.append(label) }
                }
            }
            return Asked(text: text, labels: labels, isList: fields["multiSelect"] == .bool(true))
        }
    }
}

extension String {
    /// Without white space around it.
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
