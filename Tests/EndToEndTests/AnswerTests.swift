import Glibc
import Linux
import SessionModel
import Testing

/// What agents ask through their hooks, and how they are answered.
@Suite struct AnswerTests {
    /// Stands in for Claude Code as far as hooks go: calls the hook of its `--settings` as Claude does.
    private static let claude = #"""
        #!/usr/bin/env python3
        import json, subprocess, sys
        settings = json.loads(sys.argv[sys.argv.index("--settings") + 1])
        def osc(text): print("\033]7501;" + text + "\033\\", end="", flush=True)
        def hook(name, **more):
            command = settings["hooks"][name][0]["hooks"][0]["command"]
            event = dict(more, hook_event_name=name, session_id="0f7f7a0f-0000-4000-8000-000000000001")
            return subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE), event
        def call(name, **more):
            process, event = hook(name, **more)
            return process.communicate(json.dumps(event).encode())[0].decode().strip()
        print("args", sys.argv[1:3], flush=True)
        call("SessionStart")
        for tool, given in (("Bash", {"command": "touch a"}), ("Bash", {"command": "touch b"})):
            osc("state=blocked:kind=permission")
            print("answer", call("PermissionRequest", tool_name=tool, tool_input=given), flush=True)
            osc("state=working")
        process, event = hook("PermissionRequest", tool_name="Bash", tool_input={"command": "touch c"})
        process.stdin.write(json.dumps(event).encode())
        process.stdin.close()
        osc("state=blocked:kind=permission")
        print("by hand", input(), flush=True)
        osc("state=done")
        print("hook said", repr(process.stdout.read().decode()), process.wait(), flush=True)
        input()
        """#

    @Test func `inbox tells what a hook asks, answer settles it, and an answer by hand ends the hook's wait`()
        throws
    {
        try Sandbox.with { box in
            try write(Self.claude, to: "\(box.home)/bin/claude", mode: 0o755)
            try box.ok("up", "--detach")
            try write("{}\n", to: box.file("one"))
            let first = try asked("approve Bash: touch a", box)
            #expect(try box.ok("inbox").contains("approve Bash: touch a"))
            #expect(try box.ok("next").hasPrefix("one\tapprove Bash: touch a\n\t1. yes\n\t2. no\n"))
            try box.ok("answer", "one", "yes")
            try box.untilPrinted(#"answer {"hookSpecificOutput":{"decision":{"behavior":"allow"}"#, "one")
            let second = try asked("approve Bash: touch b", box)
            #expect(second.id != first.id)
            let late = try box.claudia("answer", "one", "yes", "--to", first.id)
            #expect(late.code == 1 && late.err.contains("doesn't ask that any more"))
            // By file, as the command does it.
            let line = #"{"answer": "no", "to": "\#(second.id)"}"#
            try write(line + "\n", to: "\(box.sessions)/one/input")
            try box.untilPrinted(#""behavior":"deny""#, "one")
            _ = try asked("approve Bash: touch c", box)
            try box.ok("send", "one", "me")
            try box.untilPrinted("hook said '' 0", "one")
            #expect(box.log("one").contains("by hand me"))
            #expect(try box.claudia("next").code == 1)
            #expect(try box.claudia("answer", "one", "yes").err.contains("asks nothing"))
            let answered = try box.events().filter { $0.type == .decision }.map { $0.data["answer"] }
            #expect(answered == [.string("yes"), .string("no")])
        }
    }

    @Test func `a hook without a supervisor says nothing, and one whose supervisor dies goes on`() throws {
        try Sandbox.with { box in
            try write(Self.claude, to: "\(box.home)/bin/claude", mode: 0o755)
            try box.ok("up", "--detach")
            try write("{}\n", to: box.file("one"))
            _ = try asked("approve Bash: touch a", box)
            try box.killSupervisor()
            // Both hooks, the one that waits and the next, give up at once.
            try box.until("both") { box.log("one").ranges(of: "answer \r\n").count == 2 ? true : nil }
            let id = try #require(try box.status("one")?.id)
            let run = try box.claudia(
                "hook", "\(box.root)/.git/claudia", id, input: #"{"hook_event_name":"Stop"}"#)
            #expect(run.code == 0 && run.out == "" && run.err == "")
        }
    }

    @Test func `a conversation is begun with the session's id and gone on with once it is kept`() throws {
        try Sandbox.with { box in
            try write(Self.claude, to: "\(box.home)/bin/claude", mode: 0o755)
            try box.ok("up", "--detach")
            try write("{}\n", to: box.file("one"))
            _ = try asked("approve Bash: touch a", box)
            let id = try #require(try box.status("one")?.id)
            #expect(box.log("one").contains("args ['--session-id', '\(id)']"))
            try box.ok("park", "one")
            try box.ok("resume", "one")
            try box.until("a second start") { box.log("one").ranges(of: "args [").count == 2 ? true : nil }
            #expect(!box.log("one").contains("--resume"))
            let project = String(box.worktree("one").map { $0.isLetter || $0.isNumber ? $0 : "-" })
            try box.sh(
                "mkdir -p ~/.claude/projects/\(project) && touch ~/.claude/projects/\(project)/0f7f7a0f-0000-4000-8000-000000000001.jsonl"
            )
            _ = try asked("approve Bash: touch a", box)
            try box.ok("park", "one")
            try box.ok("resume", "one")
            try box.untilPrinted("args ['--resume', '0f7f7a0f-0000-4000-8000-000000000001']", "one")
        }
    }

    @Test func `an answer goes to the call whose words were shown, not to another that is open too`() throws {
        try Sandbox.with { box in
            // Two calls at once, the dangerous one first; then it tells what each was answered.
            let start = try #require(Self.claude.firstRange(of: "print(\"args\"")).lowerBound
            let agent =
                Self.claude[..<start] + #"""
                    open_calls = []
                    for command in ("rm -rf /", "ls"):
                        process, event = hook("PermissionRequest", tool_name="Bash", tool_input={"command": command})
                        process.stdin.write(json.dumps(event).encode())
                        process.stdin.close()
                        open_calls.append(process)
                        input()
                    for process in open_calls: print("said", process.stdout.read().decode() or "nothing", flush=True)
                    input()
                    """#
            try write(String(agent), to: "\(box.home)/bin/claude", mode: 0o755)
            try box.ok("up", "--detach")
            try write("{}\n", to: box.file("one"))
            _ = try asked("approve Bash: rm -rf /", box)
            try box.ok("send", "one", "go on")
            _ = try asked("approve Bash: ls", box)
            try box.ok("answer", "one", "yes")
            try box.ok("send", "one", "go on")
            try box.killSupervisor()
            try box.untilPrinted("said nothing", "one")
            try box.untilPrinted(#""behavior":"allow""#, "one")
            let (first, second) = (
                box.log("one").firstRange(of: "said nothing"), box.log("one").firstRange(of: "allow")
            )
            #expect(try #require(first).lowerBound < (try #require(second).lowerBound))
        }
    }

    @Test func `whoever passes a pipe that stays empty holds nobody up`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("one", shell: "echo ready; read x")
            try box.untilPrinted("ready", "one")
            let id = try #require(try box.status("one")?.id)
            let pipe = try Pipe()
            _ = fcntl(pipe.reading.number, F_SETFL, 0)
            let client = try MessageSocket(
                in: Folder(at: "\(box.root)/.git/claudia"), name: "supervisor.sock")
            _ = try client.send(Array("hook \(id)".utf8), passing: pipe.reading.number)
            try box.ok("pause", "one")
            try box.wait("one", "paused")
            // Open until here, so that its end was no end.
            try pipe.writing.writeAll([0x0A])
        }
    }

    private func asked(_ text: String, _ box: Sandbox) throws -> Question {
        try box.until(text) {
            guard let question = try box.status("one")?.question, question.text == text else { return nil }
            return question
        }
    }
}
