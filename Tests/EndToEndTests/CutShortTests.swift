import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `What was cut short` {
    @Test func `a wish to run that comes while the agent is being ended is kept`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make(
                "slow",
                shell:
                    "trap 'read -t 1 x <> <(:); exit' TERM; echo ready; while :; do read -t 9 x <> <(:); done"
            )
            try box.untilPrinted("ready", "slow")
            try box.wait("slow", "running")
            let first = try #require(try box.status("slow")?.agentPID)
            try box.ok("kill", "slow", "--no-wait")
            try box.ok("resume", "slow", "--no-wait")
            try box.until("another agent") {
                let status = try box.status("slow")
                return status?.phase == .running && status?.agentPID != first ? true : nil
            }
        }
    }

    @Test func `a session whose record can't be understood is told of and left alone`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: Agents.echoing)
            try box.wait("fix", "running")
            let pid = try #require(try box.status("fix")?.agentPID)
            try box.ok("down")
            let record = "\(box.root)/.git/claudia/sessions/fix/record.json"
            try write("{", to: record)
            try box.ok("up", "--detach")
            try box.sh("touch .claudia/sessions/fix.json")
            try box.until("it is told") { try box.events().first { "\($0.data)".contains("left alone") } }
            // What comes after it is dealt with after it.
            try box.make("other", shell: "read x")
            try box.wait("other", "running")
            #expect(text(of: record) == "{")
            #expect(kill(pid, 0) == 0)
            #expect(names(in: "\(box.root)/.claudia/worktrees") == ["fix", "other"])
            kill(pid, SIGKILL)
        }
    }

    @Test func `the empty folder of a removal that was cut short goes at the next start`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.ok("down")
            try box.sh("mkdir .git/claudia/sessions/gone .git/claudia/sessions/kept")
            try write("{}\n", to: "\(box.root)/.git/claudia/sessions/kept/session.json")
            try box.ok("up", "--detach")
            #expect(names(in: "\(box.root)/.git/claudia/sessions") == ["kept"])
        }
    }

    @Test func `what events told is not told again, though the record doesn't know it yet`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: Agents.echoing)
            try box.wait("fix", "running")
            try box.sh("cp .git/claudia/sessions/fix/record.json before")
            try box.ok("pause", "fix")
            try box.killSupervisor()
            try box.sh("mv before .git/claudia/sessions/fix/record.json")
            try box.ok("up", "--detach")
            try box.until("the new supervisor's word") {
                try box.status("fix")?.generation == 2 && box.status("fix")?.phase == .paused ? true : nil
            }
            let told = try box.events().filter { $0.data["phase"] == .string("paused") }
            #expect(told.count == 1, "\(told)")
        }
    }

    @Test func `a wish to run that comes while a keeper clears up is kept by the next supervisor`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            // The first one leaves a child that is deaf to TERM, for which its keeper stays five seconds.
            try box.make(
                "fix",
                shell: """
                    echo ready; if [ -e once ]; then read x; fi; touch once
                    (trap '' TERM HUP; exec setsid sleep 60 < /dev/null > /dev/null 2>&1) & read x; exit 3
                    """)
            try box.untilPrinted("ready", "fix")
            try box.wait("fix", "running")
            try box.ok("send", "fix", "end")
            try box.wait("fix", "exited")
            try box.sh("touch .claudia/sessions/fix.json")
            try box.until("the wish") { try box.status("fix")?.phase == .starting ? true : nil }
            try box.killSupervisor()
            try box.ok("up", "--detach")
            try box.wait("fix", "running")
        }
    }

    @Test(arguments: [false, true])
    func `a removal is finished by the next supervisor, and restore has all of it`(
        isFolderInTrash: Bool
    ) throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: "echo ready; read x")
            try box.untilPrinted("ready", "fix")
            try box.ok("kill", "fix")
            try write("mine\n", to: "\(box.worktree("fix"))/new.txt")
            try write("kept\n", to: "\(box.worktree("fix"))/x.ignored")
            try box.sh("cp -a .git/claudia/sessions/fix before; cp -a .git/worktrees/fix admin")
            try box.ok("rm", "fix")
            try box.untilRemoved("fix")
            try box.killSupervisor()
            // As if it had been killed between the rename of the worktree and that of its admin folder.
            try box.sh(
                #"""
                at=$(sed -n 's/^ *"at" : \(.*\),$/\1/p' .claudia/trash/fix-*/trash.json)
                sed -i "s/^{/{ \"removingSince\": $at,/" before/record.json
                """#)
            try box.sh(
                "mv before .git/claudia/sessions/fix; rm -r .claudia/trash/fix-*/admin; mv admin .git/worktrees/fix"
            )
            if !isFolderInTrash { try box.sh("mv .claudia/trash/fix-*/session .claudia/sessions/fix") }
            try box.ok("up", "--detach")
            try box.untilRemoved("fix")
            #expect(try box.sh("ls -d .claudia/trash/fix-* | wc -l").contains("1"))
            #expect(!exists("\(box.root)/.git/worktrees/fix"))
            try box.ok("restore", "fix")
            #expect(text(of: "\(box.worktree("fix"))/new.txt") == "mine\n")
            #expect(text(of: "\(box.worktree("fix"))/x.ignored") == "kept\n")
            #expect(box.log("fix").contains("ready"))
            #expect(try box.status("fix")?.phase == .parked)
        }
    }

    @Test func `the folder of a session that was removed alone is put back`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: "echo ready; while read x; do echo got $x; done")
            try box.untilPrinted("ready", "fix")
            try box.wait("fix", "running")
            // A second time for what was written while the first one went through the folder.
            try box.sh("rm -rf .claudia/sessions/fix || rm -rf .claudia/sessions/fix")
            try box.untilPrinted("ready", "fix")
            try box.ok("send", "fix", "hello")
            try box.untilPrinted("got hello", "fix")
        }
    }

    @Test func `hooks and settings come back after a wipe that no supervisor saw`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try write("{\"trash_days\": 99}\n", to: "\(box.root)/.claudia/config.json")
            try write("#!/bin/sh\n", to: "\(box.root)/.claudia/hooks/blocked", mode: 0o755)
            try box.until("both are kept") {
                exists("\(box.root)/.git/claudia/hooks/blocked")
                    && exists("\(box.root)/.git/claudia/config.json")
                    ? true : nil
            }
            try box.ok("down")
            try box.sh("git clean -fdxq")
            try box.ok("new", "fix", "--", "sh", "-c", "read x")
            try box.until("both are back") {
                exists("\(box.root)/.claudia/hooks/blocked") && exists("\(box.root)/.claudia/config.json")
                    ? true : nil
            }
            #expect(text(of: "\(box.root)/.claudia/config.json") == "{\"trash_days\": 99}\n")
        }
    }

    @Test func `no agent is started beside what a dead keeper left behind`() throws {
        try Sandbox.with(environment: ["CLAUDIA_CGROUP": "0"]) { box in
            try box.ok("up", "--detach")
            try box.make(
                "deaf", shell: "trap '' TERM HUP; echo ready $$; while :; do read -t 9 x <> <(:); done")
            try box.untilPrinted("ready", "deaf")
            try box.wait("deaf", "running")
            let status = try #require(try box.status("deaf"))
            let agent = try #require(status.agentPID)
            try ProcessHandle(try #require(status.keeperPID)).send(SIGKILL)
            try box.wait("deaf", "interrupted")
            try box.ok("resume", "deaf")
            #expect(try box.status("deaf")?.agentPID != agent)
            #expect(!box.processes(ofSession: status.id).contains(agent))
        }
    }
}
