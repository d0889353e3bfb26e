internal import CLinux
internal import Glibc

/// A control group of this process's own making, in whatever cgroup2 is mounted, cgroups(7).
public struct ControlGroup: ~Copyable {
    private let parent: Folder
    private let folder: Folder
    private let name: String

    /// Makes the group `name` below this process's own; nil where that can't be done.
    ///
    /// That is so without a mounted cgroup2, without the right to write there, or before Linux 5.2, which has
    /// no `cgroup.freeze`. A group of that name which an earlier process left empty is used again.
    public init?(_ name: String) {
        guard let path = ControlGroup.ownFolder(), let made = ControlGroup.make(name, in: path),
            let parent = try? Folder(at: path), let folder = try? parent.folder(made)
        else { return nil }
        self.parent = parent
        self.folder = folder
        self.name = made
    }

    /// Moves a process, with all its threads, into the group; ESRCH when it has ended.
    ///
    /// Takes the kernel some 10 ms, in which no process of the machine can fork (cgroup_threadgroup_rwsem).
    public borrowing func add(_ pid: Int32) throws(SystemError) {
        try ControlGroup.write("\(pid)", folder, "cgroup.procs")
    }

    /// The processes in the group.
    public borrowing func members() throws(SystemError) -> Set<Int32> {
        let text = try folder.open("cgroup.procs", O_RDONLY).readToEnd(most: 1 << 20)
        return Set(text.split(separator: 0x0A).compactMap { Int32(String(decoding: $0, as: UTF8.self)) })
    }

    /// Stops all processes of the group at once, or lets them go on.
    ///
    /// Waits until it is so, at most `patienceMs`: a process deep in the kernel is stopped when it comes out.
    public borrowing func freeze(_ frozen: Bool, patienceMs: CInt = 20) throws(SystemError) {
        try ControlGroup.write(frozen ? "1" : "0", folder, "cgroup.freeze")
        let events = try folder.open("cgroup.events", O_RDONLY)
        let wanted = Array("frozen \(frozen ? 1 : 0)".utf8)
        let deadline = Clock.bootNs + Int64(patienceMs) * 1_000_000
        while let text = try? events.read(at: 0, most: 256),
            !text.split(separator: 0x0A).contains(where: { $0.elementsEqual(wanted) })
        {
            let left = (deadline - Clock.bootNs) / 1_000_000
            guard left > 0, clinux_wait_changed(events.number, CInt(left)) > 0 else { return }
        }
    }

    /// Sends SIGKILL to all processes of the group; ENOENT before Linux 5.14.
    public borrowing func kill() throws(SystemError) { try ControlGroup.write("1", folder, "cgroup.kill") }

    /// Removes the group; EBUSY while a process is in it.
    public borrowing func remove() throws(SystemError) { try parent.removeFolder(name) }

    private static func write(_ text: String, _ folder: borrowing Folder, _ file: String) throws(SystemError)
    {
        try folder.open(file, O_WRONLY).writeAll(Array(text.utf8))
    }

    private static func make(_ name: String, in path: String) -> String? {
        for candidate in [name, "\(name)-\(getpid())"] {
            let folder = "\(path)/\(candidate)"
            _ = rmdir(folder)
            guard mkdir(folder, 0o755) == 0 else { continue }
            if access("\(folder)/cgroup.freeze", W_OK) == 0 { return candidate }
            _ = rmdir(folder)
        }
        return nil
    }

    /// Where this process's own group lies; nil without a cgroup2.
    private static func ownFolder() -> String? {
        guard let mounts = ProcessTable.contents("/proc/self/mountinfo", most: 1 << 20),
            let groups = ProcessTable.contents("/proc/self/cgroup", most: 1 << 16)
        else { return nil }
        return ownFolder(
            mounts: String(decoding: mounts, as: UTF8.self), groups: String(decoding: groups, as: UTF8.self))
    }

    /// The same, from the texts of /proc/self/mountinfo and /proc/self/cgroup, proc(5).
    static func ownFolder(mounts: String, groups: String) -> String? {
        guard let line = groups.split(separator: "\n").first(where: { $0.hasPrefix("0::") }) else {
            return nil
        }
        let group = line.dropFirst(3)
        for mount in mounts.split(separator: "\n") {
            let fields = mount.split(separator: " ")
            guard let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count,
                fields[dash + 1] == "cgroup2",
                fields.count > 4
            else { continue }
            let root = fields[3] == "/" ? "" : fields[3]
            guard group == root || group.hasPrefix(root + "/") else { continue }
            return unescaped(fields[4]) + group.dropFirst(root.count)
        }
        return nil
    }

    /// Undoes mountinfo's octal escapes of blanks and backslashes.
    private static func unescaped(_ text: Substring) -> String {
        var (bytes, rest) = ([UInt8](), Array(text.utf8)[...])
        while let byte = rest.popFirst() {
            if byte == 0x5C, rest.count >= 3,
                let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
            {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
