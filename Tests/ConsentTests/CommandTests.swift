import Testing

@testable import Consent

@Suite struct CommandTests {
    @Test("what is harmless is allowed", arguments: HarmlessCommands.tables.indices)
    func harmless(_ index: Int) {
        #expect(Fixture.wrong(Fixture.rows(HarmlessCommands.tables[index]), .allow) == [])
    }

    @Test func `harmless commands of several lines are allowed`() {
        #expect(Fixture.wrong(HarmlessCommands.long, .allow) == [])
    }

    @Test func `what destroys, or reaches out of the room, is never allowed`() {
        #expect(Fixture.wrong(Fixture.rows(NeverCommands.rows), .never) == [])
    }

    @Test func `what may harm, or isn't understood, is asked`() {
        #expect(Fixture.wrong(Fixture.rows(AskedCommands.rows), .ask) == [])
    }

    @Test func `what tries to get past is not allowed`() {
        let allowed = Fixture.rows(EvasiveCommands.rows).filter { Fixture.verdict($0) == .allow }
        #expect(allowed == [])
    }

    @Test func `the tables are large enough`() {
        let harmless = HarmlessCommands.tables.flatMap(Fixture.rows)
        let dangerous = [NeverCommands.rows, AskedCommands.rows, EvasiveCommands.rows].flatMap(Fixture.rows)
        #expect(harmless.count > 400)
        #expect(Set(dangerous).count > 900)
    }

    @Test func `no program is known twice`() {
        let names =
            ProgramTable.families.flatMap { $0.flatMap(\.names) } + ProgramTable.refusals.keys
            + Wrappers.table.keys
        let twice = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
        #expect(twice == [])
    }

    @Test func `odd characters, several lines and great sizes weaken nothing`() {
        #expect(OddCommands.small.flatMap { Fixture.wrong([$0.0], $0.1) } == [])
        #expect(Fixture.wrong(OddCommands.large, .ask).map { String($0.prefix(300)) } == [])
    }
}
