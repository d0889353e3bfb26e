internal import Linux
internal import SessionModel
internal import Store

/// Edits of session files: only the bytes of what is set change.
enum SessionEdit {
    /// How often an edit is begun anew because somebody else's came in between.
    private static let attemptsMax = 20

    /// Nanoseconds that an editor may take over writing the file.
    private static let writerNs: Int64 = 2_000_000_000

    /// Which state of its file a status has to answer.
    struct Mark: Equatable {
        /// The file's digest.
        let digest: String
        /// When it was written, in nanoseconds since 1970.
        let mtimeNs: Int64

        /// Whether `status` answers this file.
        func isAnswered(by status: SessionStatus) -> Bool {
            status.specDigest == digest && status.specMtime == mtimeNs
        }
    }

    /// Sets `state`; with `touching` a file that says so already gets a new time.
    static func set(
        _ state: DesiredState, touching: Bool, of name: SessionName, in workspace: borrowing Workspace
    ) throws -> Mark? {
        try change(name, in: workspace, touching: touching) { bytes in
            try SessionFile.setting(
                [SessionSpec.CodingKeys.state.rawValue], to: .string(state.rawValue), in: bytes)
        }
    }

    /// Makes `change` to the file's bytes; what the file is then.
    static func change(
        _ name: SessionName, in workspace: borrowing Workspace, touching: Bool,
        _ change: ([UInt8]) throws -> [UInt8]
    ) throws -> Mark? {
        for _ in 0..<attemptsMax {
            let old = try settledContent(of: name, in: workspace)
            // An empty file is one with every default.
            let start =
                old.isEmpty ? Array(SessionFile.text(of: workspace.config().sessionDefaults).utf8) : old
            let new: [UInt8]
            do {
                new = try change(start)
            } catch let problem as FileProblem {
                throw CommandError(problem, in: FileNames.sessionFilePath(name))
            }
            if new == old {
                if touching { _ = try workspace.publicFolder.touchSessionFile(name) }
                return try mark(of: name, in: workspace)
            }
            if try workspace.publicFolder.replaceSessionFile(name, old, with: new) {
                return try mark(of: name, in: workspace)
            }
        }
        throw changesAllTheTime(name)
    }

    private static func changesAllTheTime(_ name: SessionName) -> CommandError {
        CommandError(
            "'\(FileNames.sessionFilePath(name))' changes all the time, so it could not be edited.",
            hint: "Close the editor that has it open, and try again.")
    }

    /// Brings the file into the newest form: the name under which the old one is kept, nil when nothing was to do.
    static func migrate(_ name: SessionName, in workspace: borrowing Workspace) throws -> String? {
        for _ in 0..<attemptsMax {
            let old = try settledContent(of: name, in: workspace)
            do {
                guard let new = try SessionFile.migrating(old) else { return nil }
                let kept = try workspace.publicFolder.keepOldSessionFile(name, old, version: 0)
                if try workspace.publicFolder.replaceSessionFile(name, old, with: new, keepingTime: true) {
                    return kept
                }
                try workspace.publicFolder.sessions.remove(kept)
            } catch let problem as FileProblem {
                throw CommandError(problem, in: FileNames.sessionFilePath(name))
            }
        }
        throw changesAllTheTime(name)
    }

    /// What the file is now; nil when it is gone or being written.
    static func mark(of name: SessionName, in workspace: borrowing Workspace) throws -> Mark? {
        guard case .content(_, let digest, let mtimeNs) = try workspace.publicFolder.readSessionFile(name)
        else {
            return nil
        }
        return Mark(digest: digest, mtimeNs: mtimeNs)
    }

    /// Whether the session has a file, whatever is in it.
    static func isThere(_ name: SessionName, in workspace: borrowing Workspace) throws -> Bool {
        try workspace.publicFolder.readSessionFile(name) != .missing
    }

    /// The file's bytes, once nobody is writing it.
    private static func settledContent(of name: SessionName, in workspace: borrowing Workspace) throws
        -> [UInt8]
    {
        let path = FileNames.sessionFilePath(name)
        let watch = try SessionWatch(workspace)
        let content: [UInt8]?? = try watch.first(
            until: Deadline.inNs(writerNs), of: [], in: workspace
        ) { () throws -> [UInt8]?? in
            switch try workspace.publicFolder.readSessionFile(name) {
            case .beingWritten: nil
            case .missing: .some(nil)
            case .empty: []
            case .content(let bytes, _, _): bytes
            case .refused(let problem): throw CommandError(problem, in: path)
            }
        }
        switch content {
        case .some(.some(let bytes)): return bytes
        case .some(nil):
            throw CommandError(
                "The session '\(name)' has no file any more; it is being removed.",
                hint: "'claudia restore \(name)' brings it back.")
        case nil:
            throw CommandError("Somebody has '\(path)' open for writing.", hint: "Save and close it first.")
        }
    }
}
