internal import SessionModel

/// Anthropic's Claude Code; looked at in version 2.1.330.
struct ClaudeCode: AgentProgram {
    let kind = AgentKind.claude

    let tellsWhenReady = true

    let inputBox: InputBox? = InputBox(marker: "❯", pasted: "[Pasted text #")

    func isCalled(_ name: String) -> Bool { name == "claude" }

    /// ◐ and ◑ turn while it works; ✳ stands while it is idle, and while it waits for an answer.
    func activity(ofTitle title: String) -> Activity? {
        switch title.unicodeScalars.first {
        case "\u{25D0}", "\u{25D1}": .working
        case "\u{2733}": .idle
        default: nil
        }
    }
}
