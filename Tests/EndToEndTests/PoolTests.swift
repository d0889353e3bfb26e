import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `A pool of worktrees` {
    private func set(_ pool: Int, _ box: Sandbox) throws {
        try write("{\"worktrees\": {\"pool\": \(pool)}}\n", to: "\(box.root)/.claudia/config.json")
    }

    private func pooled(_ box: Sandbox) -> [String] { names(in: "\(box.root)/.claudia/worktrees/.pool") }

    private func untilReady(_ count: Int, _ box: Sandbox) throws {
        try box.until("a pool of \(count)") {
            let list = try box.sh("git worktree list --porcelain")
            return list.split(separator: "\n").count { $0.hasPrefix("locked claudia keeps") } == count
                && self.pooled(box).count == count ? true : nil
        }
    }

    @Test func `is filled, taken from, filled again, and goes when it isn't wanted`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try set(2, box)
            try untilReady(2, box)
            #expect(try box.claudia("doctor").out.contains("pool: 2 of 2 worktrees ready"))
            let inodes = try pooled(box).map { name in
                try Folder(at: "\(box.root)/.claudia/worktrees/.pool/\(name)").descriptor.status().inode
            }
            try box.sh("echo more > more.txt; git add more.txt; git commit --quiet -m more")
            try box.sh("echo SECRET > key.ignored; echo key.ignored > .worktreeinclude")
            try box.make(
                "fix",
                shell: "cat more.txt key.ignored; git status --short; git branch --show-current; read x")
            try box.untilPrinted("claudia-session/fix", "fix")
            #expect(inodes.contains(try Folder(at: box.worktree("fix")).descriptor.status().inode))
            let lines = box.log("fix").split(whereSeparator: \.isNewline)
            #expect(lines == ["more", "SECRET", "claudia-session/fix"], "\(lines)")
            try untilReady(2, box)
            // What a supervisor finds, it keeps.
            let before = try box.sh("stat -c %i .claudia/worktrees/.pool/*")
            try box.killSupervisor()
            try box.ok("up", "--detach")
            try box.make("next", shell: "echo ready; read x")
            try box.untilPrinted("ready", "next")
            let inode = try Folder(at: box.worktree("next")).descriptor.status().inode
            #expect(before.split(separator: "\n").contains("\(inode)"))
            try box.ok("rm", "fix")
            try box.ok("restore", "fix")
            #expect(text(of: box.worktree("fix") + "/key.ignored") == "SECRET\n")
            try set(0, box)
            try untilReady(0, box)
            try box.until("its folder is gone") {
                exists("\(box.root)/.claudia/worktrees/.pool") ? nil : true
            }
            #expect(try box.claudia("doctor").out.contains("Git's list and the sessions agree"))
        }
    }

    @Test func `what is deleted from the trash is taken into the pool where that has room, cleaned`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            // Where the pool was filled anew meanwhile, another one is tried.
            let isTaken = try (1...5).contains { _ in
                try set(0, box)
                try untilReady(0, box)
                try box.make(
                    "old", shell: "echo mine > mine.txt; echo x > key.ignored; echo x >> file.txt; read x")
                try box.until("its work") { exists(box.worktree("old") + "/key.ignored") ? true : nil }
                let inode = try Folder(at: box.worktree("old")).descriptor.status().inode
                try box.ok("rm", "old")
                try set(1, box)
                try box.ok("prune", "--trash", "--older-than", "0s", "--yes")
                #expect(names(in: "\(box.root)/.claudia/trash") == [".git"])
                try untilReady(1, box)
                let pool = "\(box.root)/.claudia/worktrees/.pool/\(pooled(box)[0])"
                return try Folder(at: pool).descriptor.status().inode == inode
            }
            #expect(isTaken)
            try box.make(
                "new", shell: "git status --short --ignored; git stash list; cat file.txt; echo end; read x")
            try box.untilPrinted("end", "new")
            #expect(box.log("new").split(whereSeparator: \.isNewline) == ["one", "two", "end"])
            #expect(try box.sh("git for-each-ref refs/claudia/rescue/old") != "")
        }
    }
}
