import Glibc
import KeeperProtocol
import Linux
import Testing

@Suite struct EndingTests {
    @Test func `an agent's exit code stands in exit json and its keeper leaves`() throws {
        let session = try KeptSession(["sh", "-c", "read x; echo bye; exit 7"])
        try session.send(.type([0x0A]))
        let ending = try session.ended()
        #expect(ending.code == 7)
        #expect(ending.signal == nil)
        #expect(try session.untilGone() == 0)
        #expect(try session.log() == "\r\nbye\r\n")
        let text = String(decoding: try session.open.read("exit.json", most: 4096), as: UTF8.self)
        #expect(text.hasPrefix("{\"at\":\"20"))
        #expect(text.hasSuffix("\"code\":7,\"signal\":null}\n"))
        #expect(try session.hidden.read("exit.json", most: 4096) == Array(text.utf8))
        #expect(try session.hidden.status("keeper.sock") == nil)
    }

    @Test func `an agent's signal stands in exit json by its name`() throws {
        let session = try KeptSession(["sh", "-c", "read x; kill -KILL $$"])
        try session.send(.type([0x0A]))
        #expect(try session.ended().signal == SIGKILL)
        try session.untilGone()
        let text = String(decoding: try session.open.read("exit.json", most: 4096), as: UTF8.self)
        #expect(text.hasSuffix("\"code\":null,\"signal\":\"SIGKILL\"}\n"))
    }
}
