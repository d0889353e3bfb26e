internal import Glibc
internal import Linux
internal import Store

/// Whether claudia's folders are private, and their file system can do what claudia needs.
enum FolderChecks {
    /// Free bytes below which an agent's next build may fill the disk.
    private static let freeLeast: Int64 = 1_000_000_000

    /// The folders of a repository.
    static func findings(_ place: Place) -> [Finding] {
        let paths = [
            "\(place.root)/\(FileNames.publicFolder)", "\(place.commonDirectory)/\(FileNames.privateFolder)",
        ]
        return paths.flatMap { path in
            let name = path == paths[0] ? FileNames.publicFolder : ".git/\(FileNames.privateFolder)"
            guard let folder = try? Folder(at: path) else {
                return [
                    Finding(
                        "folder \(name)", .note, "'\(path)' is not there yet; the first session makes it.")
                ]
            }
            return [permissions(folder, name, path), fileSystem(folder, name, path)]
                + abilities(folder, name, path)
        }
    }

    private static func permissions(_ folder: borrowing Folder, _ name: String, _ path: String) -> Finding {
        let check = "folder \(name)"
        guard let status = try? folder.descriptor.status() else {
            return Finding(check, .wrong, "'\(path)' can't be looked at.")
        }
        guard status.owner == geteuid() else {
            return Finding(
                check, .wrong, "'\(path)' belongs to user \(status.owner), not to you.",
                hint: "Work as that user, or give it to yours: 'chown -R'.")
        }
        guard status.permissions & 0o077 == 0 else {
            return Finding(
                check, .wrong,
                "'\(path)' can be read by other users (mode \(String(status.permissions, radix: 8))).",
                hint: "'chmod 700 \(path)'.")
        }
        return Finding(check, .ok, path)
    }

    private static func fileSystem(_ folder: borrowing Folder, _ name: String, _ path: String) -> Finding {
        let check = "disk of \(name)"
        guard let system = try? folder.fileSystem() else {
            return Finding(check, .note, "can't be looked at")
        }
        let free = "\(system.name), \(Wording.bytes(system.freeBytes)) free"
        guard system.freeBytes >= freeLeast else {
            return Finding(
                check, .wrong, free,
                hint: "Make room: 'claudia ls' and .claudia/trash show what claudia holds.")
        }
        guard !system.isShared else {
            return Finding(
                check, .wrong, "\(free): a network file system, of whose changes by others nobody is told.",
                hint: "Keep the repository on a disk of this machine.")
        }
        return Finding(check, .ok, free)
    }

    /// Tries inotify, leases and locks on a file of our own.
    private static func abilities(_ folder: borrowing Folder, _ name: String, _ path: String) -> [Finding] {
        let file = ".doctor-\(getpid())"
        defer { try? folder.remove(file) }
        do {
            let inotify = try Inotify()
            _ = try inotify.watch(folder, [.created])
            let made = try folder.open(file, O_RDWR | O_CREAT | O_EXCL)
            let tells = try inotify.events().contains { $0.name == file }
            let lease = FileLease.takeWrite(made)
            if lease == .granted { FileLease.give(made) }
            let lock = try FileLock(made)
            let locks = lock != nil
            return [
                ability("inotify in \(name)", tells, "Edits would not be seen."),
                ability("leases in \(name)", lease == .granted, "Empty session files can't be filled in."),
                ability("locks in \(name)", locks, "Two supervisors could run at once."),
            ]
        } catch {
            let failure = CommandError(describing: error)
            return [Finding("files in \(name)", .wrong, failure.sentence, hint: failure.hint)]
        }
    }

    private static func ability(_ check: String, _ works: Bool, _ otherwise: String) -> Finding {
        works
            ? Finding(check, .ok, "work")
            : Finding(
                check, .wrong, "don't work on this file system. \(otherwise)",
                hint: "Keep the repository on a disk of this machine (ext4, xfs, btrfs).")
    }
}
