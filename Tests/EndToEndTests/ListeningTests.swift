import SessionModel
import Testing

/// What agents tell of themselves on their terminals.
@Suite struct ListeningTests {
    private let osc = #"osc() { printf '\033]7501;%s\033\\' "$1"; }; "#

    @Test func `status tells what the agent says of itself, and events each change`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make(
                "one",
                shell: osc + """
                    osc state=idle; read x; osc state=working:progress=40; read x
                    osc state=blocked:kind=permission:msg=YXBwcm92ZSBCYXNoOiBscw==; read x; osc state=done; read x
                    """)
            try box.wait("one", "idle")
            #expect(try box.status("one")?.activitySource == "protocol")
            try box.ok("send", "one", "a")
            try box.wait("one", "working")
            try box.ok("send", "one", "b")
            try box.wait("one", "blocked")
            let question = try #require(try box.status("one")?.question)
            #expect(question.kind == "permission" && question.text == "approve Bash: ls" && question.id != "")
            #expect(try box.ok("ls").contains("approve Bash: ls"))
            try box.ok("send", "one", "c")
            try box.wait("one", "done")
            #expect(try box.status("one")?.question == nil)
            let types = try box.events().filter { $0.session?.text == "one" }.map(\.type)
            #expect(types.filter { $0 == .activityChanged }.count == 4)
            #expect(types.filter { $0 == .blocked }.count == 1)
            #expect(types.filter { $0 == .turnDone }.count == 1)
        }
    }

    @Test func `what is told while no supervisor runs is heard by the next, and a question keeps its name`()
        throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make(
                "one",
                shell: osc + """
                    osc state=blocked:kind=question; echo asked; until [ -e go ]; do :; done
                    osc state=working; osc state=done; echo over; read x
                    """)
            try box.wait("one", "blocked")
            let asked = try #require(try box.status("one")?.question)
            try box.killSupervisor()
            try box.ok("up", "--detach")
            try box.wait("one", "blocked")
            #expect(try box.status("one")?.question == asked)
            try box.killSupervisor()
            try write("", to: box.worktree("one") + "/go")
            try box.untilPrinted("over", "one")
            try box.ok("up", "--detach")
            try box.wait("one", "done")
            #expect(try box.events().filter { $0.type == .turnDone }.count == 1)
        }
    }

    @Test func `each prompt is typed when the turn before is over, and none into a question`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make(
                "one",
                shell: osc + """
                    osc state=blocked:kind=auth; read x; echo "first:$x"; osc state=idle
                    while read -r x; do osc state=working; echo "got:$x"; read -r -t 1 y; echo "early:$y"; osc state=done; done
                    """, #""prompts": ["alpha", "beta"]"#)
            try box.wait("one", "blocked")
            // Longer than a program that tells nothing would be waited for.
            try box.pause(ms: 2_500)
            #expect(!box.log("one").contains("alpha"))
            try box.ok("send", "one", "yes")
            try box.until("both prompts") { box.log("one").contains("got:beta") ? true : nil }
            #expect(box.log("one").ranges(of: "got:").count == 2)
            let (first, second) = (
                box.log("one").firstRange(of: "got:alpha"), box.log("one").firstRange(of: "got:beta")
            )
            #expect(try #require(first).lowerBound < (try #require(second).lowerBound))
            #expect(!box.log("one").contains("early:beta"))
        }
    }

    @Test func `no prompt is typed into a question that only the screen tells of`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make(
                "one",
                shell: """
                    printf 'Overwrite? [y/N] '; read -r x; echo "first:$x"
                    read -r x; echo "got:$x"; printf 'Go on? [y/N] '; read -r x; echo "second:$x"
                    read -r x; echo "got:$x"; read -r x
                    """, #""prompts": ["alpha", "beta"]"#)
            for (number, text) in [("first", "alpha"), ("second", "beta")] {
                try box.until("the question before \(text)") { try box.status("one")?.question }
                #expect(!box.log("one").contains(text))
                try box.ok("answer", "one", "no")
                try box.until("the prompt") { box.log("one").contains("got:\(text)") ? true : nil }
                #expect(box.log("one").contains("\(number):n\r\n"))
            }
        }
    }

    @Test func `an agent that starts anew is not what the one before was`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make(
                "one", shell: osc + "[ -e again ] || osc state=blocked:kind=auth; read x; touch again")
            try box.wait("one", "blocked")
            try box.ok("send", "one", "go")
            try box.wait("one", "exited")
            #expect(try box.status("one")?.activity == .unknown)
            #expect(try box.status("one")?.question == nil)
            try box.ok("resume", "one")
            #expect(try box.status("one")?.question == nil)
            #expect(try box.status("one")?.activity != .blocked)
        }
    }

    @Test func `an agent that says another thing a thousand times a second fills no event log`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make(
                "one",
                shell: osc + """
                    for i in {1..3000}; do osc state=working; osc state=idle; done; osc state=done; echo over; read x
                    """)
            try box.untilPrinted("over", "one")
            try box.wait("one", "done")
            let told = try box.events().filter { $0.type == .activityChanged }
            #expect(told.count < 600)
            try box.until("the last change") {
                try box.events().last { $0.type == .activityChanged }?.data["activity"] == .string("done")
                    ? true : nil
            }
        }
    }
}
