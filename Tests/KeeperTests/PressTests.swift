import KeeperProtocol
import Testing

/// Keys that are pressed on the very screen that was read for them, or not at all.
@Suite struct PressTests {
    /// Prints what it reads, as numbers, without echo; the line `quiet` makes it silent for good.
    private static let agent = """
        stty -echo -icanon min 1; printf 'ready'
        python3 -c '
        import os, sys
        while True:
            data = os.read(0, 100)
            if data == b"q": continue
            os.write(1, b"<" + data.hex().encode() + b">")
        '
        """

    private func session() throws -> KeptSession {
        let session = try KeptSession(["sh", "-c", Self.agent])
        try session.untilPrinted("ready")
        return session
    }

    private func press(_ bytes: [UInt8], at offset: Int64, _ session: KeptSession) throws -> Bool {
        try session.send(.press(bytes, at: offset))
        return try session.report("whether it was pressed") {
            if case .pressed(offset, let isDone) = $0 { isDone } else { nil }
        }
    }

    @Test func `a key is pressed at the end of the log, and no second one before that moves`() throws {
        let session = try session()
        let end = try session.state().logOffset
        #expect(try !press([0x31], at: end - 1, session))
        #expect(try !press([0x31], at: end + 1, session))
        #expect(try press([0x31], at: end, session))
        #expect(try !press([0x31], at: end, session))
        try session.untilPrinted("<31>")
        let next = try session.state().logOffset
        #expect(try press([0x32], at: next, session))
        try session.untilPrinted("<32>")
        #expect(try session.log() == "ready<31><32>")
    }

    @Test func `no key is pressed where somebody else typed and got no answer yet`() throws {
        let session = try session()
        let end = try session.state().logOffset
        try session.send(.type([0x71]))
        #expect(try !press([0x31], at: end, session))
        // A program that has read it and prints nothing for two seconds has answered.
        try session.send(.tellWhenQuiet(ms: 2_100))
        try session.report("quiet") { if case .quiet = $0 { () } else { nil } }
        #expect(try press([0x31], at: end, session))
        try session.untilPrinted("<31>")
    }

    @Test func `no key is pressed while the program is frozen, or hasn't read what was typed before`() throws
    {
        let session = try session()
        let end = try session.state().logOffset
        try session.send(.freeze)
        #expect(try !press([0x31], at: end, session))
        try session.send(.type([0x32]))
        try session.send(.tellWhenQuiet(ms: 2_100))
        try session.report("quiet") { if case .quiet = $0 { () } else { nil } }
        #expect(try !press([0x31], at: end, session))
        try session.send(.thaw)
        try session.untilPrinted("<32>")
        #expect(try session.log() == "ready<32>")
    }

    @Test func `a key for a screen that a program is just changing is not pressed`() throws {
        let session = try KeptSession(["sh", "-c", "stty -echo; printf ready; read x; printf more; read x"])
        try session.untilPrinted("ready")
        let end = try session.state().logOffset
        try session.send(.type([0x0A]))
        try session.untilPrinted("more")
        #expect(try !press([0x0A], at: end, session))
    }
}
