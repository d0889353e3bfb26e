import SessionModel
import Testing

@Suite struct SessionNameTests {
    @Test(
        "a valid name is taken as it is",
        arguments: ["a", "0", "fix-login", "v1.2_3", "a.b", "x-", String(repeating: "a", count: 64)])
    func valid(_ text: String) { #expect(SessionName(text)?.text == text) }

    @Test(
        "an invalid name has a problem in words",
        arguments: [
            "", ".x", "-x", "_x", "Fix", "a b", "a/b", "a..b", "..", "a.", "a.lock", "ä", "a\n", "a\u{0}",
            "a\u{1B}", String(repeating: "a", count: 65),
        ])
    func invalid(_ text: String) {
        #expect(SessionName(text) == nil)
        #expect(SessionName.problem(in: text) != nil)
    }
}

@Suite struct RefNameTests {
    @Test(
        "a name that git check-ref-format takes is taken",
        arguments: ["main", "claudia-session/fix", "a/b/c", "ä", "a@b", "a{", "@x", "lock", "a.lockx"])
    func valid(_ text: String) { #expect(RefName.problem(in: text) == nil) }

    @Test(
        "a name that Git or its files can't have is refused",
        arguments: [
            "", "@", "HEAD", "-x", "a..b", "a.", ".a", "a/.b", "a//b", "/a", "a/", "a.lock", "a.lock/b",
            "a b",
            "a~", "a^", "a:", "a?", "a*", "a[", "a\\", "a@{b", "a\u{7F}", "a\u{1}",
            String(repeating: "a", count: 251),
        ])
    func invalid(_ text: String) { #expect(RefName.problem(in: text) != nil) }
}
