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
}
