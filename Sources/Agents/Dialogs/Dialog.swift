internal import SessionModel

/// A dialog that stands on an agent's screen and waits for an answer.
public struct Dialog: Codable, Equatable, Sendable {
    /// One thing to choose.
    public struct Choice: Codable, Equatable, Sendable {
        /// What choosing it says.
        public enum Meaning: String, Codable, Sendable {
            case yes, no, other
            /// A field for a text of one's own.
            case text
        }

        /// Its words.
        public var label: String
        /// What it says.
        public var meaning: Meaning
        /// What has to be typed for it; nil when it is marked with the cursor keys and taken by Enter.
        public var keys: String?

        /// A choice, part by part.
        public init(_ label: String, _ meaning: Meaning, keys: String? = nil) {
            (self.label, self.meaning, self.keys) = (label, meaning, keys)
        }
    }

    /// "permission", "question" or "auth".
    public var kind: String
    /// What is asked, in a line.
    public var text: String
    /// All that stands in it above the choices, row by row.
    public var body: [String]
    /// What can be chosen, in order.
    public var choices: [Choice]
    /// The choice that is marked; nil where none is.
    public var marked: Int?
    /// What has to be typed to refuse it; nil where that can't be done.
    public var refusal: String?
    /// Whether all of it is on the screen.
    public var isWhole = true
    /// Whether several choices are ticked one by one, so that choosing one is no answer yet.
    public var isList = false

    /// A dialog without choices yet.
    public init(kind: String, text: String, body: [String]) {
        (self.kind, self.text, self.body, choices) = (kind, text, body, [])
    }

    /// Whether it is still `other`, whatever is marked in it and written into its fields by now.
    ///
    /// Of one that is too long for the screen other parts may be seen.
    public func isSame(as other: Dialog) -> Bool {
        guard text == other.text, isWhole == other.isWhole else { return false }
        guard isWhole else { return true }
        return body == other.body && choices.count == other.choices.count
            && zip(choices, other.choices).allSatisfy { $0.label == $1.label || $1.meaning == .text }
    }
}

// MARK: Answering it

extension Dialog {
    /// Where an answer leads.
    public enum Goal: Equatable, Sendable {
        /// The choice with this index is taken.
        case choose(Int)
        /// The text is written into the field with this index and sent.
        case write(Int, String)
        /// The dialog is refused.
        case refuse
    }

    /// What to type next.
    public struct Step: Equatable, Sendable {
        /// The bytes.
        public let bytes: [UInt8]
        /// Whether the dialog is answered by them; else the screen has to be read again.
        public let isLast: Bool
    }

    /// What `answer`, in a person's words, means here: yes, no, a choice or its number, or a text.
    public func goal(of answer: String) throws(PermissionCall.Misfit) -> Goal {
        guard !isList else { throw misfit("several things can be ticked here") }
        switch PermissionCall.Answer(answer) {
        case .no:
            if refusal != nil { return .refuse }
            guard let index = only(choices.indices.filter { choices[$0].meaning == .no }) else {
                throw misfit("it can't be refused with no")
            }
            return .choose(index)
        case .yes:
            let all = choices.indices.filter { choices[$0].meaning == .yes }
            let plain = all.filter { Dialog.plainYes.contains(choices[$0].label.lowercased()) }
            guard let index = only(all) ?? only(plain) else {
                throw misfit(all.isEmpty ? "yes is no answer to it" : "there are several kinds of yes")
            }
            return .choose(index)
        case .list(let items):
            guard let item = items.first, items.count == 1 else {
                throw misfit("only one of them can be chosen")
            }
            return try goal(of: item)
        case .text(let text):
            if let number = Int(text), choices.indices.contains(number - 1) {
                guard choices[number - 1].meaning != .text else { throw misfit("give the text itself") }
                return .choose(number - 1)
            }
            let wanted = text.lowercased()
            let exact = choices.indices.filter { choices[$0].label.lowercased() == wanted }
            let begun = choices.indices.filter { choices[$0].label.lowercased().hasPrefix(wanted) }
            if let index = only(exact) ?? only(begun), choices[index].meaning != .text {
                return .choose(index)
            }
            guard let field = only(choices.indices.filter { choices[$0].meaning == .text }),
                !text.unicodeScalars.contains(where: \.isControl)
            else { throw misfit("“\(text)” is none of them") }
            return .write(field, text)
        }
    }

    /// What to type next on the way to `goal`, to the dialog as it stands now; nil when there is no way.
    public func step(toward goal: Goal, applicationCursor: Bool) -> Step? {
        switch goal {
        case .refuse: return refusal.map { Step(bytes: Array($0.utf8), isLast: true) }
        case .choose(let index):
            guard choices.indices.contains(index) else { return nil }
            if let keys = choices[index].keys { return Step(bytes: Array(keys.utf8), isLast: true) }
            return marking(index, applicationCursor) ?? Step(bytes: [0x0D], isLast: true)
        case .write(let index, let text):
            guard choices.indices.contains(index), marked != nil else { return nil }
            if let step = marking(index, applicationCursor) { return step }
            func letters(_ text: String) -> String { text.filter { !$0.isWhitespace } }
            if letters(choices[index].label) == letters(text) { return Step(bytes: [0x0D], isLast: true) }
            // Whatever stands in the field by now is somebody else's.
            guard choices[index].meaning == .text else { return nil }
            return Step(bytes: Array(text.utf8), isLast: false)
        }
    }

    /// A key that brings the mark nearer to `index`; nil when it is there.
    private func marking(_ index: Int, _ applicationCursor: Bool) -> Step? {
        guard let marked, marked != index else { return nil }
        let key = KeyName(marked < index ? "Down" : "Up")
        return Step(bytes: key?.bytes(applicationCursor: applicationCursor) ?? [], isLast: false)
    }

    private static let plainYes: Set = ["yes", "yes, proceed"]

    private func only(_ indices: [Int]) -> Int? { indices.count == 1 ? indices[0] : nil }

    private func misfit(_ why: String) -> PermissionCall.Misfit {
        let all = choices.enumerated().map { "\($0 + 1). \($1.label)" }.joined(separator: ", ")
        return PermissionCall.Misfit(message: "“\(text)”: \(why)\(all.isEmpty ? "." : " (\(all)).")")
    }
}
