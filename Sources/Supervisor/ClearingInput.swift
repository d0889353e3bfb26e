internal import Agents
internal import KeeperProtocol
internal import Lifecycle
internal import Screen
internal import SessionModel

/// The look at what stands where one writes to an agent, before a prompt is typed there.
struct InputLook {
    /// Whether nothing stands there.
    var isFree = false
    /// Where the log ended when a key was asked for that takes out a row, until the keeper tells whether it pressed it.
    var pressedAt: Int64?
    /// Whether one was pressed.
    var isClearing = false
    /// How many more times the screen is looked at.
    var looksLeft = Patience.answerLooks
}

/// Making room for a prompt: it is not to join what stands where one writes.
///
/// An agent that was interrupted may have put the prompt before back there, as Claude Code does: that is taken out. A
/// person's words stay, and the prompt waits until they are gone; every output is followed by another look.
extension Supervisor {
    /// C-u takes out what stands before the cursor in its row.
    private static let clearRow: [UInt8] = [0x15]

    /// Why prompts wait; nil when none does for that.
    func promptsWaiting(of session: ManagedSession) -> String? {
        guard session.isInputTaken, nextPrompt(of: session) != nil else { return nil }
        return "The next prompt waits: something else stands where one writes to the agent."
    }

    /// Whether a prompt may be typed; else the screen is read, and the prompt typed once it may be.
    func isInputFree(_ session: ManagedSession) -> Bool {
        guard program(of: session).inputBox != nil else { return true }
        if let look = session.inputLook { return look.isFree }
        session.inputLook = InputLook()
        readScreen(of: session)
        return false
    }

    /// The screen was read.
    func goOnClearing(_ session: ManagedSession, _ screen: ShownScreen) {
        guard var look = session.inputLook, look.pressedAt == nil, let fold = session.screen,
            let box = program(of: session).inputBox
        else { return }
        let written = box.text(on: screen) ?? ""
        look.looksLeft -= 1
        guard !written.isEmpty else {
            session.isInputTaken = false
            session.inputLook?.isFree = true
            promptAfterTurn(session)
            session.inputLook = nil
            return
        }
        guard look.looksLeft > 0, let text = lastText(of: session),
            box.isWhole(written, as: text) || look.isClearing && box.isBeginning(written, of: text)
        else {
            session.isInputTaken = true
            session.inputLook = nil
            return
        }
        (look.pressedAt, look.isClearing) = (fold.offset, true)
        session.inputLook = look
        ask(.press(Supervisor.clearRow, at: fold.offset), of: session)
    }

    /// The keeper tells that it pressed the key, or that the screen has changed meanwhile.
    func clearingWasPressed(_ session: ManagedSession, at offset: Int64) {
        guard session.inputLook?.pressedAt == offset else { return }
        session.inputLook?.pressedAt = nil
        lookAtScreenSoon(session)
    }

    /// What was typed to the agent last.
    private func lastText(of session: ManagedSession) -> String? {
        session.lastTyped ?? session.record.promptsSent.last.flatMap { promptText(of: $0, session) }
    }
}
