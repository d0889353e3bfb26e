internal import Glibc
internal import Linux
public import SessionModel

/// Session files and `config.json`: written by people, and by claudia only as they would.
extension PublicFolder {
    /// The session files that are there.
    ///
    /// Hidden files and files without `.json` at the end are an editor's, and none.
    public borrowing func listSessions() throws(StoreError) -> SessionListing {
        var listing = SessionListing(names: [], misnamed: [])
        let suffix = FileNames.sessionFileSuffix
        for file in try calling({ () throws(SystemError) in try sessions.names() })
        where file.hasSuffix(suffix) && !file.hasPrefix(".") {
            let text = String(file.dropLast(suffix.count))
            if let name = SessionName(text) {
                listing.names.append(name)
            } else {
                let reason = SessionName.problem(in: text) ?? "can't be used"
                listing.misnamed.append(
                    .init(file: file, problem: "\(PlainText.line(file)) is no session: its name \(reason)."))
            }
        }
        listing.names.sort()
        listing.misnamed.sort { $0.file < $1.file }
        return listing
    }

    /// Sessions in the order in which their files were last written.
    public borrowing func oldestFirst(_ names: [SessionName]) -> [SessionName] {
        var timed: [(name: SessionName, ns: Int64)] = []
        for name in names {
            let status = try? sessions.status(FileNames.sessionFile(name))
            timed.append((name, status?.modifiedNs ?? .max))
        }
        return timed.sorted { ($0.ns, $0.name) < ($1.ns, $1.name) }.map(\.name)
    }

    /// Reads a session file.
    public borrowing func readSessionFile(_ name: SessionName) throws(StoreError) -> FileReading {
        try PeoplesFile.read(FileNames.sessionFile(name), in: sessions)
    }

    /// Reads `config.json`.
    public borrowing func readConfigFile() throws(StoreError) -> FileReading {
        try PeoplesFile.read(FileNames.config, in: folder)
    }

    /// Fills in an empty new session file, in place, under a lease.
    public borrowing func fillSessionFile(
        _ name: SessionName, with text: String
    ) throws(StoreError) -> FillOutcome {
        do throws(SystemError) {
            // Opening to write is an event of its own when it is closed again, so it is tried without first.
            if FileLease.takeWrite(try sessions.open(FileNames.sessionFile(name), O_RDONLY | O_NONBLOCK))
                == .busy
            {
                return .busy
            }
            let file = try sessions.open(FileNames.sessionFile(name), O_RDWR | O_NONBLOCK | O_NOCTTY)
            let before = try file.status()
            guard before.kind == .file, before.size == 0 else { return .notEmpty }
            switch FileLease.takeWrite(file) {
            case .busy: return .busy
            case .unsupported: return .notPossible
            case .granted: break
            }
            defer { FileLease.give(file) }
            // Gone from its folder: replaced or removed by somebody who didn't need it open.
            let now = try file.status()
            guard now.size == 0, now.links > 0 else { return .notEmpty }
            do throws(SystemError) {
                try file.writeAll(Array(text.utf8))
            } catch {
                try? file.truncate(to: 0)
                throw error
            }
            return .filled
        } catch {
            switch error.number {
            case ENOENT, ELOOP: return .notEmpty
            case EWOULDBLOCK: return .busy
            case EACCES, EPERM, EROFS: return .notPossible
            default: throw .system(error)
            }
        }
    }

    /// Writes a session file that must not be there yet: false when it is.
    public borrowing func createSessionFile(
        _ name: SessionName, _ bytes: [UInt8]
    ) throws(StoreError) -> Bool {
        try write(FileNames.sessionFile(name), bytes, replacing: false)
    }

    /// Replaces a session file whole, by rename, when it still holds `old`: false when it doesn't.
    ///
    /// With `keepingTime` the new file has the old one's time, so that it asks for nothing to be tried again.
    public borrowing func replaceSessionFile(
        _ name: SessionName, _ old: [UInt8], with new: [UInt8], keepingTime: Bool = false
    ) throws(StoreError) -> Bool {
        var modifiedNs: Int64?
        switch try readSessionFile(name) {
        case .content(let bytes, _, let mtimeNs) where bytes == old: if keepingTime { modifiedNs = mtimeNs }
        case .empty where old.isEmpty: break
        case .content, .empty, .missing, .beingWritten, .refused: return false
        }
        return try write(FileNames.sessionFile(name), new, modifiedNs: modifiedNs, replacing: true)
    }

    /// Keeps what a session file held under the first free name of `<name>.json.v<version>`, `….2` and so on.
    public borrowing func keepOldSessionFile(
        _ name: SessionName, _ bytes: [UInt8], version: Int
    ) throws(StoreError) -> String {
        let first = "\(FileNames.sessionFile(name)).v\(version)"
        for number in 1...99 {
            let file = number == 1 ? first : "\(first).\(number)"
            if try write(file, bytes, replacing: false) { return file }
        }
        throw .refused(first, "and 98 more of that name are kept already")
    }

    /// Sets a session file's time to now, which has it read again: false when it isn't there.
    public borrowing func touchSessionFile(_ name: SessionName) throws(StoreError) -> Bool {
        do throws(SystemError) {
            let file = try sessions.open(FileNames.sessionFile(name), O_WRONLY | O_NONBLOCK | O_NOCTTY)
            try file.setModified(nil)
            return true
        } catch {
            if error.number == ENOENT { return false }
            throw .system(error)
        }
    }

    /// Removes a session file: false when it wasn't there.
    public borrowing func removeSessionFile(_ name: SessionName) throws(StoreError) -> Bool {
        try calling { () throws(SystemError) in
            guard try sessions.status(FileNames.sessionFile(name)) != nil else { return false }
            try sessions.remove(FileNames.sessionFile(name))
            return true
        }
    }

    /// Writes a whole file beside and renames it, so that nobody reads half of it.
    private borrowing func write(
        _ file: String, _ bytes: [UInt8], modifiedNs: Int64? = nil, replacing: Bool
    ) throws(StoreError) -> Bool {
        // Several commands may write at once, each its own file.
        let temporary = ".\(file).\(getpid()).new"
        do throws(SystemError) {
            try sessions.remove(temporary)
            let new = try sessions.open(temporary, O_WRONLY | O_CREAT | O_EXCL)
            try new.writeAll(bytes)
            if let modifiedNs { try new.setModified(modifiedNs) }
            try new.sync()
            try sessions.rename(temporary, to: sessions, file, replacing: replacing)
            try sessions.sync()
            return true
        } catch {
            try? sessions.remove(temporary)
            if error.number == EEXIST, !replacing { return false }
            throw .system(error)
        }
    }
}
