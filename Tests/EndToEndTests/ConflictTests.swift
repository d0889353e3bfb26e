import SessionModel
import Testing

/// What would be in conflict is seen while sessions work.
@Suite struct ConflictTests {
    private func told(_ box: Sandbox) throws -> [String] {
        try box.events().filter { $0.type == .conflict }.map { event in
            let words = [event.data["with"], event.data["state"]].map { value in
                if case .string(let text)? = value { text } else { "?" }
            }
            return "\(event.session?.text ?? "") \(words.joined(separator: " "))"
        }
    }

    @Test func `a conflict between sessions is told when it comes and when it goes`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            for name in ["one", "two", "three"] { try box.make(name, shell: KeepingTests.turning) }
            for name in ["one", "two", "three"] { try box.wait(name, "idle") }
            #expect(try box.claudia("conflicts").err.contains("No two sessions"))
            try box.ok("send", "one", "sed -i 1s/one/uno/ file.txt")
            try box.ok("send", "three", "echo three > folder/inner.txt; echo x > new.txt")
            try box.until("kept") {
                try box.events().filter { $0.type == .checkpoint }.count == 2 ? true : nil
            }
            #expect(try told(box) == [])
            try box.ok("send", "two", "sed -i 1s/one/ein/ file.txt; sed -i 1s/^/y/ folder/inner.txt")
            try box.until("both conflicts") { try self.told(box).count == 2 ? true : nil }
            #expect(try told(box).sorted() == ["two one found", "two three found"])
            let status = try #require(try box.status("two")?.conflicts)
            #expect(status.map(\.with) == ["one", "three"] && status.first?.files == ["file.txt"])
            #expect(try box.status("one")?.conflicts?.map(\.with) == ["two"])
            #expect(try box.ok("ls").contains("one, three"))
            #expect(try box.ok("conflicts", "one").contains("file.txt  1      both changed it"))
            let json = try box.ok("conflicts", "--json")
            #expect(json.contains("\"kind\" : \"both_changed\"") && json.contains("\"both_touched\""))
            try box.ok("send", "two", "git checkout file.txt")
            try box.until("one is gone") { try self.told(box).count == 3 ? true : nil }
            #expect(try told(box).last == "two one gone")
            #expect(try box.status("one")?.conflicts == [])
            try box.ok("rm", "three")
            try box.until("three's is gone") { try self.told(box).count == 4 ? true : nil }
            #expect(try told(box).last == "two three gone")
            #expect(try box.status("two")?.conflicts == [])
            // The base goes on, and the next turn sees it.
            try box.sh("sed -i 1s/one/eins/ file.txt && git commit -qam base")
            try box.ok("send", "one", "echo more > more.txt")
            try box.until("the base's conflict") { try self.told(box).count == 5 ? true : nil }
            #expect(try told(box).last == "one main found")
            try box.ok("down")
            #expect(try box.ok("conflicts").contains("main"))
            // Nothing new is told by the next supervisor.
            try box.ok("up", "--detach")
            try box.ok("send", "one", "echo more >> more.txt")
            try box.until("kept") {
                try box.events().filter { $0.type == .checkpoint && $0.session?.text == "one" }.count == 3
                    ? true : nil
            }
            try box.ok("down")
            #expect(try told(box).count == 5)
        }
    }
}
