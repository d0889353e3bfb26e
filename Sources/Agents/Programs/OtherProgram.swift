internal import SessionModel

/// A program of which nothing is known in advance.
struct OtherProgram: AgentProgram {
    let kind = AgentKind.generic

    func isCalled(_ name: String) -> Bool { false }

    func activity(ofTitle title: String) -> Activity? { nil }
}
