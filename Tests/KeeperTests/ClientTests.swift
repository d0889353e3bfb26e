import Glibc
import KeeperProtocol
import Linux
import Testing

@Suite struct ClientTests {
    private func session() throws -> KeptSession {
        let session = try KeptSession(["sh", "-c", "stty raw -echo; echo ready; exec tail -f /dev/null"])
        try session.untilPrinted("ready")
        return session
    }

    @Test func `what the terminal doesn't take holds up who typed it, and nobody else`() throws {
        let session = try session()
        let client = try KeeperLink(in: session.hidden, as: .client)
        let bytes = [UInt8](repeating: 0x61, count: 60_000)
        var sent = 0
        while sent < 60 {
            if try client.send(.type(bytes)) {
                sent += 1
                continue
            }
            var room = pollfd(fd: client.number, events: Int16(POLLOUT), revents: 0)
            guard poll(&room, 1, 1_000) > 0 else { break }
        }
        #expect(sent < 60)
        try session.send(.freeze)
        #expect(
            try session.report("frozen") { if case .state(let state) = $0 { state } else { nil } }.isFrozen)
        try session.send(.thaw)
        #expect(
            try !session.report("thawed") { if case .state(let state) = $0 { state } else { nil } }.isFrozen)
    }

    @Test func `a prompt comes from the supervisor, and never out of what could block`() throws {
        let session = try session()
        let client = try KeeperLink(in: session.hidden, as: .client)
        #expect(try client.send(.prompt(number: 1, text: "mine")))
        #expect(try client.send(.ask))
        try KeptSession.report(client, "the first state") { if case .state = $0 { () } else { nil } }
        let state = try KeptSession.report(client, "a state") {
            if case .state(let state) = $0 { state } else { nil }
        }
        #expect(state.promptsTyped == 0)
        let pipe = try Pipe()
        _ = fcntl(pipe.reading.number, F_SETFL, 0)
        try session.send(.prompt(number: 1, text: ""), passing: pipe.reading.number)
        #expect(try session.state().promptsTyped == 0)
    }
}
