import Consent

/// Commands that a table of lines can't hold.
enum OddCommands {
    /// Commands of several lines, or with odd characters.
    static let small: [(String, Verdict)] = [
        ("ls\u{0}", .ask), ("ls\r\nrm x\r", .ask), ("ls\u{1B}[2J", .ask), ("ls\u{7F}", .ask),
        ("ls\u{202E}", .ask), ("ls\u{200B}", .ask), ("rm\u{A0}-rf x", .ask), ("", .allow),
        ("sh -c '((rm -rf ~))'", .ask), ("sh -c '[[ -n x && rm -rf ~ ]]'", .ask),
        ("sh -c \"echo $'a\\\\'; rm -rf ~; echo '\"", .ask), ("dash -c 'cat <(ls)'", .ask),
        ("((x=1))", .allow),
        ("bash <<'EOF'\nrm -rf ~\nEOF", .never),
        ("cat <<EOF\n$(rm -rf ~)\nEOF", .never),
        ("cat <<EOF\n`rm -rf ~`\nEOF", .never),
        ("cat <<EOF | sh\nrm -rf ~\nEOF", .never),
        ("cat <<'EOF'\nx\nEOF\nrm -rf ~", .never),
        ("cat <<EOF\nfoo\\\nEOF\n: <<X\nEOF\nrm -rf ~\nX", .ask),
        ("ls \\\n; rm -rf ~", .never), ("r\\\nm -rf ~", .never), ("ls\nrm -rf ~", .never),
        ("# comment\nrm -rf ~", .never), ("ls # \\\nrm -rf ~", .never), ("echo '#' ; rm -rf ~", .never),
        ("case x in\n a) ls;;\n *) rm -rf ~\nesac", .never), ("if ls\nthen :\nelse rm -rf ~\nfi", .never),
        ("f() {\n  rm -rf \"$1\"\n}\nf ~", .never), ("x=/\nf() { local x=build; }\nf\nrm -rf $x", .never),
        ("x=build\nf() { x=/; }\nf\nrm -rf $x", .never), ("x=build\nif ls; then x=/; fi\nrm -rf $x", .ask),
        ("x=build\nwhile ls; do x=/; done\nrm -rf $x", .ask), ("x=a; (x=/); rm -rf $x", .allow),
        ("x=a; x=/ ls; rm -rf $x", .ask), ("cd src || exit 1\nrm -rf x", .allow),
        ("cd .. || exit 1\nrm -rf x", .never), ("exit 1 2; rm -rf ~", .never), ("(exit); rm -rf ~", .never),
        ("for i in 1; do cd ..; break; cd -; done; touch x", .ask),
        ("for i in 1 2; do cd ..; continue; cd -; done; touch x", .ask),
        ("f() { cd ..; return; cd -; }; f; touch x", .ask),
        ("cat <<A <<B\n1\nB\nA\nrm -rf ~\nB", .allow), ("cat <<'A B'\nA B\nrm -rf ~", .never),
        ("echo \"$(cat <<'EOF'\n\"\nEOF\n)\"; rm -rf ~", .never),
        ("echo \"${x:-\"$(rm -rf ~)\"}\"", .ask), ("echo $(echo $(echo $(rm -rf ~)))", .never),
    ]

    /// Commands that are large, or deep.
    static let large: [String] = [
        nest("( ", "ls", ")", 100), nest("$(", "ls", ")", 20_000), nest("{", "", "", 60_000),
        nest("a ", "", "", 40_000),
        "echo " + nest("{a,b}", "", "", 20), "echo " + nest("x", "", "", 70_000),
        "x=aaaaaaaa; " + nest("x=$x$x; ", "", "", 60) + "rm -rf $x", nest("ls; ", "", "", 8_000),
        nest("`", "", "", 1_001),
        nest("if ", "ls", "; fi", 200), nest("\"$(", "ls", ")\"", 200), "f() { f; }; f",
        nest("cat <<A\n", "", "", 2_000),
    ]

    private static func nest(_ before: String, _ inner: String, _ after: String, _ count: Int) -> String {
        String(repeating: before, count: count) + inner + String(repeating: after, count: count)
    }
}
