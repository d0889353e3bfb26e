/// What keeps the keeper from its work now.
struct Troubles: Equatable {
    /// What a trouble is about; the first that there is, is told.
    enum Subject: Int, CaseIterable {
        case log
        case exit
        case mailbox
        case end
    }

    private var texts = [String?](repeating: nil, count: Subject.allCases.count)

    /// The trouble to tell of; nil when all is well.
    var text: String? { texts.lazy.compactMap { $0 }.first }

    /// Sets or, with nil, ends a trouble.
    subscript(subject: Subject) -> String? {
        get { texts[subject.rawValue] }
        set { texts[subject.rawValue] = newValue }
    }
}
