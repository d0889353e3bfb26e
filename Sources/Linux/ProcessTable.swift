internal import Glibc

/// What /proc tells of processes, proc(5).
public enum ProcessTable {
    /// One line of /proc/PID/stat.
    public struct Entry: Equatable, Sendable {
        /// The process.
        public let pid: Int32
        /// Its parent.
        public let parent: Int32
        /// R, S, D, Z, T (stopped) and so on.
        public let state: Character
        /// When it started, in clock ticks since boot: with the boot's id it names a process for ever.
        public let startTicks: UInt64
        /// User and system time used, in clock ticks.
        public let cpuTicks: UInt64
        /// Resident memory in pages.
        public let residentPages: UInt64
    }

    /// The kernel's id of this boot.
    public static func bootID() -> String {
        guard let bytes = contents("/proc/sys/kernel/random/boot_id", most: 64) else { return "" }
        return String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
    }

    /// The process `pid`; nil when there is none.
    public static func entry(_ pid: Int32) -> Entry? {
        let number = open("/proc/\(pid)/stat", O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return nil }
        // One read gives the whole line; a second one would only say that it was all.
        guard let bytes = try? Descriptor(adopting: number).read(most: 4096),
            // The name, in parentheses, may itself hold spaces and parentheses.
            let close = bytes.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let fields = bytes[(close + 1)...].split(separator: 0x20, maxSplits: 22)
        // Field 3 of proc(5) is fields[0].
        guard fields.count > 21, let state = fields[0].first, let parent = decimal(fields[1]),
            let user = decimal(fields[11]), let system = decimal(fields[12]),
            let start = decimal(fields[19]), let resident = decimal(fields[21])
        else { return nil }
        return Entry(
            pid: pid, parent: Int32(truncatingIfNeeded: parent), state: Character(UnicodeScalar(state)),
            startTicks: start, cpuTicks: user + system, residentPages: resident)
    }

    /// The number that decimal digits write; nil where anything else stands.
    private static func decimal(_ digits: ArraySlice<UInt8>) -> UInt64? {
        guard (1...19).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return digits.reduce(0) { $0 * 10 + UInt64($1 & 0x0F) }
    }

    /// What the process `pid` is called, at most 15 bytes; nil when there is none.
    public static func name(_ pid: Int32) -> String? {
        contents("/proc/\(pid)/comm", most: 64).map {
            String(decoding: $0.prefix { $0 != 0x0A }, as: UTF8.self)
        }
    }

    /// All processes.
    public static func all() -> [Entry] {
        guard let proc = try? Folder(at: "/proc"), let names = try? proc.names() else { return [] }
        return names.compactMap { Int32($0) }.compactMap { entry($0) }
    }

    /// The descendants of `root` without itself, each parent before its children; zombies left out.
    ///
    /// Asks /proc/PID/task/TID/children (CONFIG_PROC_CHILDREN), or, where a kernel lacks it, reads all of
    /// /proc.
    public static func descendants(of root: Int32) -> [Entry] {
        guard contents("/proc/\(root)/task/\(root)/children", most: 1) != nil else {
            return descendants(of: root, among: all())
        }
        var found: [Entry] = []
        var next = children(of: root)
        while let entry = next.popLast() {
            found.append(entry)
            next += children(of: entry.pid)
        }
        return found.filter { $0.state != "Z" }
    }

    /// The same from all of /proc, which takes longer and misses none that stays.
    ///
    /// `children` may leave out a process whose sibling ends while it is read (proc(5)).
    public static func allDescendants(of root: Int32) -> [Entry] { descendants(of: root, among: all()) }

    /// The descendants of `root` among `entries`.
    static func descendants(of root: Int32, among entries: [Entry]) -> [Entry] {
        let byParent = Dictionary(grouping: entries, by: \.parent)
        var found: [Entry] = []
        var next = byParent[root] ?? []
        while let entry = next.popLast() {
            found.append(entry)
            next += byParent[entry.pid] ?? []
        }
        return found.filter { $0.state != "Z" }
    }

    /// The environment that the process `pid` was started with; nil when it may not be read.
    public static func environment(_ pid: Int32) -> [String]? {
        contents("/proc/\(pid)/environ", most: 1 << 20)?.split(separator: 0)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private static func children(of pid: Int32) -> [Entry] {
        guard let tasks = try? Folder(at: "/proc/\(pid)/task"), let threads = try? tasks.names() else {
            return []
        }
        return threads.flatMap { thread in
            (contents("/proc/\(pid)/task/\(thread)/children", most: 1 << 20) ?? [])
                .split(separator: 0x20)
                .compactMap { Int32(String(decoding: $0, as: UTF8.self)) }
        }.compactMap { entry($0) }
    }

    /// At most the first `most` bytes of a file of /proc; nil when it can't be opened or read.
    static func contents(_ path: String, most: Int) -> [UInt8]? {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return nil }
        let file = Descriptor(adopting: number)
        var all: [UInt8] = []
        while all.count < most {
            guard let part = try? file.read(most: min(65_536, most - all.count)) else { return nil }
            if part.isEmpty { break }
            all += part
        }
        return all
    }
}
