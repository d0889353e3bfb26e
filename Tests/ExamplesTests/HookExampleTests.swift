import Linux
import Testing

/// The hooks of Sessions.example, run by the real supervisor.
@Suite(.timeLimit(.minutes(3))) struct HookExampleTests {
    /// Tells of itself by the Program Status Protocol: asks, then has done its turn, then ends.
    private static let agent = #"""
        osc() { printf '\033]7501;%s\033\\' "$1"; }
        osc 'state=working'; sleep 0.3
        osc 'state=blocked:kind=permission:msg=YXBwcm92ZSAibHMi'; read x
        osc 'state=working'; echo new >new.txt; sleep 0.3; osc 'state=done'; read x
        """#

    private func start(_ sample: SampleRepository) throws {
        try sample.run("cp '\(Examples.folder)'/hooks/* .claudia/hooks/")
        try sample.run(
            """
            cat >../agent <<'END'
            \(Self.agent)
            END
            claudia new one -- sh ../../../../agent
            """)
    }

    @Test func `a question and the end of a turn are told, and what is asked as it was said`() throws {
        let sample = try SampleRepository()
        try start(sample)
        #expect(try sample.notification() == "--urgency=critical claudia one asks: approve \\\"ls\\\"\n")
        try sample.run("claudia send one go")
        #expect(try sample.notification() == "claudia one is done; files that aren't committed: 1.\n")
    }

    @Test func `where no desktop takes it, the terminals ring and are told nothing else`() throws {
        let sample = try SampleRepository()
        try sample.run("printf '#!/bin/sh\\nexit 1\\n' >../bin/notify-send")
        let terminal = try PseudoTerminal(size: .unattached)
        let slave = try terminal.openSlave()
        try sample.run(
            "printf '#!/bin/sh\\necho tester \(terminal.slavePath.dropFirst(5))\\n' >../bin/who; chmod +x ../bin/who"
        )
        try start(sample)
        try SampleRepository.wait(for: terminal.master.number, "the bell")
        #expect(try terminal.master.read(most: 100) == [7])
        _ = consume slave
    }

    @Test func `an event is posted to the address in the file, which stands in no program's arguments`()
        throws
    {
        let sample = try SampleRepository()
        // Takes one request, notes it and who could see what, and answers.
        try sample.run(
            #"""
            cat >../listen.py <<'END'
            import glob, http.server, os
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_POST(self):
                    body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                    seen = b"".join(open(p, "rb").read() for p in glob.glob("/proc/[0-9]*/cmdline") if os.path.exists(p))
                    self.send_response(200); self.end_headers()
                    with open(os.environ["TOLD"], "w") as told:
                        told.write(f"{self.path} {self.headers['Content-Type']} {b'hunter2' in seen}\n{body}\n")
                def log_message(self, *a): pass
            server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
            with open("port", "w") as f: f.write(f"{server.server_port}\n")
            server.handle_request()
            END
            cd .. && mkfifo port && { python3 listen.py </dev/null >/dev/null 2>&1 & }
            read -r port <port
            echo "http://127.0.0.1:$port/hunter2" >repository/.claudia/webhook
            """#)
        try start(sample)
        try sample.run("cd .claudia/hooks && rm blocked turn_done status_changed")
        try sample.run("claudia wait one running --timeout 60; claudia rm one")
        let told = try sample.notification()
        #expect(told.hasPrefix("/hunter2 application/json False\n{"))
        #expect(told.contains(#""session":"one""#) && told.contains(#""type":"session_terminated""#))
    }
}
