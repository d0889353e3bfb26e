import FoundationEssentials
import Glibc
import Lifecycle
import Linux
import SessionModel
import Testing

@Suite struct `Setting worktrees up` {
    private func set(_ setup: [String], teardown: [String] = [], _ box: Sandbox) throws {
        try box.ok("up", "--detach")
        try writeSettings(setup, teardown, box)
        try box.until("the change is told") { try box.events().last { $0.type == .configChanged } }
    }

    private func writeSettings(_ setup: [String], _ teardown: [String], _ box: Sandbox) throws {
        func list(_ scripts: [String]) -> String {
            scripts.map { "[\"sh\", \"-c\", \"\($0)\"]" }.joined(separator: ", ")
        }
        try write(
            "{\"worktrees\": {\"setup\": [\(list(setup))], \"teardown\": [\(list(teardown))]}}\n",
            to: "\(box.root)/.claudia/config.json")
    }

    @Test func `commands run in the new worktree before the agent, one after another, in its terminal`()
        throws
    {
        try Sandbox.with { box in
            try box.sh("mkfifo go", in: box.home)
            try set(
                [
                    "pwd > $HOME/place; echo first; tty > tty.ignored",
                    "cat tty.ignored; echo second; read x < $HOME/go",
                ],
                box)
            try box.make(
                "fix", shell: "cat ../tty.ignored; echo third; read x; echo got $x; read y",
                "\"working_directory\": \"folder\", \"prompts\": [\"later\"]")
            try box.untilPrinted("second", "fix")
            let status = try box.until("the reason") { () -> SessionStatus? in
                let status = try box.status("fix")
                return status?.reason?.contains("(2 of 2)") == true ? status : nil
            }
            #expect(status.phase == .starting && status.reason?.contains("read x") == true, "\(status)")
            #expect(text(of: "\(box.home)/place") == "\(box.worktree("fix"))\n")
            // What is put in meanwhile is meant for the agent.
            try box.sh("echo early >> .claudia/sessions/fix/input")
            // So are prompts, however long it takes.
            try box.pause(ms: Int(Patience.turnQuietMs) + 500)
            #expect(try box.status("fix")?.promptsSent == [])
            // Frozen and thawed as an agent is; a supervisor that comes goes on with it.
            try box.ok("pause", "fix")
            try box.killSupervisor()
            try box.ok("up", "--detach")
            #expect(try box.status("fix")?.phase == .paused)
            try box.ok("set", "fix", "state=running")
            try box.wait("fix", "starting")
            try box.sh("echo > go", in: box.home)
            try box.wait("fix", "running")
            try box.untilPrinted("third", "fix")
            try box.untilPrinted("got later", "fix")
            let log = box.log("fix")
            let words = ["first", "/dev/", "second", "third"]
            #expect(words.allSatisfy(log.contains) && !log.contains("early"), "\(log)")
            // Only once.
            try box.ok("park", "fix")
            try box.ok("resume", "fix")
            #expect(box.log("fix").components(separatedBy: "first").count == 2)
        }
    }

    @Test func `a command that fails fails the session with its code, and touch goes on there`() throws {
        try Sandbox.with { box in
            try set(["echo once >> count.ignored", "echo cross; test -e $HOME/mended || exit 7"], box)
            try box.make("fix", shell: "cat count.ignored; echo agent; read x")
            try box.wait("fix", "failed")
            let status = try #require(try box.status("fix"))
            #expect(
                status.reason?.contains("exited with code 7; 'claudia output fix' shows") == true, "\(status)"
            )
            #expect(status.exit?.code == 7)
            #expect(box.log("fix").contains("cross") && !box.log("fix").contains("agent"))
            try write("", to: "\(box.home)/mended")
            try box.sh("touch .claudia/sessions/fix.json")
            try box.wait("fix", "running")
            try box.untilPrinted("agent", "fix")
            #expect(box.log("fix").components(separatedBy: "once").count == 2)
            try write(
                "{\"worktrees\": {\"setup\": [[\"no-such-program\"]]}}\n",
                to: "\(box.root)/.claudia/config.json")
            try box.until("the change is told") {
                try box.events().filter { $0.type == .configChanged }.count == 2 ? true : nil
            }
            try box.make("other", shell: "read x")
            try box.wait("other", "failed")
            let reason = try box.status("other")?.reason ?? ""
            #expect(reason.contains("set-up command “no-such-program” can't be started"), "\(reason)")
        }
    }

    @Test func `tear-down runs before the worktree goes, and its failure loses nothing`() throws {
        try Sandbox.with { box in
            try set(
                [], teardown: ["exit 3", "cat new.txt key.ignored > $HOME/torn; ls -d .git; read x"], box)
            try box.make("fix", shell: "echo ready; read x")
            try box.untilPrinted("ready", "fix")
            try box.sh("echo new > new.txt; echo secret > key.ignored", in: box.worktree("fix"))
            try box.sh("rm .claudia/sessions/fix.json")
            try box.until("the second command waits") {
                text(of: "\(box.home)/torn") == "new\nsecret\n" ? true : nil
            }
            let status = try box.until("the reason") { () -> SessionStatus? in
                let status = try box.status("fix")
                return status?.reason?.contains("torn down") == true ? status : nil
            }
            #expect(status.phase == .terminated && status.reason?.contains("read x") == true, "\(status)")
            // A supervisor that is killed meanwhile changes nothing.
            try box.killSupervisor()
            try box.ok("up", "--detach")
            try box.until("the command is known") { try box.status("fix")?.agentPID }
            let pid = try #require(try box.status("fix")?.agentPID)
            try ProcessHandle(pid).send(SIGKILL)
            try box.untilRemoved("fix")
            let told = try box.events().filter { $0.type == .error }.map { "\($0.data["message"] ?? .null)" }
            #expect(told.contains { $0.contains("exited with code 3. The removal goes on.") }, "\(told)")
            #expect(told.contains { $0.contains("was ended by SIGKILL") }, "\(told)")
            try box.ok("restore", "fix")
            #expect(text(of: box.worktree("fix") + "/key.ignored") == "secret\n")
            #expect(text(of: box.worktree("fix") + "/new.txt") == "new\n")
        }
    }

    @Test func `what Git brings sets nothing up until it is trusted`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.ok("down")
            try writeSettings(["touch $HOME/set-up"], ["touch $HOME/torn-down"], box)
            try box.sh("git add --force .claudia/config.json; git commit --quiet -m settings")
            try write(
                "#!/bin/sh\ntouch $HOME/hooked\n", to: "\(box.root)/.git/hooks/post-checkout", mode: 0o755)
            try box.ok("up", "--detach")
            try box.make("before", shell: "read x")
            try box.wait("before", "running")
            try box.ok("rm", "before")
            for name in ["set-up", "torn-down", "hooked"] {
                #expect(!exists("\(box.home)/\(name)"), "\(name)")
            }
            let doctor = try box.claudia("doctor").out
            #expect(doctor.contains("/.git/hooks/post-checkout isn't run in new worktrees"), "\(doctor)")
            let shown = try box.claudia("trust").out
            for line in ["setup     sh -c 'touch $HOME/set-up'", "teardown  sh -c", "| touch $HOME/hooked"] {
                #expect(shown.contains(line), "\(line)\n\(shown)")
            }
            try box.ok("trust", "--yes")
            try box.until("the settings count") { try box.events().last { $0.type == .configChanged } }
            try box.make("after", shell: "read x")
            try box.wait("after", "running")
            try box.ok("rm", "after")
            for name in ["set-up", "torn-down", "hooked"] {
                #expect(exists("\(box.home)/\(name)"), "\(name)")
            }
            // Changed since, it isn't what was trusted.
            try write(
                "#!/bin/sh\ntouch $HOME/evil\n", to: "\(box.root)/.git/hooks/post-checkout", mode: 0o755)
            try box.make("later", shell: "read x")
            try box.wait("later", "running")
            #expect(!exists("\(box.home)/evil"))
        }
    }

    @Test func `what .worktreeinclude names of ignored files is in the new worktree`() throws {
        try Sandbox.with { box in
            try box.sh(
                """
                printf '.env*\\n/node_modules/\\n*.pem\\n!public.pem\\nfile.txt\\nlink\\ndraft\\n' > .worktreeinclude
                printf '.env*\\nnode_modules\\n*.pem\\nlink\\n' >> .gitignore
                git add --all; git commit --quiet -m include
                echo SECRET=1 > .env; chmod 600 .env; echo deep > folder/.env.local
                mkdir -p node_modules/a folder/node_modules; echo js > node_modules/a/run; chmod 755 node_modules/a/run
                echo no > folder/node_modules/x; echo key > key.pem; echo no > public.pem; ln -s /etc/passwd link
                echo changed > file.txt; echo unfinished > draft
                """)
            try box.ok("up", "--detach")
            try box.make("fix", shell: "read x")
            try box.wait("fix", "running")
            let made = box.worktree("fix")
            let list = try box.sh(
                "git ls-files --others | sort; stat -c '%a %n' .env node_modules/a/run; cat .env file.txt",
                in: made)
            #expect(
                list == """
                    .env
                    folder/.env.local
                    key.pem
                    link
                    node_modules/a/run
                    600 .env
                    755 node_modules/a/run
                    SECRET=1
                    one
                    two

                    """, "\(list)")
            #expect(target(of: "\(made)/link") == "/etc/passwd")
            #expect(try box.sh("git status --porcelain", in: made) == "")
            #expect(try box.status("fix")?.reason == nil)
        }
    }
}
