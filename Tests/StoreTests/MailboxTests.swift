import Glibc
import Linux
import SessionModel
import Store
import Testing

@Suite struct MailboxTests {
    @Test(
        "a text is a line as it is, or a JSON string where it would be read as something else",
        arguments: [
            ("go on", "go on"), (" x ", " x "), ("é😀", "é😀"), ("a\nb", "\"a\\nb\""), ("", "\"\""),
            ("\"q\"", "\"\\\"q\\\"\""),
            ("{\"keys\": []}", "\"{\\\"keys\\\": []}\""), ("a\tb", "\"a\\tb\""),
            ("\u{1B}[A", "\"\\u001b[A\""),
        ])
    func typing(_ text: String, _ line: String) {
        #expect(String(decoding: Mailbox.line(typing: text), as: UTF8.self) == line + "\n")
    }

    @Test func `keys are a line of their own form`() {
        #expect(
            String(decoding: Mailbox.line(pressing: ["Escape", "C-c", "\""]), as: UTF8.self)
                == "{\"keys\": [\"Escape\", \"C-c\", \"\\\"\"]}\n")
    }

    @Test func `lines are appended, and the receipt tells where they end`() throws {
        let scratch = try Scratch()
        let folder = try scratch.folder()
        let first = try Mailbox.append(Mailbox.line(typing: "one"), to: folder)
        let second = try Mailbox.append(Mailbox.line(typing: "two"), to: folder)
        #expect([first.end, second.end] == [4, 8])
        let status = try folder.status("input")
        #expect(status?.inode == first.inode && first.inode == second.inode)
        #expect(status?.permissions == 0o600)
        #expect(text(of: scratch.path + "/input") == "one\ntwo\n")
    }

    @Test func `a line that somebody left without an end is not joined`() throws {
        let scratch = try Scratch()
        try write("mine", to: scratch.path + "/input")
        #expect(try Mailbox.append(Mailbox.line(typing: "x"), to: scratch.folder()).end == 7)
        #expect(text(of: scratch.path + "/input") == "mine\nx\n")
    }

    @Test(.timeLimit(.minutes(1))) func `a FIFO or a link in its place is refused at once`() throws {
        let scratch = try Scratch()
        mkfifo(scratch.path + "/input", 0o600)
        let fifo = #expect(throws: StoreError.self) { try Mailbox.append([0x0A], to: scratch.folder()) }
        #expect(fifo == .refused("input", "is no regular file"))
        unlink(scratch.path + "/input")
        symlink("other", scratch.path + "/input")
        let link = #expect(throws: StoreError.self) { try Mailbox.append([0x0A], to: scratch.folder()) }
        #expect(link == .refused("input", "is a symbolic link"))
        #expect(try scratch.folder().status("other") == nil)
    }

    @Test func `many writers at once join no lines`() throws {
        let scratch = try Scratch()
        let script =
            "while read -r go; do for i in 1 2 3 4 5 6 7 8 9; do echo shell >> input; done; echo done; done"
        let shell = try Shell(script, in: scratch.path)
        for _ in 0..<20 {
            try shell.say("go")
            for _ in 0..<10 { _ = try Mailbox.append(Mailbox.line(typing: "swift"), to: scratch.folder()) }
            #expect(try shell.line() == "done")
        }
        let lines = try #require(text(of: scratch.path + "/input")).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count { $0 == "shell" } == 180)
        #expect(lines.count { $0 == "swift" } == 200)
        #expect(lines.count == 381)
    }
}
