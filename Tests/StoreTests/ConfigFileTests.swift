import SessionModel
import Store
import Testing

@Suite struct ConfigFileTests {
    @Test func `Claudia's own block can be pasted unchanged`() throws {
        let content = try ConfigFile.parse(
            Array(
                """
                { "multi_session": { "max_concurrent_sessions": 3, "auto_yes_enabled": true,
                    "default_branch_prefix": "ai", "auto_yes_poll_interval_seconds": 5 },
                  "agent": ["sh"], "worktrees": {"root": "../wt", "setup": [["npm", "ci"], ["make"]],
                    "teardown": [["make", "clean"]], "pool": 2},
                  "auto_yes_rules": [{"allow": "ls"}], "output": {"rotate_bytes": 65536, "keep": 2},
                  "trash_days": 0 }
                """.utf8))
        var config = RepositoryConfig()
        config.multiSession.maxConcurrentSessions = 3
        config.multiSession.autoYesEnabled = true
        config.multiSession.defaultBranchPrefix = "ai"
        config.multiSession.autoYesPollIntervalSeconds = 5
        config.agent = ["sh"]
        config.worktrees.root = "../wt"
        config.worktrees.setup = [["npm", "ci"], ["make"]]
        config.worktrees.teardown = [["make", "clean"]]
        config.worktrees.pool = 2
        config.autoYesRules = [.object(["allow": .string("ls")])]
        config.output.rotateBytes = 65536
        config.output.keep = 2
        config.trashDays = 0
        #expect(content.config == config)
        #expect(content.notice == nil)
    }

    @Test("a blank file means the defaults", arguments: ["", "\n", "{}", "{multi_session: {}}"])
    func blank(_ text: String) throws {
        #expect(try ConfigFile.parse(Array(text.utf8)).config == RepositoryConfig())
    }

    @Test(
        "an impossible setting is told with its key",
        arguments: [
            ("{multi_session: {max_concurrent_sessions: 0}}", "multi_session.max_concurrent_sessions"),
            ("{multi_session: 5}", "multi_session"), ("{version: 2}", "version"), ("{agent: []}", "agent"),
            ("{worktrees: {root: ''}}", "worktrees.root"), ("{worktrees: {root: '~/x'}}", "worktrees.root"),
            ("{worktrees: {setup: ['npm']}}", "worktrees.setup[0]"),
            ("{worktrees: {setup: [[]]}}", "worktrees.setup[0]"),
            ("{worktrees: {teardown: [['a'], 'b']}}", "worktrees.teardown[1]"),
            ("{worktrees: {pool: -1}}", "worktrees.pool"), ("{worktrees: {pool: 101}}", "worktrees.pool"),
            ("{output: {rotate_bytes: 5}}", "output.rotate_bytes"), ("{output: {keep: -1}}", "output.keep"),
            ("{trash_days: '14'}", "trash_days"), ("{auto_yes_rules: {}}", "auto_yes_rules"),
            ("{multi_session: {default_branch_prefix: 'a b'}}", "multi_session.default_branch_prefix"),
        ])
    func refusing(_ text: String, _ key: String) {
        let problem = #expect(throws: FileProblem.self) { try ConfigFile.parse(Array(text.utf8)) }
        #expect(problem?.key == key)
        #expect(problem?.line == 1)
    }

    @Test func `an unknown setting is noticed with its path`() throws {
        let notice = try ConfigFile.parse(
            Array("{multi_session: {max_sessions: 1, auto_yes_enable: true}}".utf8)
        ).notice
        #expect(notice?.key == "multi_session.max_sessions")
        let other = try ConfigFile.parse(Array("{multi_session: {auto_yes_enable: true}}".utf8)).notice
        #expect(other?.message.contains("Did you mean \"auto_yes_enabled\"?") == true)
    }
}
