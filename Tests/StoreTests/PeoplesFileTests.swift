import Glibc
import Linux
import SessionModel
import Store
import Testing

@Suite struct PeoplesFileTests {
    @Test func `a file is read with its digest and time`() throws {
        let scratch = try Scratch()
        let folder = try scratch.publicFolder()
        try write("{}\n", to: scratch.path + "/.claudia/sessions/fix.json")
        let status = try folder.sessions.status("fix.json")
        let expected = FileReading.content(
            Array("{}\n".utf8), digest: ContentDigest.of("{}\n".utf8),
            mtimeNs: try #require(status?.modifiedNs))
        #expect(try folder.readSessionFile(session()) == expected)
        #expect(try folder.readConfigFile() == .missing)
    }

    @Test func `what is no regular file is refused at once`() throws {
        let scratch = try Scratch()
        let folder = try scratch.publicFolder()
        let path = scratch.path + "/.claudia/sessions/"
        try write("{}", to: path + "target")
        symlink("target", path + "link.json")
        mkfifo(path + "fifo.json", 0o600)
        mkdir(path + "folder.json", 0o700)
        try write([UInt8](repeating: 0x20, count: SessionFile.sizeMax + 1), to: path + "large.json")
        for (name, part) in [
            ("link", "symbolic link"), ("fifo", "regular"), ("folder", "folder"), ("large", "larger"),
        ] {
            guard case .refused(let problem) = try folder.readSessionFile(session(name)) else {
                Issue.record("\(name) was not refused")
                continue
            }
            #expect(problem.message.contains(part))
        }
    }

    @Test(
        "a file that isn't whole is being written while somebody has it open to write, and judged after",
        arguments: ["", "{\"state\": \"pau"])
    func beingWritten(_ half: String) throws {
        let scratch = try Scratch()
        let folder = try scratch.publicFolder()
        let path = scratch.path + "/.claudia/sessions/fix.json"
        do {
            let writer = try folder.sessions.open("fix.json", O_WRONLY | O_CREAT)
            try writer.writeAll(Array(half.utf8))
            #expect(try folder.readSessionFile(session()) == .beingWritten)
        }
        let status = try folder.sessions.status("fix.json")
        let modifiedNs = try #require(status?.modifiedNs)
        let reading = try folder.readSessionFile(session())
        #expect(
            reading
                == (half.isEmpty
                    ? .empty(mtimeNs: modifiedNs)
                    : .content(Array(half.utf8), digest: ContentDigest.of(half.utf8), mtimeNs: modifiedNs)))
        #expect(text(of: path) == half)
    }

    @Test func `sessions are listed without what editors leave, and misnamed ones with the reason`() throws {
        let scratch = try Scratch()
        let folder = try scratch.publicFolder()
        let names = [
            "b.json", "a.json", ".a.json.swp", ".#a.json", "4913", "a.json~", "a", "A.json", "x.lock.json",
            "a b.json",
            "e\u{1B}.json", ".json",
        ]
        for name in names { try write("", to: "\(scratch.path)/.claudia/sessions/\(name)") }
        let listing = try folder.listSessions()
        #expect(listing.names.map(\.text) == ["a", "b"])
        #expect(listing.misnamed.map(\.file) == ["A.json", "a b.json", "e\u{1B}.json", "x.lock.json"])
        #expect(listing.misnamed.allSatisfy { $0.problem.contains("is no session: its name ") })
        #expect(listing.misnamed.allSatisfy { !$0.problem.contains("\u{1B}") })
    }

    @Test func `an empty new file is filled in, and only that`() throws {
        let scratch = try Scratch()
        let folder = try scratch.publicFolder()
        let path = scratch.path + "/.claudia/sessions/fix.json"
        #expect(try folder.fillSessionFile(session(), with: "{}") == .notEmpty)
        try write("", to: path)
        let before = try folder.sessions.status("fix.json")
        #expect(try folder.fillSessionFile(session(), with: "{}") == .filled)
        #expect(text(of: path) == "{}")
        let after = try folder.sessions.status("fix.json")
        #expect(before?.inode == after?.inode)
        #expect(try folder.fillSessionFile(session(), with: "[]") == .notEmpty)
        try write("", to: path)
        do {
            let reader = try folder.sessions.open("fix.json", O_RDONLY)
            #expect(try folder.fillSessionFile(session(), with: "{}") == .busy)
            #expect(try reader.status().size == 0)
        }
        #expect(try folder.fillSessionFile(session(), with: "{}") == .filled)
    }

    /// Makes the file, opens it, and writes when told to, again and again.
    private static let writer = """
        while read -r go; do
            : > fix.json
            exec 3> fix.json
            echo opened
            read -r write
            printf '{"state": "paused"}' >&3
            exec 3>&-
            echo written
        done
        """

    @Test(.timeLimit(.minutes(1))) func `a FIFO isn't opened, so that its writer is not let go on`() throws {
        let scratch = try Scratch()
        let folder = try scratch.publicFolder()
        let path = scratch.path + "/.claudia/sessions/fix.json"
        mkfifo(path, 0o600)
        let shell = try Shell(
            "echo waits; echo x > fix.json; echo written", in: scratch.path + "/.claudia/sessions")
        #expect(try shell.line() == "waits")
        for _ in 0..<100 {
            guard case .refused = try folder.readSessionFile(session()) else {
                throw Failure(what: "not refused")
            }
            Poller.rest(ms: 2)
        }
        let reader = try folder.sessions.open("fix.json", O_RDONLY | O_NONBLOCK)
        #expect(try shell.line() == "written")
        #expect(try reader.readToEnd(most: 9) == Array("x\n".utf8))
    }

    @Test(.timeLimit(.minutes(1))) func `in 500 races with a writer nothing it wrote is lost`() throws {
        let scratch = try Scratch()
        let folder = try scratch.publicFolder()
        let path = scratch.path + "/.claudia/sessions"
        let shell = try Shell(PeoplesFileTests.writer, in: path)
        var dice = Dice(seed: 5)
        var seen: [FillOutcome: Int] = [:]
        for _ in 0..<500 {
            try folder.sessions.remove("fix.json")
            try shell.say("go")
            for _ in 0..<Int.random(in: 0...200, using: &dice) {
                seen[try folder.fillSessionFile(session(), with: "{}"), default: 0] += 1
            }
            #expect(try shell.line() == "opened")
            for _ in 0..<Int.random(in: 0...3, using: &dice) {
                seen[try folder.fillSessionFile(session(), with: "{}"), default: 0] += 1
            }
            try shell.say("write")
            for _ in 0..<Int.random(in: 0...20, using: &dice) {
                seen[try folder.fillSessionFile(session(), with: "{}"), default: 0] += 1
            }
            #expect(try shell.line() == "written")
            try #require(text(of: path + "/fix.json") == "{\"state\": \"paused\"}")
        }
        #expect(seen[.busy, default: 0] > 0)
        #expect(seen[.notPossible] == nil)
    }

    @Test func `a session file is made once, replaced when unchanged, touched and removed`() throws {
        let scratch = try Scratch()
        let folder = try scratch.publicFolder()
        let path = scratch.path + "/.claudia/sessions/fix.json"
        #expect(try folder.touchSessionFile(session()) == false)
        #expect(try folder.createSessionFile(session(), Array("1".utf8)))
        #expect(try folder.createSessionFile(session(), Array("2".utf8)) == false)
        #expect(text(of: path) == "1")
        #expect(try folder.replaceSessionFile(session(), Array("x".utf8), with: Array("3".utf8)) == false)
        #expect(try folder.replaceSessionFile(session(), Array("1".utf8), with: Array("3".utf8)))
        #expect(text(of: path) == "3")
        var old = [timespec(tv_sec: 5, tv_nsec: 0), timespec(tv_sec: 5, tv_nsec: 0)]
        utimensat(AT_FDCWD, path, &old, 0)
        #expect(try folder.touchSessionFile(session()))
        let touched = try folder.sessions.status("fix.json")
        #expect(touched.map { $0.modifiedNs > 5_000_000_000 } == true)
        #expect(try folder.removeSessionFile(session()))
        #expect(try folder.removeSessionFile(session()) == false)
        #expect(try folder.sessions.names().isEmpty)
    }
}
