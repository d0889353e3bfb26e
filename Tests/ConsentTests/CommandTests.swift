import Testing

@testable import Consent

@Suite struct CommandTests {
    @Test("what is harmless is allowed", arguments: 0..<5)
    func harmless(_ table: Int) {
        let tables = [
            HarmlessCommands.looking, HarmlessCommands.searching, HarmlessCommands.git,
            HarmlessCommands.building,
            HarmlessCommands.changing,
        ]
        #expect(Fixture.wrong(Fixture.rows(tables[table]), .allow) == [])
    }

    @Test func `harmless commands of several lines are allowed`() {
        #expect(Fixture.wrong(HarmlessCommands.long, .allow) == [])
    }

    @Test func `what destroys, or reaches out of the room, is never allowed`() {
        #expect(Fixture.wrong(Fixture.rows(DangerousCommands.never), .never) == [])
    }

    @Test func `what may harm, or isn't understood, is asked`() {
        #expect(Fixture.wrong(Fixture.rows(DangerousCommands.ask), .ask) == [])
    }

    @Test func `odd characters, several lines and great sizes weaken nothing`() {
        #expect(OddCommands.small.flatMap { Fixture.wrong([$0.0], $0.1) } == [])
        #expect(Fixture.wrong(OddCommands.large, .ask).map { String($0.prefix(300)) } == [])
    }
}
