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

    @Test func `what is allowed in a folder that isn't known is allowed in every folder`() {
        let commands = (HarmlessCommands.tables + [AskedCommands.rows, EvasiveCommands.rows]).flatMap(
            Fixture.rows)
        let folders: [String?] = [
            Fixture.worktree, Fixture.worktree + "/.git", "/", "/etc", "/home/me", "/home/me/.ssh",
            "/home/me/repo", "/home/me/repo/.git/hooks", "/home/me/repo/.claudia/worktrees/other",
        ]
        func judge(_ command: String, in folder: String?) -> Verdict {
            var room = Fixture.room
            room.folder = folder
            return Consent(room: room).judge(command: command).verdict
        }
        let allowed = commands.filter { judge($0, in: nil) == .allow }
        #expect(allowed.contains("git --version") && !allowed.contains("git status"))
        let wrong = allowed.flatMap { command in
            folders.filter { judge(command, in: $0) != .allow }.map { "\(command) in \($0 ?? "")" }
        }
        #expect(wrong == [])
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
