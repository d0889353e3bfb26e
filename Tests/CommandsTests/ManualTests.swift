import Testing

@testable import Commands

@Suite struct `The manual page` {
    @Test func `holds every verb, and nothing that a page can't show`() throws {
        let scratch = try Scratch(repository: false)
        let page = try scratch.claudia("manual")
        #expect(page.code == 0)
        for verb in Claudia.verbs where !["hook", "manual"].contains(verb) {
            let heading = ".SS \"\(verb.replacing("-", with: "\\-"))"
            #expect(page.out.contains(heading), "\(verb)")
        }
        #expect(!page.out.contains(".SS \"hook"))
        try scratch.write(page.out, to: "claudia.1")
        let shown = try Program.execute(
            ["man", "--warnings", "-E", "UTF-8", "-l", "claudia.1"], in: scratch.path)
        #expect(shown.code == 0 && shown.error == "", "\(shown.error)")
    }

    @Test func `escapes what would be a request`() {
        let program = ManualPage.Command(
            commandName: "x", abstract: "a\\b", discussion: ".SH \"no\"\n'quoted' -o", shouldDisplay: nil,
            subcommands: nil, arguments: nil)
        let lines = ManualPage(program).text.split(separator: "\n")
        #expect(lines.contains("x \\- a\\eb"))
        #expect(lines.contains("\\&.SH \\(dqno\\(dq"))
        #expect(lines.contains("\\(aqquoted\\(aq \\-o"))
    }
}
