import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `As a service` {
    private let listener = """
        import os, socket
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.bind(os.environ["HOME"] + "/notify")
        s.settimeout(30)
        for _ in range(2): print(s.recv(100).decode(), flush=True)
        """

    @Test func `the supervisor tells systemd when it is ready and when it ends, and agents don't`() throws {
        try Sandbox.with { box in
            let manager = try box.start(["python3", "-c", listener])
            try box.until("the socket") { exists("\(box.home)/notify") ? true : nil }
            box.environment["NOTIFY_SOCKET"] = "\(box.home)/notify"
            let up = try box.start([try Sandbox.program(), "up"])
            try box.until("it is up") { try? box.supervisor().pid }
            try box.make("fix", shell: "env; echo ready; read x")
            try box.untilPrinted("ready", "fix")
            #expect(!box.log("fix").contains("NOTIFY_SOCKET"))
            try up.process.send(SIGTERM)
            #expect(try up.ending().code == 0)
            #expect(try manager.ending().out == "READY=1\nSTOPPING=1\n")
            // As with KillMode=process.
            #expect(!box.processes(ofSession: try #require(try box.status("fix")?.id)).isEmpty)
            box.environment["NOTIFY_SOCKET"] = nil
        }
    }

    @Test func `systemd takes the unit as it is`() throws {
        let unit = "\(try repository())/scripts/claudia@.service"
        let verifier = "/usr/bin/systemd-analyze"
        guard access(verifier, X_OK) == 0 else { return }
        try Sandbox.with { box in
            box.environment["XDG_RUNTIME_DIR"] = box.home
            try box.sh("mkdir -p .local/bin; cp bin/claude .local/bin/claudia", in: box.home)
            // The folder /tmp stands for the repository.
            try box.sh("cp '\(unit)' claudia@tmp.service", in: box.home)
            let verdict = try box.start([verifier, "--user", "verify", "\(box.home)/claudia@tmp.service"])
                .ending()
            #expect(verdict.code == 0 && verdict.err == "", "\(verdict.told)")
        }
    }

    /// The root of this package, from where its tests were built.
    private func repository() throws -> String {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/")
    }
}
