internal import SessionModel

/// OpenAI's Codex; looked at in version 0.163.0.
struct Codex: AgentProgram {
    let kind = AgentKind.codex

    let tellsWhenReady = true

    /// While a terminal in the background runs, such as one whose turn was interrupted (version 0.163.0).
    let worksBetweenTurns = true

    let inputBox: InputBox? = InputBox(marker: "›", pasted: "[Pasted Content ")

    /// It shows its dialog once the hook has ended, and tells the folder of the session, not of the command.
    let permissionHook = PermissionHook(runsBesideDialog: false, tellsFolder: false)

    func isCalled(_ name: String) -> Bool { name == "codex" }

    /// A braille spinner turns while it works; `[ ! ]` and `[ . ]` blink while it waits for an answer.
    func activity(ofTitle title: String) -> Activity? {
        guard let first = title.unicodeScalars.first else { return nil }
        if (0x2801...0x28FF).contains(first.value) { return .working }
        return title.contains("] Action Required") && first == "[" ? .blocked : .idle
    }
}
