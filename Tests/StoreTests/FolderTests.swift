import Glibc
import Linux
import SessionModel
import Store
import Testing

@Suite struct FolderTests {
    @Test func `the public folder is made whole, for its owner only, and hidden from Git`() throws {
        let scratch = try Scratch()
        let made = try scratch.publicFolder()
        #expect(try made.folder.names().sorted() == [".gitignore", "hooks", "sessions", "trash"])
        #expect(text(of: scratch.path + "/.claudia/.gitignore") == "*\n")
        #expect(try made.root.status(".claudia")?.permissions == 0o700)
        #expect(try made.root.status(".claudia/sessions")?.permissions == 0o700)
        expectWhole(made, true)
    }

    @Test func `making it again changes nothing`() throws {
        let scratch = try Scratch()
        _ = try scratch.publicFolder()
        try write("!x\n", to: scratch.path + "/.claudia/.gitignore")
        try write("{}", to: scratch.path + "/.claudia/sessions/a.json")
        let again = try scratch.publicFolder()
        #expect(text(of: scratch.path + "/.claudia/.gitignore") == "!x\n")
        #expect(try again.listSessions().names == [session("a")])
    }

    @Test func `a wiped folder is noticed and mended`() throws {
        let scratch = try Scratch()
        var made = try scratch.publicFolder()
        #expect(try made.mend() == false)
        Scratch.removeTree(scratch.path + "/.claudia")
        expectWhole(made, false)
        #expect(try made.listSessions().names.isEmpty)
        #expect(try made.mend())
        expectWhole(made, true)
        try write("{}", to: scratch.path + "/.claudia/sessions/a.json")
        #expect(try made.listSessions().names == [session("a")])
        Scratch.removeTree(scratch.path + "/.claudia/sessions")
        expectWhole(made, false)
        #expect(try made.mend())
    }

    @Test func `a folder that isn't there is not made by looking`() throws {
        let scratch = try Scratch()
        let publicFolder = try PublicFolder(existing: scratch.path)
        let isPublicThere = publicFolder != nil
        #expect(!isPublicThere)
        let privateFolder = try PrivateFolder(existing: scratch.path + "/git")
        let isPrivateThere = privateFolder != nil
        #expect(!isPrivateThere)
        #expect(try scratch.folder().names() == ["git"])
    }

    @Test func `a link in the place of a folder is refused`() throws {
        let scratch = try Scratch()
        symlink("/tmp", scratch.path + "/.claudia")
        let error = #expect(throws: StoreError.self) { _ = try scratch.publicFolder() }
        guard case .refused(".claudia", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `session folders are made, opened and listed`() throws {
        let scratch = try Scratch()
        let made = try scratch.privateFolder()
        let absent = try made.session(session("b"))
        let isThere = absent != nil
        #expect(!isThere)
        _ = try made.makeSession(session("b"))
        _ = try made.makeSession(session("a"))
        mkdir(scratch.path + "/git/claudia/sessions/Not A Name", 0o700)
        #expect(try made.sessionNames() == [session("a"), session("b")])
    }

    struct Exclude: Sendable, CustomTestStringConvertible {
        let before: String?
        let after: String
        let outcome: GitExclude.Outcome
        var testDescription: String { before ?? "none" }
    }

    @Test(
        "the line in info/exclude is added once, and all else stays",
        arguments: [
            Exclude(before: nil, after: ".claudia/\n", outcome: .added),
            Exclude(before: "", after: ".claudia/\n", outcome: .added),
            Exclude(before: "# c\n*.o", after: "# c\n*.o\n.claudia/\n", outcome: .added),
            Exclude(before: "a\r\n\n", after: "a\r\n\n.claudia/\n", outcome: .added),
            Exclude(before: "x\n/.claudia/\ny\n", after: "x\n/.claudia/\ny\n", outcome: .present),
            Exclude(before: ".claudia/\r\n", after: ".claudia/\r\n", outcome: .present),
            Exclude(before: "#.claudia/\n", after: "#.claudia/\n.claudia/\n", outcome: .added),
        ])
    func exclude(_ row: Exclude) throws {
        let scratch = try Scratch()
        let file = scratch.path + "/git/info/exclude"
        if let before = row.before {
            mkdir(scratch.path + "/git/info", 0o700)
            try write(before, to: file)
            chmod(file, 0o640)
        }
        let made = try scratch.privateFolder()
        #expect(try GitExclude.add(to: made) == row.outcome)
        #expect(text(of: file) == row.after)
        #expect(try GitExclude.add(to: made) == .present)
        #expect(text(of: file) == row.after)
        #expect(try made.gitFolder.status("info/exclude")?.permissions == (row.before == nil ? 0o644 : 0o640))
        #expect(try scratch.folder("git/info").names() == ["exclude"])
    }

    @Test func `an exclude file that is a link is left alone`() throws {
        let scratch = try Scratch()
        mkdir(scratch.path + "/git/info", 0o700)
        try write("mine\n", to: scratch.path + "/mine")
        symlink(scratch.path + "/mine", scratch.path + "/git/info/exclude")
        guard case .leftAlone = try GitExclude.add(to: scratch.privateFolder()) else {
            Issue.record("the link was not left alone")
            return
        }
        #expect(text(of: scratch.path + "/mine") == "mine\n")
    }
}

/// Expectations take no values that can't be copied.
private func expectWhole(
    _ folder: borrowing PublicFolder, _ expected: Bool, at place: SourceLocation = #_sourceLocation
) {
    let isWhole = folder.isWhole()
    #expect(isWhole == expected, sourceLocation: place)
}
