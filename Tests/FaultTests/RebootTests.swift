import Glibc
import Linux
import SessionModel
import Testing

/// The machine goes down under everything.
@Suite struct `The machine goes down` {
    @Test func `reboot`() throws {
        let all = ["a", "b", "c"]
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            for name in all {
                try box.make(name, shell: "echo ready; while :; do read -t 60 x <> <(:); done")
                try box.untilPrinted("ready", name)
                try box.wait(name, "running")
                try box.sh(
                    """
                    echo first >> file.txt; git stash -q; echo second >> file.txt; echo staged > staged
                    git add staged; echo mine > untracked; echo x > x.ignored; mkdir deep; echo y > deep/y
                    """, in: box.worktree(name))
            }
            try box.ok("pause", "b")
            let before = try all.map(box.fingerprint)
            for round in 1...Scale.count(3, of: 50) {
                let ids = try all.map { try #require(try box.status($0)?.id) }
                try box.killAll()
                try box.sh(
                    "sed -i 's/\\(\"bootID\" : \"\\)[^\"]*/\\1another-boot-\(round)/' .git/claudia/sessions/*/record.json"
                )
                try box.ok("up", "--detach")
                for name in all {
                    try box.wait(name, "interrupted")
                    #expect(try box.status(name)?.reason?.contains("The machine was restarted") == true)
                }
                #expect(try all.map(box.fingerprint) == before)
                #expect(ids.flatMap(box.processes(ofSession:)).isEmpty)
                for name in all { try box.ok("resume", name) }
                try box.ok("pause", "b")
                #expect(try all.map { try box.status($0)?.id } == ids)
                #expect(try all.map(box.fingerprint) == before)
            }
            try box.expectWhole(all, "at the end")
        }
    }
}
