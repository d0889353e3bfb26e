/// One thing that `claudia doctor` looked at.
struct Finding: Encodable, Equatable {
    /// How it stands.
    enum Verdict: String, Encodable {
        /// As it should be.
        case ok
        /// Worth knowing; nothing has to be done.
        case note
        /// Wrong: something of claudia doesn't work.
        case wrong
    }

    /// What was looked at, in a word or two.
    let check: String
    /// How it stands.
    let verdict: Verdict
    /// What was found, in words.
    let text: String
    /// How to mend it.
    let hint: String?

    init(_ check: String, _ verdict: Verdict, _ text: String, hint: String? = nil) {
        (self.check, self.verdict, self.text, self.hint) = (check, verdict, text, hint)
    }
}
