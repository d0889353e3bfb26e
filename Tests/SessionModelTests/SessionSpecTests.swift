import SessionModel
import Testing

@Suite struct SessionSpecTests {
    @Test func `the branch is the prefix and the name unless one is named`() throws {
        let name = try #require(SessionName("fix"))
        var spec = SessionSpec()
        #expect(spec.branchName(for: name) == "claudia-session/fix")
        spec.branch = "topic"
        #expect(spec.branchName(for: name) == "topic")
    }

    @Test func `the arguments follow the agent`() {
        var spec = SessionSpec()
        spec.agent = ["sh", "-c"]
        spec.claudeArgs = ["true"]
        #expect(spec.argumentVector == ["sh", "-c", "true"])
    }

    @Test func `the defaults of a repository are those of its config`() {
        var config = RepositoryConfig()
        config.agent = ["codex"]
        config.multiSession.defaultBranchPrefix = "ai"
        #expect(config.sessionDefaults.agent == ["codex"])
        #expect(config.sessionDefaults.branchPrefix == "ai")
    }

    @Test func `the digest of a text is FNV-1a's`() {
        // Test vectors of draft-eastlake-fnv, appendix C.
        #expect(ContentDigest.of([]) == "cbf29ce484222325")
        #expect(ContentDigest.of(Array("a".utf8)) == "af63dc4c8601ec8c")
        #expect(ContentDigest.of(Array("foobar".utf8)) == "85944171f73967e8")
    }
}
