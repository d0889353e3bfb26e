import Git
import Glibc
import Linux
import Testing

/// A kind of repository that real `git` makes, and what the probe says of it.
struct OddRepository: Sendable, CustomTestStringConvertible {
    let name: String
    let findings: [String]
    let change: @Sendable (String) throws -> Void
    var testDescription: String { name }
}

private func git(_ arguments: String..., in folder: String) throws {
    try Scratch.run(["git", "-c", "protocol.file.allow=always"] + arguments, in: folder)
}

let oddRepositories: [OddRepository] = [
    OddRepository(name: "a plain one", findings: []) { _ in },
    OddRepository(name: "a split index", findings: ["index git it uses a split index"]) { root in
        try git("config", "core.splitIndex", "true", in: root)
        try git("update-index", "--split-index", in: root)
    },
    OddRepository(
        name: "a sparse index",
        findings: ["index git it uses a sparse index", "checkout git it uses configuration per worktree"]
    ) { root in
        try git("sparse-checkout", "set", "--cone", "--sparse-index", "folder", in: root)
    },
    OddRepository(name: "a sparse checkout", findings: ["checkout git it uses configuration per worktree"]) {
        root in
        try git("sparse-checkout", "set", "--no-cone", "/a", "/folder/", in: root)
    },
    OddRepository(name: "an index of version 4, with an untracked cache", findings: []) { root in
        try git("update-index", "--index-version", "4", "--untracked-cache", in: root)
    },
    OddRepository(name: "many files", findings: []) { root in
        try git("config", "feature.manyFiles", "true", in: root)
        try git("read-tree", "HEAD", in: root)
    },
    OddRepository(
        name: "configuration per worktree", findings: ["checkout git it uses configuration per worktree"]
    ) { root in
        try git("config", "extensions.worktreeConfig", "true", in: root)
        try git("config", "--worktree", "user.name", "Somebody Else", in: root)
    },
    OddRepository(
        name: "a filter",
        findings: ["checkout git it uses filters, encodings or quoted patterns in its attributes"]
    ) { root in
        try git("config", "filter.upper.smudge", "tr a-z A-Z", in: root)
        try git("config", "filter.upper.clean", "tr A-Z a-z", in: root)
        try write("*.up filter=upper\n", to: "\(root)/.gitattributes")
        try write("SHOUT\n", to: "\(root)/b.up")
        try git("add", "--all", in: root)
        try git("commit", "--quiet", "-m", "filter", in: root)
    },
    OddRepository(
        name: "submodules and a hook",
        findings: [
            "submodules git module", "hooks nobody there is",
        ]
    ) { root in
        try git("init", "--quiet", "\(root).module", in: root)
        try git(
            "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "--allow-empty",
            "-m", "module's", in: "\(root).module")
        try git("submodule", "--quiet", "add", "\(root).module", "module", in: root)
        try git("commit", "--quiet", "-am", "module", in: root)
        try git("submodule", "--quiet", "deinit", "--force", "module", in: root)
        try write("#!/bin/sh\necho run > hooked\n", to: "\(root)/.git/hooks/post-checkout", mode: 0o755)
    },
    OddRepository(name: "a partial clone", findings: ["checkout git it uses a partial clone"]) { root in
        rename(root, "\(root).origin")
        try git("config", "uploadpack.allowFilter", "true", in: "\(root).origin")
        try git("clone", "--quiet", "--filter=blob:none", "file://\(root).origin", root, in: "/")
        for setting in [["user.name", "Somebody"], ["user.email", "somebody@example.com"]] {
            try git("config", setting[0], setting[1], in: root)
        }
    },
]

struct RepositoryProbeTests {
    @Test("every kind of repository is told, and all is done in it", arguments: oddRepositories)
    func wholeLife(_ kind: OddRepository) throws {
        let scratch = try Scratch()
        let root = try scratch.repository { root in
            try RescueTests.fill(root)
            try write("far\n", to: "\(root)/far/away/x")
        }
        try kind.change(root)
        let probe = RepositoryProbe(discovering: root)
        let told = probe.findings.map { "\($0.topic) \($0.doer) \($0.reason)" }
        #expect(told.count == kind.findings.count)
        for (told, expected) in zip(told, kind.findings) { #expect(told.hasPrefix(expected)) }
        #expect(probe.isUsable)

        let common = "\(root)/.git"
        let repository = try Repository(discovering: root)
        #expect(try repository.branchName(of: "HEAD") == "main")
        try scratch.git(
            [
                "-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "-b", "theirs",
                "\(scratch.path)/wt/theirs",
            ],
            in: root)
        let made = try RescueTests.add(root, "\(scratch.path)/wt/work")
        #expect(try listing(made.path) == listing("\(scratch.path)/wt/theirs"))
        #expect(try scratch.git(["status", "--porcelain"], in: made.path) == "")
        #expect(try Repository(at: root).worktrees().count == 3)

        let fresh = try listing(made.path)
        try write("changed\n", to: "\(made.path)/a")
        try write("new\n", to: "\(made.path)/folder/new")
        let worktree = try Repository(worktree: made.path, commonDirectory: common)
        #expect(try worktree.diff(since: made.commit).changes.map(\.path) == ["a", "folder/new"])
        let checkpoint = try #require(try checkpoint(made, common, "x"))
        let names = try scratch.git(["diff", "--name-only", "\(made.commit)", "\(checkpoint)"], in: root)
        #expect(names == "a\nfolder/new\n")
        let changed = try listing(made.path)
        let rescue = try #require(
            try Checkpoints.restore(
                to: made.commit, worktree: made.path, commonDirectory: common,
                rescue: Rescue.reference(name: "work", time: "1"), message: "x\n"))
        #expect(try listing(made.path) == fresh)
        #expect(try scratch.git(["diff", "--name-only", "\(rescue)^1", "\(rescue)"], in: root) == "a\n")

        let trash = TrashedWorktree(worktree: "\(scratch.path)/w", admin: "\(scratch.path)/a")
        try Worktrees.detach(
            worktree: made.path, adminName: made.adminName, commonDirectory: common, to: trash)
        try Worktrees.reattach(
            trash, worktree: made.path, adminName: made.adminName, head: nil, commonDirectory: common)
        try scratch.git(["stash", "apply", "--quiet", "\(rescue)"], in: made.path)
        #expect(try listing(made.path) == changed)
    }

    @Test func `what can't be used is said in words`() throws {
        let scratch = try Scratch()
        try scratch.git(["init", "--quiet", "--object-format=sha256", "sha256"], in: scratch.path)
        let probe = RepositoryProbe(discovering: "\(scratch.path)/sha256")
        #expect(!probe.isUsable && probe.findings.count == 1)
        #expect(probe.findings.first?.message.contains("SHA-256") == true)
        #expect(!RepositoryProbe(discovering: scratch.path).isUsable)
    }
}
