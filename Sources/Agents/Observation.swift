/// Something that tells of what an agent does.
public enum Observation: Equatable, Sendable {
    /// The content of an OSC 7501 that stands at `offset` of the log.
    case report([UInt8], offset: Int64)
    /// A shell's prompt began (OSC 133 A): the program before it has ended.
    case promptBegan
    /// The terminal was reset (RIS).
    case terminalReset
    /// A title for the window.
    case title(String, offset: Int64)
    /// An event of the agent's hooks.
    case hook(HookEvent)
    /// The dialog that its screen shows after the byte before `offset`; nil when it shows none.
    case screen(Dialog?, offset: Int64)
    /// The terminal printed something.
    case printed
    /// The terminal has printed nothing for a while.
    case quiet
}
