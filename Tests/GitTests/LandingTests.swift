import Git
import Glibc
import Linux
import Testing

/// A session with two commits, and a target that went on, or not.
private struct Scene {
    let scratch: Scratch
    let root: String
    let work: String
    let source: ObjectID
    let target: ObjectID

    /// `main` is checked out in the main worktree, `work` in a linked one.
    init(ahead: Bool, _ change: (String) throws -> Void = { _ in }) throws {
        scratch = try Scratch()
        root = try scratch.repository(fill: MergingTests.fill)
        work = "\(scratch.path)/work"
        _ = try RescueTests.add(root, work)
        try write(lines([2: "x"]), to: "\(work)/a")
        try scratch.git(
            ["commit", "--quiet", "-am", "one", "--author", "An Agent <agent@example.com>"], in: work)
        try write("new\n", to: "\(work)/folder/new")
        try scratch.git(["add", "--all"], in: work)
        try scratch.git(["commit", "--quiet", "-m", "two"], in: work)
        if ahead {
            try write(lines([9: "y"]), to: "\(root)/a")
            try scratch.git(["commit", "--quiet", "-am", "main's"], in: root)
        }
        try change(root)
        source = try Repository(at: root).resolve("work")
        target = try Repository(at: root).resolve("main")
    }

    func land(_ way: LandingWay) throws -> LandingResult {
        try Landing(
            commonDirectory: "\(root)/.git", source: source, target: "main", way: way, message: "Land work\n"
        ).run()
    }

    func log(_ format: String, _ revision: String = "main") throws -> String {
        try scratch.git(["log", "--format=\(format)", revision], in: root)
    }
}

struct LandingTests {
    @Test("a landing makes the commits that git makes, and brings the files", arguments: LandingWay.allCases)
    func lands(_ way: LandingWay) throws {
        let scene = try Scene(ahead: way != .fastForward)
        let result = try scene.land(way)
        guard case .landed(let commit, let before, let worktree) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(before == scene.target && worktree == scene.root)
        #expect(try scene.scratch.git(["rev-parse", "main"], in: scene.root) == "\(commit)\n")
        #expect(try scene.scratch.git(["status", "--porcelain"], in: scene.root) == "")
        let both = way == .fastForward ? lines([2: "x"]) : lines([2: "x", 9: "y"])
        #expect(text(of: "\(scene.root)/a") == both)
        #expect(text(of: "\(scene.root)/folder/new") == "new\n")
        let subjects: [LandingWay: String] = [
            .merge: "Land work\nmain's\ntwo\none\nfirst\n", .squash: "Land work\nmain's\nfirst\n",
            .rebase: "two\none\nmain's\nfirst\n", .fastForward: "two\none\nfirst\n",
        ]
        let told = try scene.scratch.git(["log", "--topo-order", "--format=%s"], in: scene.root)
        #expect(told.split(separator: "\n").sorted() == subjects[way]?.split(separator: "\n").sorted())
        let parents = try scene.scratch.git(["log", "-1", "--format=%P"], in: scene.root).split(
            separator: " ")
        #expect(parents.count == (way == .merge ? 2 : 1))
        #expect(try scene.log("%an").contains("An Agent") == (way != .squash))
        #expect(try scene.land(way) == .upToDate)
        #expect(try scene.scratch.git(["fsck"], in: scene.root).contains("error") == false)
    }

    @Test("a conflict changes nothing", arguments: [LandingWay.merge, .squash, .rebase])
    func conflict(_ way: LandingWay) throws {
        let scene = try Scene(ahead: false) { root in
            try write(lines([2: "z"]), to: "\(root)/a")
            try Scratch.run(["git", "commit", "--quiet", "-am", "main's"], in: root)
        }
        guard case .conflicts(let conflicts) = try scene.land(way) else {
            Issue.record("landed")
            return
        }
        #expect(conflicts.map(\.path) == ["a"])
        #expect(conflicts.map(\.lines) == [[2...2]])
        #expect(try scene.scratch.git(["rev-parse", "main"], in: scene.root) == "\(scene.target)\n")
        #expect(try scene.scratch.git(["status", "--porcelain"], in: scene.root) == "")
        #expect(try scene.land(.fastForward) == .notForward)
    }

    @Test("edits in other files stay, and edits in the way stop everything", arguments: LandingWay.allCases)
    func edits(_ way: LandingWay) throws {
        for (path, isInTheWay) in [("binary", false), ("other", false), ("a", true), ("folder/new", true)] {
            let scene = try Scene(ahead: way != .fastForward)
            try write("edited\n", to: "\(scene.root)/\(path)")
            if isInTheWay {
                #expect {
                    _ = try scene.land(way)
                } throws: { error in
                    guard case .uncommittedEdits(scene.root, _) = error as? GitError else { return false }
                    return true
                }
                #expect(try scene.scratch.git(["rev-parse", "main"], in: scene.root) == "\(scene.target)\n")
            } else {
                guard case .landed = try scene.land(way) else {
                    Issue.record("not landed beside \(path)")
                    return
                }
                #expect(text(of: "\(scene.root)/folder/new") == "new\n")
            }
            #expect(text(of: "\(scene.root)/\(path)") == "edited\n")
        }
    }

    @Test func `a branch that isn't checked out is moved alone`() throws {
        let scene = try Scene(ahead: true)
        try scene.scratch.git(["checkout", "--quiet", "--detach"], in: scene.root)
        guard case .landed(let commit, _, nil) = try scene.land(.merge) else {
            Issue.record("not landed")
            return
        }
        #expect(try scene.log("%H").hasPrefix("\(commit)\n"))
        #expect(text(of: "\(scene.root)/a") == lines([9: "y"]))
        #expect(
            try scene.scratch.git(["reflog", "-1", "main"], in: scene.root).contains("claudia: brought to"))
    }

    @Test func `a session takes in its base's news, by a merge or on top of them, edits kept`() throws {
        for isRebase in [false, true] {
            let scene = try Scene(ahead: true)
            try write("edited\n", to: "\(scene.work)/binary")
            let result =
                try isRebase
                ? Landing.rebase(branch: "work", onto: scene.target, commonDirectory: "\(scene.root)/.git")
                : Landing(
                    commonDirectory: "\(scene.root)/.git", source: scene.target, target: "work", way: .merge,
                    message: "Take in main\n"
                ).run()
            guard case .landed(_, scene.source, scene.work) = result else {
                Issue.record("\(result)")
                return
            }
            #expect(text(of: "\(scene.work)/a") == lines([2: "x", 9: "y"]))
            #expect(text(of: "\(scene.work)/binary") == "edited\n")
            #expect(try scene.scratch.git(["status", "--porcelain"], in: scene.work) == " M binary\n")
            #expect(try scene.log("%s", "work").contains("Take in main") == !isRebase)
            let again = try Landing.rebase(
                branch: "work", onto: scene.target, commonDirectory: "\(scene.root)/.git")
            #expect(again == .upToDate)
        }
    }

    @Test func `commits are signed where the configuration says so`() throws {
        let scene = try Scene(ahead: true)
        try Scratch.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "\(scene.scratch.path)/key"], in: "/")
        for setting in [
            ["commit.gpgSign", "true"], ["gpg.format", "ssh"],
            ["user.signingKey", "\(scene.scratch.path)/key"],
        ] {
            try scene.scratch.git(["config"] + setting, in: scene.root)
        }
        guard case .landed(let commit, _, _) = try scene.land(.rebase) else {
            Issue.record("not landed")
            return
        }
        let raw = try scene.scratch.git(["cat-file", "commit", "\(commit)"], in: scene.root)
        #expect(raw.contains("BEGIN SSH SIGNATURE") && raw.hasSuffix("\n\ntwo\n"))
        #expect(try scene.log("%an").contains("An Agent"))
    }
}
