import Agents
import SessionModel
import Testing

@Suite struct PermissionCallTests {
    private func call(_ json: String) throws -> PermissionCall {
        let event = try #require(
            HookEvent(json: Array("{\"hook_event_name\":\"PermissionRequest\",\(json)}".utf8)))
        return try #require(PermissionCall(event))
    }

    private let bash = #""tool_name":"Bash","tool_input":{"command":"touch a","description":"d"}"#
    private let question = #"""
        "tool_name":"AskUserQuestion","tool_input":{"questions":[{"question":"What colour?","header":"h",
        "options":[{"label":"Red","description":"r"},{"label":"Blue"}],"multiSelect":false}]}
        """#

    @Test func `a call says what it asks and what can be chosen`() throws {
        let bash = try call(bash)
        #expect(
            bash.kind == "permission" && bash.text == "approve Bash: touch a"
                && bash.choices == ["yes", "no"])
        let question = try call(question)
        #expect(question.kind == "question" && question.text == "What colour?")
        #expect(question.choices == ["Red", "Blue"])
        #expect(try call(#""tool_name":"Odd""#).text == "approve Odd")
    }

    @Test func `yes allows, no denies with a reason, a choice is given by number or words`() throws {
        let head = #"{"hookSpecificOutput":{"decision":{"#
        let tail = #","hookEventName":"PermissionRequest"}}"#
        #expect(try call(bash).decision(.yes) == head + #""behavior":"allow"}"# + tail)
        #expect(
            try call(bash).decision(.no(reason: "why")) == head + #""behavior":"deny","message":"why"}"#
                + tail)
        for answer in ["2", "Blue"] {
            let decision = try call(question).decision(PermissionCall.Answer(answer))
            #expect(decision.contains(#""answers":{"What colour?":"Blue"}"#))
            #expect(decision.contains(#""behavior":"allow""#))
        }
        #expect(try call(question).decision(.text("Green")).contains(#"{"What colour?":"Green"}"#))
    }

    @Test func `several choices are given by a list, or by commas, and none that isn't one`() throws {
        let many = try call(question.replacing("false", with: "true").replacing("Red", with: "Red, dark"))
        for answer in ["Blue", "2", "blue"] {
            #expect(try many.decision(.init(answer)).contains(#"{"What colour?":"Blue"}"#))
        }
        #expect(try many.decision(.init("Red, dark")).contains(#"{"What colour?":"Red, dark"}"#))
        for answer in ["2, 1", #"["Blue", "Red, dark"]"#, #"["blue","1","2"]"#] {
            #expect(
                try many.decision(.init(answer)).contains(#"{"What colour?":"Blue, Red, dark"}"#), "\(answer)"
            )
        }
        // A text that names no choice is one of the person's own, however many commas it has.
        #expect(try many.decision(.init("None, please")).contains(#"{"What colour?":"None, please"}"#))
        for answer in ["Blue, Gren", "[]", #"["Green"]"#, #"["Blue","Green"]"#] {
            #expect(throws: PermissionCall.Misfit.self, "\(answer)") { try many.decision(.init(answer)) }
        }
        #expect(try call(question).decision(.init(#"["Blue"]"#)).contains(#"{"What colour?":"Blue"}"#))
        #expect(try call(question).decision(.init("Red, Blue")).contains(#"{"What colour?":"Red, Blue"}"#))
        for call in [try call(question), try call(bash)] {
            #expect(throws: PermissionCall.Misfit.self) { try call.decision(.init(#"["Red","Blue"]"#)) }
        }
    }

    @Test func `a plan is approved with its input, into asking before each edit, or sent back with words`()
        throws
    {
        let plan = try call(#""tool_name":"ExitPlanMode","tool_input":{"plan":"\nDo it.\n\n"}"#)
        #expect(
            plan.kind == "plan" && plan.text == "approve the plan: Do it." && plan.choices == ["yes", "no"])
        let yes = try plan.decision(.yes)
        #expect(yes.contains(#""updatedInput":{"plan":"\nDo it.\n\n"}"#))
        #expect(yes.contains(#"{"destination":"session","mode":"default","type":"setMode"}"#))
        #expect(try plan.decision(.text("More.")).contains(#""behavior":"deny","message":"More.""#))
    }

    @Test func `an answer that doesn't fit is refused`() throws {
        #expect(throws: PermissionCall.Misfit.self) { try call(bash).decision(.text("maybe")) }
        #expect(throws: PermissionCall.Misfit.self) { try call(question).decision(.yes) }
    }

    @Test func `what is no event is none`() {
        for text in ["", "{", "[]", "{}", #"{"hook_event_name":"Other"}"#, #"{"hook_event_name":5}"#] {
            #expect(HookEvent(json: Array(text.utf8)) == nil)
        }
    }
}
