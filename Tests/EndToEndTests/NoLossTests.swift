import Glibc
import Linux
import SessionModel
import Testing

/// What may be in a worktree, and every way in which its session may end.
private enum Work {
    /// Done in the worktree, in this order; `$N` is the session's name.
    static let deeds: [(name: String, script: String)] = [
        ("unpushed", "echo $N > kept.txt; git add kept.txt; git commit -qm unpushed"),
        ("detached", "git checkout -q --detach; git commit -qm nowhere --allow-empty"),
        ("orphan", "git switch -q --orphan fresh-$N; echo o > orphan.txt; git add orphan.txt"),
        (
            "conflict",
            """
            git checkout -q -b c-$N; echo ours > c.txt; git add c.txt; git commit -qm ours
            git checkout -q HEAD~; echo theirs > c.txt; git add c.txt; git commit -qm theirs
            git merge -q c-$N || true
            """
        ),
        ("dirty", "echo more >> file.txt; chmod +x file.txt"),
        ("deleted", "rm -f folder/inner.txt"),
        ("staged", "mkdir -p s; echo one > s/staged.txt; git add s; echo two >> s/staged.txt"),
        ("intent", "echo soon > intent.txt; git add -N intent.txt"),
        (
            "untracked",
            """
            mkdir -p 'new folder/empty'; printf 'a\\000b' > 'new folder/odd\nname'; echo ü > ünï.txt
            touch -d '2001-02-03 04:05:06.789' ünï.txt
            """
        ),
        (
            "ignored",
            "echo secret > key.ignored; mkdir -p d.ignored; echo x > d.ignored/x; truncate -s 1M d.ignored/sparse"
        ),
        ("special", "ln -s /nowhere dangling; ln -s file.txt link; mkfifo fifo; : > empty; chmod 4711 empty"),
        (
            "nested",
            "git init -q nested; echo n > nested/n; git -C nested add n; git -C nested commit -qm n; echo dirty >> nested/n"
        ),
        (
            "submodule",
            "git -c protocol.file.allow=always submodule --quiet add $HOME/library lib; echo m >> lib/l.txt; echo u > lib/u.txt"
        ),
        ("locked", "git worktree lock --reason 'on a stick' ."),
        ("stale lock", ": > \"$(git rev-parse --git-path index.lock)\""),
        ("read-only", "mkdir -p ro/deep; echo r > ro/deep/r; chmod 444 ro/deep/r; chmod 555 ro/deep ro"),
        ("read-only root", "chmod 555 ."),
    ]

    /// Ends and removes a session; the supervisor runs when the last line of it has been done.
    enum Way: String, CaseIterable {
        case removeFile = "rm .claudia/sessions/$N.json"
        case remove = "claudia rm $N --no-wait"
        case killed = "claudia kill $N; claudia rm $N --no-wait"
        case parked = "claudia park $N; rm .claudia/sessions/$N.json"
        case paused = "claudia pause $N; claudia rm $N --no-wait"
        case whileDown = "claudia down; rm .claudia/sessions/$N.json; claudia up --detach"
        case downAll = "claudia down --all; claudia rm $N --no-wait; claudia up --detach"
    }
}

@Suite struct `No loss` {
    /// One session: what is in its worktree, and how it ends.
    private struct Case {
        let name: String
        let deeds: [(name: String, script: String)]
        let way: Work.Way
        let hasProcess: Bool

        var description: String {
            "\(name): \(deeds.map(\.name)), process inside: \(hasProcess), \(way.rawValue)"
        }
    }

    /// All that is true of a worktree, its index and its branch; inodes too, since nothing may be copied.
    private func state(_ box: Sandbox, _ name: String) throws -> String {
        try box.sh(
            """
            cd .claudia/worktrees/\(name)
            find . -printf '%i %m %U %y %s %T@ %l %p\\n' | sort -k 8
            find . -type f -print0 | sort -z | xargs -0 sha256sum
            admin=$(git rev-parse --absolute-git-dir)
            cd "$admin"
            find . -type f -print0 | sort -z | xargs -0 sha256sum
            git for-each-ref 'refs/heads/*\(name)*'
            """)
    }

    @Test func `of every way of ending and removing, restore has the identical tree, index and branch`()
        throws
    {
        // The factor that brings all is 72.
        let (count, batch) = (min(1_000, 14 * Scale.factor), 14)
        let seed = getenv("CLAUDIA_TEST_SEED").flatMap { UInt64(String(cString: $0)) } ?? UInt64(Clock.realMs)
        print("no loss: CLAUDIA_TEST_SEED=\(seed), \(count) worktrees")
        var dice = Dice(seed: seed)
        for start in stride(from: 0, to: count, by: batch) {
            let cases = (start..<min(count, start + batch)).map { number in
                var deeds = Work.deeds.filter { _ in Int.random(in: 0..<3, using: &dice) == 0 }
                // Of the ways to be on no branch, one.
                let heads: Set = ["detached", "orphan", "conflict"]
                let chosen = deeds.first { heads.contains($0.name) }?.name
                deeds.removeAll { heads.contains($0.name) && $0.name != chosen }
                // What an orphan's index may hold is not what was committed.
                if chosen == "orphan" { deeds.removeAll { $0.name == "dirty" || $0.name == "deleted" } }
                let ways = Work.Way.allCases
                return Case(
                    name: "s\(number)", deeds: deeds, way: ways[number % ways.count],
                    hasProcess: Bool.random(using: &dice))
            }
            try lose(cases, seed)
        }
    }

    private func lose(_ cases: [Case], _ seed: UInt64) throws {
        let path = try Sandbox.program()
        let bin = path[..<(path.lastIndex(of: "/") ?? path.endIndex)]
        try Sandbox.with { box in
            box.environment["PATH"] = "\(bin):\(box.environment["PATH"] ?? "")"
            box.environment["GIT_OPTIONAL_LOCKS"] = "0"
            try box.sh(
                "git init -q library; cd library; echo l > l.txt; git add l.txt; git commit -qm l",
                in: box.home)
            try write(
                "{\"multi_session\": {\"max_concurrent_sessions\": 100}}\n",
                to: "\(box.root)/.claudia/config.json")
            try box.ok("trust", "--yes")
            try box.ok("up", "--detach")
            for it in cases { try box.make(it.name, shell: "echo ready; read x") }
            for it in cases { try box.wait(it.name, "running") }
            var inside: [RunningProgram] = []
            for it in cases {
                let script = it.deeds.map(\.script).joined(separator: "\n")
                try box.sh("N=\(it.name)\n\(script)", in: box.worktree(it.name))
                if it.hasProcess {
                    inside.append(try box.start(["sleep", "1000"], in: box.worktree(it.name)))
                }
            }
            let before = try cases.map { try state(box, $0.name) }
            for it in cases { try box.sh("N=\(it.name)\n\(it.way.rawValue)") }
            for it in cases { try box.untilRemoved(it.name) }
            #expect(cases.allSatisfy { !exists(box.worktree($0.name)) })
            for it in cases { try box.ok("restore", it.name) }
            for (index, it) in cases.enumerated() {
                let after = try state(box, it.name)
                if after != before[index] {
                    try write(before[index], to: "\(box.home)/before")
                    try write(after, to: "\(box.home)/after")
                    let difference = try box.sh("diff before after || true", in: box.home)
                    Issue.record("seed \(seed), \(it.description):\n\(difference)")
                }
            }
            for program in inside { try program.process.send(SIGKILL) }
            for program in inside { _ = try program.ending() }
            let fsck = try box.sh("git fsck --no-dangling 2>&1 || true")
            #expect(!fsck.contains("missing") && !fsck.contains("broken"), "\(fsck)")
            // An ordinary person's clean-up may go through it.
            try box.sh("chmod -R u+w .claudia/worktrees .claudia/trash")
        }
    }

    @Test func `rescues are listed with size and age, and prune asks`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: "echo ready; read x")
            try box.untilPrinted("ready", "fix")
            try write("new\nlines\n", to: box.worktree("fix") + "/new.txt")
            try box.ok("rm", "fix")
            try box.sh("git update-ref refs/claudia/rescue/old/20200101T000000Z HEAD")
            let listed = try box.ok("rescues")
            let new = try #require(listed.split(separator: "\n").first { $0.contains("fix") })
            #expect(new.contains("1f +2 -0") && new.contains("s "), "\(new)")
            #expect(listed.contains(/old +[0-9]{4,}d/), "\(listed)")
            #expect(try box.claudia("prune", "--older-than", "30d").code == 1)
            let program = try Sandbox.program()
            let no = try box.sh("echo n | script -qec '\(program) prune --older-than 30d' /dev/null")
            #expect(no.contains("Nothing was deleted"), "\(no)")
            #expect(try box.ok("rescues").contains("old"))
            let yes = try box.sh("echo y | script -qec '\(program) prune --older-than 30d' /dev/null")
            #expect(yes.contains("Deleted 1 rescue"), "\(yes)")
            let left = try box.ok("rescues")
            #expect(left.contains("fix") && !left.contains("old"))
        }
    }
}
