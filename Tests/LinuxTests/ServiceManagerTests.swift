import Glibc
import Linux
import Testing

@Suite struct ServiceManagerTests {
    /// A datagram socket as systemd has it, by a path or an abstract name.
    private func listen(at name: String) throws -> Descriptor {
        let socket = Descriptor(adopting: socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8)
        if name.hasPrefix("@") { bytes[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket.number, $0, length) }
        }
        try #require(bound == 0)
        return socket
    }

    @Test(arguments: ["/tmp/claudia-notify-\(getpid())", "@claudia-notify-\(getpid())"])
    func `a service tells its manager, by either kind of name`(_ name: String) throws {
        let socket = try listen(at: name)
        defer { unlink(name) }
        try ServiceManager.notify("READY=1", at: name)
        try ServiceManager.notify("STOPPING=1", at: name)
        #expect(String(decoding: try #require(try socket.read(most: 100)), as: UTF8.self) == "READY=1")
        #expect(String(decoding: try #require(try socket.read(most: 100)), as: UTF8.self) == "STOPPING=1")
    }

    @Test(arguments: ["", "relative", "/" + String(repeating: "x", count: 108), "/tmp/claudia-nobody"])
    func `a name that is none, or nobody's, is an error and nothing else`(_ name: String) {
        #expect(throws: SystemError.self) { try ServiceManager.notify("READY=1", at: name) }
    }
}
