internal import Glibc
internal import Linux

/// A keeper that runs, as /proc tells.
public struct KeeperProcess: Equatable, Sendable {
    /// The process.
    public let pid: Int32
    /// The session that it keeps, by the name of the private folder that it holds open.
    public let session: String
    /// Whether that folder is still there and holds a session's record.
    public let hasSession: Bool

    /// Every keeper that holds a folder of a session in the private or the public folder of a repository.
    ///
    /// `record` is the name of a record; processes of other users that can't be looked into are left out.
    public static func all(
        privateFolder: String, publicFolder: String, record: String
    ) -> [KeeperProcess] {
        let places = [privateFolder, publicFolder].map { "\($0)/sessions/" }
        return ProcessTable.all().compactMap { entry in
            guard entry.state != "Z", ProcessTable.name(entry.pid) == "claudia-keeper" else { return nil }
            let own = "/proc/\(entry.pid)/fd"
            let numbers = (try? Folder(at: own).names()) ?? []
            let names = numbers.compactMap { number -> Substring? in
                guard let target = linkTarget("\(own)/\(number)"),
                    let place = places.first(where: { target.hasPrefix($0) })
                else { return nil }
                return target.dropFirst(place.count).prefix { $0 != "/" && $0 != " " }
            }
            guard let name = names.first else { return nil }
            let path = "\(places[0])\(name)"
            let isHeld = numbers.contains { isSame("\(own)/\($0)", path) }
            let hasSession = isHeld && access("\(path)/\(record)", F_OK) == 0
            return KeeperProcess(pid: entry.pid, session: String(name), hasSession: hasSession)
        }
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        var (first, second) = (stat(), stat())
        return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_ino == second.st_ino
            && first.st_dev == second.st_dev
    }

    private static func linkTarget(_ path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        return count < 0
            ? nil : String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
