import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `Errors in people's files` {
    /// A wrong file, where it is wrong, and the words that help.
    private static let wrong: [(text: String, line: Int?, column: Int?, key: String?, words: String)] = [
        ("{\n  \"state\": \"runing\"\n}", 2, 12, "state", "Did you mean \"running\"?"),
        ("{\n  // hm\n  \"sate\": \"running\"\n}", 3, 3, "sate", "Did you mean \"state\"?"),
        ("{\"restart\": \"on_failure\"}", 1, 13, "restart", "Did you mean \"on-failure\"?"),
        ("{\"claudeArgs\": []}", 1, 2, "claudeArgs", "Did you mean \"claude_args\"?"),
        ("{\n\n\"auto_yes\": ture}", 3, 13, "auto_yes", "Did you mean \"true\"?"),
        ("{\"prompts\": [\"a\", 2]}", 1, 19, "prompts[1]", "must be a text"),
        ("{\"state\": \"paused\"\n \"base\": \"x\"}", 2, 2, nil, "','"),
        ("{\"state\": paused}", 1, 11, "state", "stands in quotes"),
        ("{\"state\": \"paused\"", 1, 19, nil, "missing that closes"),
        ("{\"base\": \"a\", \"base\": \"b\"}", 1, 15, "base", "comes twice"),
    ]

    /// What of a problem its place is, in words.
    private static func place(_ row: (text: String, line: Int?, column: Int?, key: String?, words: String))
        -> String
    {
        "line \(row.line ?? 0), column \(row.column ?? 0)" + (row.key.map { ", key '\($0)'" } ?? "")
    }

    /// Looks for the error in everything that tells of it.
    private func isTold(
        _ row: (text: String, line: Int?, column: Int?, key: String?, words: String), of name: String,
        _ box: Sandbox
    ) throws {
        let error = try box.until("status.json tells of \(row.text)") { () -> FileProblem? in
            guard let error = try box.status(name)?.error, error.message.contains(row.words) else {
                return nil
            }
            return error
        }
        #expect(error.line == row.line && error.column == row.column && error.key == row.key, "\(error)")
        let event = try #require(
            try box.events().last { $0.type == .error && $0.session?.text == name }, "\(row.text)")
        var data: [String: JSONValue] = ["message": .string(error.message), "file": .string("\(name).json")]
        data["line"] = row.line.map { .integer($0) }
        data["column"] = row.column.map { .integer($0) }
        data["key"] = row.key.map { .string($0) }
        #expect(event.data == data)
        let place = Self.place(row)
        #expect(try box.ok("ls", name).contains(place), "\(row.text)")
        let status = try box.ok("status", name)
        #expect(status.contains(place) && status.contains(error.message), "\(status)")
        let doctor = try box.claudia("doctor")
        #expect(doctor.code == 1 && doctor.out.contains("session \(name): \(place)"), "\(doctor.told)")
    }

    @Test
    func `they reach everybody who asks, for a session that runs and for a file that never was one, and go`()
        throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("good", shell: Agents.echoing)
            try box.wait("good", "running")
            let good = try #require(text(of: box.file("good")))
            let agent = try box.status("good")?.agentPID
            for (index, row) in Self.wrong.enumerated() {
                try write(row.text, to: box.file("good"))
                try isTold(row, of: "good", box)
                try write(good, to: box.file("good"))
                try box.until("the error is gone") { try box.status("good")?.error == nil ? true : nil }
                // An unknown key is left aside and the rest in force, so that one would start its agent.
                if index == 1 || index == 3 { continue }
                try write(row.text, to: box.file("s\(index)"))
                try isTold(row, of: "s\(index)", box)
                #expect(try box.status("s\(index)")?.spec == nil)
                try write("{\"state\": \"parked\"}\n", to: box.file("s\(index)"))
                try box.until("it is right") {
                    try box.status("s\(index)")?.spec?.state == .parked ? true : nil
                }
                #expect(try box.status("s\(index)")?.error == nil)
            }
            #expect(try box.status("good")?.agentPID == agent)
            #expect(!(try box.ok("ls").contains("line ")))
            #expect(!(try box.claudia("doctor").out.contains(".json")))
            #expect(names(in: "\(box.root)/.claudia/worktrees") == ["good"])
        }
    }

    @Test func `a wrong file that is removed before it was ever right leaves nothing`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try write("{\"state\": \"runing\"}", to: box.file("fix"))
            try box.until("an error") { try box.status("fix")?.error }
            try box.sh("rm .claudia/sessions/fix.json")
            try box.untilRemoved("fix")
            #expect(try box.ok("ls", "--json") == "[]\n")
        }
    }
}
