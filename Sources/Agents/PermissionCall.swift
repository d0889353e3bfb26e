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

        /// What a person wrote: `yes`, `no`, or the answer itself.
        public init(_ text: String) {
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
        case .text(let text) where isPlan:
            decision = ["behavior": .string("deny"), "message": .string(text)]
        case .text(let text):
            guard asked.count == 1 else {
                throw Misfit(
                    message: asked.isEmpty
                        ? "“\(self.text)” wants yes or no."
                        : "Several questions are asked; answer them in 'claudia attach'.")
            }
            var updated = input
            updated["answers"] = .object([asked[0].text: .string(chosen(text))])
            decision["updatedInput"] = .object(updated)
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
        choices.isEmpty
            ? "answer with a text" : "choose one of \(choices.joined(separator: ", ")), or answer with a text"
    }

    /// A choice by its number, or whatever else was said.
    private func chosen(_ text: String) -> String {
        guard let number = Int(text), asked[0].labels.indices.contains(number - 1) else { return text }
        return asked[0].labels[number - 1]
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
            return Asked(text: text, labels: labels)
        }
    }
}

extension String {
    /// Without white space around it.
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
