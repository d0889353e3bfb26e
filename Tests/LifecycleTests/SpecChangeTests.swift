import Lifecycle
import SessionModel
import Testing

@Suite struct SpecChangeTests {
    @Test func `before the worktree is made everything may change`() {
        var new = SessionSpec()
        new.base = "main"
        new.branch = "topic"
        let outcome = SpecChange.apply(new, over: SessionSpec(), worktreeMade: false)
        #expect(outcome.spec == new)
        #expect(outcome.problem == nil)
    }

    @Test func `branch and base are refused once the worktree is made, and the rest applies`() {
        var new = SessionSpec()
        new.base = "main"
        new.branch = "topic"
        new.state = .paused
        let outcome = SpecChange.apply(new, over: SessionSpec(), worktreeMade: true)
        #expect(outcome.spec.base == "HEAD")
        #expect(outcome.spec.branch == nil)
        #expect(outcome.spec.state == .paused)
        #expect(outcome.problem?.key == "base")
        #expect(outcome.problem?.message.contains("base, branch") == true)
    }

    @Test func `a new agent waits for the next start`() {
        var new = SessionSpec()
        new.agent = ["codex"]
        new.agentKind = .codex
        new.environmentVars = ["A": "b"]
        new.prompts = ["x"]
        #expect(
            SpecChange.waiting(new, started: SessionSpec()) == ["agent", "agent_kind", "environment_vars"])
    }
}
