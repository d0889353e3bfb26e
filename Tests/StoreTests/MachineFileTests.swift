import Linux
import SessionModel
import Store
import Testing

@Suite struct MachineFileTests {
    @Test func `a status is written with every key and read back`() throws {
        let scratch = try Scratch()
        let folder = try scratch.publicFolder()
        var status = SessionStatus(
            name: try session(), id: "0-1", phase: .running, at: Timestamp(ms: 5), generation: 2)
        // Where the folder isn't, none is made.
        try folder.writeStatus(status)
        #expect(try folder.readStatus(session()) == nil)
        _ = try folder.makeSession(session())
        try folder.writeStatus(status)
        #expect(try folder.readStatus(session()) == status)
        let written = try #require(text(of: scratch.path + "/.claudia/sessions/fix/status.json"))
        for key in SessionStatus.CodingKeys.allCases { #expect(written.contains("\"\(key.rawValue)\"")) }
        #expect(written.contains("\"exit\" : null"))
        #expect(written.hasSuffix("}\n"))
        status.spec = SessionSpec()
        status.worktree = "/a/b"
        status.exit = ExitStatus(code: nil, signal: "SIGTERM", at: Timestamp(ms: 7))
        status.error = FileProblem(message: "m", line: 1)
        try folder.writeStatus(status)
        #expect(try folder.readStatus(session()) == status)
        let full = try #require(text(of: scratch.path + "/.claudia/sessions/fix/status.json"))
        #expect(full.contains("\"worktree\" : \"/a/b\""))
        #expect(full.contains("\"code\" : null") && full.contains("\"column\" : null"))
        #expect(full.contains("\"working_directory\" : null"))
        #expect(try folder.sessions.folder("fix").names() == ["status.json"])
    }

    @Test func `the same state is the same bytes`() throws {
        let value = ["b": 1, "a": 2, "c": 3, "d": 4, "e": 5]
        #expect(
            String(decoding: try MachineFile.line(value), as: UTF8.self)
                == "{\"a\":2,\"b\":1,\"c\":3,\"d\":4,\"e\":5}\n")
    }

    @Test func `a damaged file is told with its name and place`() throws {
        let scratch = try Scratch()
        let folder = try scratch.privateFolder()
        _ = try folder.makeSession(session())
        #expect(try folder.readExit(session()) == nil)
        let path = scratch.path + "/git/claudia/sessions/fix/exit.json"
        try write("{\"at\":\"2026-11-22T18:15:44.123Z\",\"code\":3,\"signal\":null}\n", to: path)
        #expect(try folder.readExit(session())?.code == 3)
        try write("{\"at\":\"never\",\"code\":3}\n", to: path)
        let error = #expect(throws: StoreError.self) { try folder.readExit(session()) }
        guard case .damaged("exit.json", let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.hasPrefix("at: "))
    }

    @Test func `a trash entry comes back as it was`() throws {
        let scratch = try Scratch()
        let folder = try scratch.folder()
        var entry = TrashEntry(name: try session(), id: "x", at: Timestamp(ms: 1), sessionFile: "{\n}\n")
        entry.branch = "claudia-session/fix"
        entry.adminName = "fix"
        try MachineFile.write(entry, to: FileNames.trashRecord, in: folder)
        #expect(try MachineFile.read(TrashEntry.self, from: FileNames.trashRecord, in: folder) == entry)
        #expect(FileNames.trashEntries(entry.name, at: entry.at).first == "fix-19700101T000000Z")
    }
}

@Suite struct LogFileTests {
    @Test func `the log keeps its newest lines in parts`() throws {
        let scratch = try Scratch()
        let folder = try scratch.folder()
        do {
            var log = try LogFile(in: folder, partBytesMax: 100, keep: 2)
            for number in 0..<50 { try log.append(Array("line \(number)\n".utf8)) }
        }
        var log = try LogFile(in: folder, partBytesMax: 100, keep: 2)
        try log.append(Array("line 50\n".utf8))
        let names = try folder.names().filter { $0 != "git" }.sorted()
        #expect(names == ["supervisor.log", "supervisor.log.1", "supervisor.log.2"])
        let all = names.reversed().compactMap { text(of: "\(scratch.path)/\($0)") }
        #expect(all.allSatisfy { $0.utf8.count <= 100 })
        let numbers = all.joined().split(separator: "\n").compactMap { Int($0.dropFirst(5)) }
        #expect(numbers == Array((numbers.first ?? 0)...50))
        #expect(numbers.count >= 25)
    }
}
