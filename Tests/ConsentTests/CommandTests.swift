@testable import Consent
import Testing

@Suite struct CommandTests {
    @Test("what is harmless is allowed", arguments: [
        HarmlessCommands.looking, HarmlessCommands.searching, HarmlessCommands.git, HarmlessCommands.building,
        HarmlessCommands.changing,
    ])
    func harmless(_ table: String) {
        #expect(Fixture.wrong(Fixture.rows(table), .allow) == [])
    }

    @Test func `harmless commands of several lines are allowed`() {
        #expect(Fixture.wrong(HarmlessCommands.long, .allow) == [])
    }
}
