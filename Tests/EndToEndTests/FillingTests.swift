import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `Filling in, and edits by verbs` {
    /// What a person's editor does with a file that was just touched.
    private enum Editor: CaseIterable { case inPlace, reopening, renaming }

    /// Opens the file, waits, writes; false when what it opened was changed under it.
    private func edit(_ path: String, _ text: String, with editor: Editor, _ box: Sandbox) throws -> Bool {
        func wait() throws { try box.pause(us: Int64.random(in: 0...20_000)) }
        let number = open(path, O_RDWR | O_CLOEXEC)
        let file = Descriptor(adopting: try #require(number >= 0 ? number : nil))
        let before = try file.read(at: 0, most: 9_999)
        try wait()
        let isSame = try file.read(at: 0, most: 9_999) == before
        switch editor {
        case .inPlace:
            try file.truncate(to: 0)
            try wait()
            try file.write(Array(text.utf8), at: 0)
            return isSame
        case .reopening:
            _ = consume file
            try wait()
            try write(text, to: path)
        case .renaming:
            _ = consume file
            try wait()
            try write(text, to: "\(path).tmp")
            try check(rename("\(path).tmp", path), "rename")
        }
        return isSame
    }

    @Test func `no race of touch with an editor loses what the editor wrote`() throws {
        // A repository for each forty, so that all are new files and none waits for a removal.
        for _ in 1...Scale.factor { try Sandbox.with(raceForty) }
    }

    private func raceForty(_ box: Sandbox) throws {
        try box.ok("up", "--detach")
        // The first takes the only slot, so that what is filled in starts nothing.
        try write(
            "{\"multi_session\": {\"max_concurrent_sessions\": 1}}\n",
            to: "\(box.root)/.claudia/config.json")
        try box.make("first", shell: Agents.echoing)
        try box.wait("first", "running")
        for round in 1...40 {
            let (name, editor) = ("race\(round)", Editor.allCases[round % 3])
            let text = "{\"state\": \"parked\", \"base\": \"mine\"}\n"
            try write("", to: box.file(name))
            // Half of them are opened at once, before anybody can have looked.
            if round.isMultiple(of: 2) { try box.pause(us: Int64.random(in: 0...3_000)) }
            #expect(try edit(box.file(name), text, with: editor, box), "\(editor), \(name)")
            try box.until("\(name) is understood") {
                try box.status(name)?.spec?.base == "mine" ? true : nil
            }
            #expect(EndToEndTests.text(of: box.file(name)) == text, "\(editor), \(name)")
        }
    }

    @Test(arguments: ["{\"state\": \"parked\"}\n", "{\"state\": \"parkd\"}\n"])
    func `a file that is emptied for a moment is not filled in`(_ text: String) throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try write(text, to: box.file("fix"))
            try box.until("it is known") { try box.status("fix") }
            try box.sh(": > .claudia/sessions/fix.json")
            let problem = try box.until("it is seen") {
                try box.status("fix")?.error.flatMap { $0.message.contains("is empty") ? $0 : nil }
            }
            #expect(problem.message.contains("goes on") == !text.contains("parkd"))
            try box.pause(ms: 300)
            #expect(EndToEndTests.text(of: box.file("fix")) == "")
            try box.sh("echo '{' >> .claudia/sessions/fix.json; echo '}' >> .claudia/sessions/fix.json")
            try box.wait("fix", "running")
            #expect(try box.status("fix")?.error == nil)
            #expect(EndToEndTests.text(of: box.file("fix")) == "{\n}\n")
        }
    }

    @Test func `migrate keeps wishes and the old file, and starts nothing`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let old = """
                { // mine
                  'agent': ['sh', '-c', 'echo started $A >> $HOME/starts'],
                  "environment_vars": [["A", "1"]], odd: 0 }

                """
            try write(old, to: box.file("old"))
            try write("{\"version\": 7, \"state\": \"parked\"}\n", to: box.file("newer"))
            try write("{\"version\": 1, \"state\": \"parked\"}\n", to: box.file("new"))
            try box.wait("old", "exited")
            #expect(
                try box.claudia("migrate", "--all").told
                    == Told(
                        code: 1,
                        err: """
                            new: is in the newest form already
                            old: migrated; the old file is sessions/old.json.v0
                            claudia: sessions/newer.json: line 1, column 13, key 'version': version is 7, which is newer than \
                            this claudia knows (1); update claudia.

                            """))
            #expect(text(of: box.file("old") + ".v0") == old)
            #expect(
                text(of: box.file("old"))
                    == old.replacing("[[\"A\", \"1\"]]", with: "{\"A\": \"1\"}").replacing(
                        "0 }", with: "0, version: 1 }"))
            let file = try #require(try Folder(at: box.sessions).status("old.json"))
            try box.until("the new file is read") {
                try box.status("old")?.spec?.environmentVars == ["A": "1"] ? true : nil
            }
            #expect(try box.status("old")?.specMtime == file.modifiedNs)
            #expect(try box.status("old")?.error?.key == "odd")
            #expect(try box.ok("ls", "--json").matches(of: /"phase"/).count == 3)
            #expect(
                try box.claudia("migrate", "old").told == Told(err: "old: is in the newest form already\n"))
            try box.pause(ms: 300)
            #expect(text(of: "\(box.home)/starts") == "started 1\n")
        }
    }

    @Test func `a newer file than is known is refused by every verb and left as it is`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: Agents.echoing)
            try box.wait("fix", "running")
            let newer = "{\"version\": 2, \"state\": \"hibernating\"}\n"
            try write(newer, to: box.file("fix"))
            let problem = try box.until("it is refused") { try box.status("fix")?.error }
            #expect(problem.key == "version" && problem.message.contains("update claudia"))
            for arguments in [
                ["pause", "fix"], ["kill", "fix"], ["resume", "fix"], ["set", "fix", "state=paused"],
                ["set", "fix", "prompts+=x"], ["set", "fix", "environment_vars.A=1"], ["migrate", "fix"],
            ] {
                let outcome = try box.start([Sandbox.program()] + arguments).ending()
                #expect(
                    outcome.code == 1 && outcome.err.contains("newer than this claudia"), "\(outcome.told)")
            }
            #expect(text(of: box.file("fix")) == newer)
            #expect(try box.status("fix")?.phase == .running)
        }
    }
}
