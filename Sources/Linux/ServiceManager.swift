internal import Glibc

/// Telling systemd how a service stands, by the protocol of sd_notify(3).
public enum ServiceManager {
    /// Sends `state`, such as `READY=1`, to the socket that `$NOTIFY_SOCKET` names.
    ///
    /// A path, or with `@` before it a name of the abstract kind. The manager may be gone: that is no failure of ours.
    public static func notify(_ state: String, at socketName: String) throws(SystemError) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(socketName.utf8)
        let isAbstract = name.first == UInt8(ascii: "@")
        guard isAbstract || name.first == UInt8(ascii: "/"),
            name.count < MemoryLayout.size(ofValue: address.sun_path)
        else { throw SystemError(EINVAL, "sendto", socketName) }
        if isAbstract { name[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { throw .last("socket") }
        let sender = Descriptor(adopting: number)
        // The name of a path ends with a zero byte, an abstract one where its length says.
        let length = MemoryLayout<sa_family_t>.size + name.count + (isAbstract ? 0 : 1)
        let bytes = Array(state.utf8)
        let sent = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(
                    sender.number, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT), $0,
                    socklen_t(length))
            }
        }
        guard sent == bytes.count else { throw .last("sendto", socketName) }
    }
}
