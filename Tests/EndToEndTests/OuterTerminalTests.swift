import Glibc
import Linux
import SessionModel
import Testing

/// What agents tell of themselves, passed on to the terminal in which a person looks on.
@Suite struct OuterTerminalTests {
    /// A terminal in which a program runs, and which answers what it is asked.
    private final class Outer {
        private let terminal: PseudoTerminal
        private let slave: Descriptor
        let process: ProcessHandle
        private let box: Sandbox
        /// All that was written to it, less carriage returns.
        private(set) var shown = ""

        /// What `claudia` with these arguments writes is shown; with `redirection` the shell puts it elsewhere.
        init(_ box: Sandbox, _ arguments: [String], redirection: String = "") throws {
            self.box = box
            terminal = try PseudoTerminal(size: .unattached)
            slave = try terminal.openSlave()
            let program = try Sandbox.program()
            var spawn = Spawn(
                ["sh", "-c", "exec \"$@\" \(redirection)", "sh", program] + arguments,
                environment: box.environment)
            spawn.folder = box.root
            spawn.terminal = terminal.slavePath
            spawn.newSession = true
            process = try ProcessHandle(try spawn.start())
        }

        func type(_ text: String) throws { try terminal.master.writeAll(Array(text.utf8)) }

        /// Takes what is written until `text` stands there; what came since the last call up to its end.
        @discardableResult
        func until(_ text: String, at location: SourceLocation = #_sourceLocation) throws -> String {
            try box.until("\(text.debugDescription) in \(shown.debugDescription)", at: location) {
                try take()
                guard let end = shown.firstRange(of: text)?.upperBound else { return nil }
                defer { shown = String(shown[end...]) }
                return String(shown[..<end])
            }
        }

        func take() throws {
            while let bytes = try? terminal.master.read(most: 4096), !bytes.isEmpty {
                shown += String(decoding: bytes.filter { $0 != 0x0D }, as: UTF8.self)
            }
        }

        /// Whether keys come one by one and aren't echoed.
        var isHearing: Bool { terminal.master.terminalInput() == .bytes }

        func end(_ signal: CInt = SIGTERM) throws {
            try process.send(signal)
            try box.until("its end") {
                try take()
                return try isReadable(process.descriptor, ms: 0) ? true : nil
            }
            _ = try Ending.reap(process.pid)
        }
    }

    private static let question = "\u{1B}]7501;?\u{1B}\\"
    private static let attributes = "\u{1B}[c"
    /// A terminal that speaks the protocol, and one that doesn't.
    private static let speaks = "\u{1B}]7501;?\u{1B}\\\u{1B}[?62;22c"
    private static let isMute = "\u{1B}[?62;22c"

    private static func report(_ content: String) -> String { "\u{1B}]7501;\(content)\u{1B}\\" }

    /// Tells what it reads, as its own report.
    private static let telling = #"""
        osc() { printf '\033]7501;%s\033\\' "$1"; }
        stty -echo; osc state=idle; echo ready; while read -r x; do osc "$x"; echo "told $x"; done
        """#

    @Test func `attach passes reports on to a terminal that speaks the protocol, and to no other`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("one", shell: Self.telling)
            try box.wait("one", "idle")
            for isSpoken in [true, false] {
                let outer = try Outer(box, ["attach", "one"])
                try outer.until(Self.question + Self.attributes)
                try outer.type(isSpoken ? Self.speaks : Self.isMute)
                try outer.until("ready")
                try outer.type("state=working:progress=40\nstate=done:id=sub/1:msg=SGk=\n")
                let shown = try outer.until("told state=done:id=sub/1:msg=SGk=")
                let first = Self.report("id=one:state=working:progress=40")
                let second = Self.report("id=one/sub/1:state=done:msg=SGk=")
                #expect(shown.contains(first + "told") == isSpoken)
                #expect(shown.contains(second + "told") == isSpoken)
                #expect(shown.contains("7501") == isSpoken)
                // The answer was none of the agent's keys.
                #expect(!box.log("one").contains("22c"))
                try outer.type("\u{1C}\u{1C}")
                let rest = try outer.until("Detached from 'one'")
                #expect(rest.contains(Self.report("id=one:state=clear")) == isSpoken)
                #expect(rest.contains("7501") == isSpoken)
                try outer.end()
            }
        }
    }

    @Test func `up in a terminal that speaks the protocol shows each session as a record of its own`() throws
    {
        try Sandbox.with { box in
            let long = String(repeating: "x", count: 40)
            try box.ok("up", "--detach")
            for name in ["one", "two", long] { try box.make(name, shell: Self.telling) }
            for name in ["one", "two", long] { try box.wait(name, "idle") }
            try box.ok("send", "one", "state=working:id=sub")
            try box.untilPrinted("told", "one")
            try box.ok("down")

            // What was told before is known to the supervisor that comes.
            let outer = try Outer(box, ["up"])
            try outer.until(Self.question + Self.attributes)
            #expect(outer.isHearing)
            try outer.type(Self.speaks)
            try outer.until(Self.report("id=one:state=idle"))
            try outer.until(Self.report("id=one/sub:state=working"))
            try outer.until(Self.report("id=two:state=idle"))
            // Longer than a part of an id may be.
            try outer.until("id=" + String(repeating: "x", count: 23) + ".")
            try box.until("keys are the terminal's again") { outer.isHearing ? nil : true }

            let asking = "state=blocked:kind=permission:app=Claude Code:msg=YXBwcm92ZSBCYXNoOiBscw=="
            try box.ok("send", "two", asking)
            try outer.until(Self.report("id=two:" + asking))
            // What is over is taken back, and what goes on is told again.
            try box.ok("send", "one", "state=clear:id=sub")
            try outer.until(Self.report("id=one:state=clear") + Self.report("id=one:state=idle"))
            try box.ok("kill", "two")
            try outer.until(Self.report("id=two:state=clear"))
            try box.ok("rm", "one")
            try outer.until(Self.report("id=one:state=clear"))
            try outer.end(SIGINT)
            #expect(outer.shown.contains("state=clear"))
            #expect(!outer.shown.contains("id=two"))
        }
    }

    @Test func `up tells nothing to a terminal that speaks no protocol or is silent, nor to a file`() throws {
        try Sandbox.with { box in
            func tell(_ outer: Outer, _ number: Int) throws {
                try box.until("it runs") { exists("\(box.root)/.claudia/supervisor.json") ? true : nil }
                if number == 0 { try box.make("one", shell: Self.telling) }
                try box.wait("one", number == 0 ? "idle" : "working")
                try box.ok("send", "one", "state=working:progress=\(number)")
                try box.until("it is heard") {
                    try box.log("one").contains("told state=working:progress=\(number)\r\n")
                        && box.status("one")?.activity == .working ? true : nil
                }
                #expect(!outer.isHearing)
                try outer.end()
                #expect(!outer.shown.contains("7501"))
            }
            let mute = try Outer(box, ["up"])
            try mute.until(Self.question + Self.attributes)
            try mute.type("keys" + Self.isMute)
            try box.until("its answer is heard") { mute.isHearing ? nil : true }
            try tell(mute, 0)

            let silent = try Outer(box, ["up"])
            try silent.until(Self.question + Self.attributes)
            try box.until("its answer is given up") { silent.isHearing ? nil : true }
            // Too late to count.
            try silent.type(Self.speaks + "\n")
            try silent.until("\n")
            try tell(silent, 1)

            for (number, redirection) in [">/dev/null", "</dev/null"].enumerated() {
                try tell(try Outer(box, ["up"], redirection: redirection), number + 2)
            }
        }
    }
}
