import Testing

@testable import Commands

@Suite struct `The repository that a folder is in` {
    @Test func `is found by its files as libgit2 finds it`() throws {
        let scratch = try Scratch()
        try scratch.git("worktree", "add", "-q", "linked")
        try scratch.git("clone", "-q", "--bare", ".", "bare.git")
        try scratch.git("-C", "bare.git", "worktree", "add", "-q", "../of-bare")
        try scratch.write("", to: "sub/folder/file")
        try scratch.write("", to: "linked/sub/file")
        for folder in [
            "", "/sub/folder", "/linked", "/linked/sub", "/bare.git", "/of-bare", "/.git", "/bare.git/refs",
        ] {
            let path = scratch.path + folder
            let found = try #require(Place.byFiles(from: path), "\(folder)")
            let expected = try Place.discover(from: path)
            #expect(found.root == expected.root, "\(folder)")
            #expect(found.commonDirectory == expected.commonDirectory, "\(folder)")
            #expect(found.isBare == expected.isBare, "\(folder)")
        }
        #expect(Place.byFiles(from: "/proc") == nil)
        // A link in the place of '.git' is no usual layout.
        try scratch.git("init", "-q", "odd")
        _ = try Program.execute(
            ["sh", "-c", "mv odd/.git elsewhere; ln -s ../elsewhere odd/.git"], in: scratch.path)
        #expect(Place.byFiles(from: "\(scratch.path)/odd")?.root != "\(scratch.path)/odd")
    }
}

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
