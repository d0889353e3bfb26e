import SessionModel
import Testing

@Suite struct PruneTests {
    @Test func `ended sessions go, rescued first, and with them what they take of the disk`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("over", shell: "echo mine > mine.txt; echo x > big.ignored; exit 0")
            try box.make("runs", shell: "echo ready; read x")
            try box.make("parked", shell: "echo ready; read x")
            try box.wait("over", "exited")
            try box.untilPrinted("ready", "parked")
            try box.ok("park", "parked")
            #expect(try box.ok("status", "over").contains("disk "))
            #expect(try box.ok("status", "over", "--json").contains("\"disk_bytes\""))
            let young = try box.claudia("prune", "--ended")
            #expect(young.code == 0 && young.err.contains("No session ended more than 30d ago"))
            let unasked = try box.claudia("prune", "--ended", "--older-than", "0s")
            #expect(unasked.code == 1 && unasked.err.contains("--yes"), "\(unasked.told)")
            #expect(exists(box.worktree("over")))
            try box.ok("prune", "--ended", "--trash", "--older-than", "0s", "--yes")
            #expect(!exists(box.file("over")) && !exists(box.worktree("over")))
            #expect(try box.status("runs")?.phase == .running && box.status("parked")?.phase == .parked)
            #expect(names(in: "\(box.root)/.claudia/trash") == [".git"])
            let ref = try box.sh("git for-each-ref --format='%(refname)' refs/claudia/rescue/over")
            #expect(try box.sh("git show \(ref.split(separator: "\n")[0])^3:mine.txt") == "mine\n")
            #expect(try box.sh("git show refs/claudia/checkpoints/over:mine.txt") == "mine\n")
        }
    }

    @Test func `what sessions that are gone have left goes too, but for what can still be brought back`()
        throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.sh("git init --quiet --bare ../remote.git; git remote add origin ../remote.git")
            for name in ["gone", "gone-2", "here", "trashed"] {
                try box.make(name, shell: "echo ready; read x")
                try box.untilPrinted("ready", name)
                try write("mine\n", to: "\(box.worktree(name))/mine.txt")
                try box.ok("sync", name)
                try box.ok("push", name)
                try box.sh("git update-ref refs/claudia/bases/\(name) main")
            }
            func left() throws -> [String] {
                try box.sh("git for-each-ref --format='%(refname:lstrip=2)' refs/claudia/").split(
                    separator: "\n"
                ).map(String.init).filter { !$0.hasPrefix("rescue/") }.sorted()
            }
            func all(_ names: String...) -> [String] {
                names.flatMap { name in ["bases", "checkpoints", "handover"].map { "\($0)/\(name)" } }
                    .sorted()
            }
            try box.ok("rm", "gone", "gone-2")
            try box.ok("prune", "--trash", "--older-than", "0s", "--yes")
            try box.ok("rm", "trashed")
            #expect(try left() == all("gone", "gone-2", "here", "trashed"))
            // A rescue is left, so nothing goes; nor does what is younger.
            try box.ok("prune", "--yes")
            #expect(try left() == all("gone", "gone-2", "here", "trashed"))
            try box.sh(
                "git for-each-ref --format='delete %(refname)' refs/claudia/rescue/gone-2 | git update-ref --stdin"
            )
            // The trash can't be read there: what it may hold stays.
            let odd = "\(box.root)/.claudia/trash/gone-2-20260101T000000Z"
            try box.sh("mkdir \(odd)")
            let told = try box.claudia("prune", "--older-than", "0s", "--yes")
            #expect(told.err.contains("Deleted 1 rescue and 3 other references."), "\(told.told)")
            #expect(try left() == all("gone-2", "here", "trashed"))
            try box.sh("rmdir \(odd)")
            try box.ok("prune", "--older-than", "0s", "--yes")
            #expect(try left() == all("here", "trashed"))
            try box.ok("restore", "trashed")
            #expect(try box.ok("diff", "trashed", "--name-only") == "mine.txt\n")
        }
    }

    @Test func `a rescue stays as long as its worktree lies in the trash, which needs what only it names`()
        throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: "echo ready; read x")
            try box.untilPrinted("ready", "fix")
            let worktree = box.worktree("fix")
            try box.sh(
                "cd \(worktree) && git checkout --quiet --detach && git commit --quiet --allow-empty -m mine")
            try box.sh("cd \(worktree) && echo staged > staged && git add staged && rm staged")
            try box.ok("rm", "fix")
            let kept = try box.claudia("prune", "--older-than", "0s", "--yes")
            #expect(kept.err.contains("No rescue is older than 0s"), "\(kept.told)")
            try box.sh("git reflog expire --expire=now --all; git gc --quiet --prune=now")
            try box.ok("restore", "fix")
            #expect(try box.sh("git -C \(worktree) log -1 --format=%s") == "mine\n")
            #expect(try box.sh("git -C \(worktree) show :staged") == "staged\n")
            try box.ok("rm", "fix")
            try box.ok("prune", "--trash", "--older-than", "0s", "--yes")
            // One rescue for each of the removals.
            let told = try box.claudia("prune", "--older-than", "0s", "--yes")
            #expect(told.err.contains("Deleted 2 rescues"), "\(told.told)")
        }
    }
}
