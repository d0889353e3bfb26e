internal import Glibc
internal import Linux
internal import SessionModel
internal import Store
internal import Supervisor

/// All that is known of one session: its status, its file, and what changes all the time.
struct SessionView: Encodable {
    /// The session.
    let name: SessionName
    /// What a supervisor last wrote; nil when none has seen the session yet.
    let status: SessionStatus?
    /// What is wrong with the session file.
    let error: FileProblem?
    /// Resident memory of the keeper and all its descendants, in bytes; nil when no keeper runs.
    let memoryBytes: Int64?
    /// When the terminal last printed something.
    let lastOutputAt: Timestamp?
    /// Why nothing of it is acted on.
    let refusal: String?

    /// Bytes that its worktree and all that lies in its folder take; nil when that wasn't asked for.
    private(set) var diskBytes: Int64?

    /// Looks at a session; `supervised`: a supervisor runs, so that its word on the file is the newest.
    ///
    /// With `measuresDisk` every file of its worktree is looked at.
    init(
        _ name: SessionName, in workspace: borrowing Workspace, supervised: Bool, measuresDisk: Bool = false
    ) throws {
        self.name = name
        refusal = workspace.refusal == nil ? nil : "not trusted, so nothing is done; see 'claudia trust'"
        var (status, lastOutputAt, error): (SessionStatus?, Timestamp?, FileProblem?) = (nil, nil, nil)
        do {
            // What a stranger's file says of processes and folders here means nothing.
            if refusal == nil { status = try workspace.publicFolder.readStatus(name) }
            lastOutputAt = try workspace.publicFolder.session(name)?.status(FileNames.outputLog)
                .map { Timestamp(ms: $0.modifiedNs / 1_000_000) }
            error =
                status == nil || !supervised ? SessionView.problem(of: name, in: workspace) : status?.error
        } catch let failure as StoreError {
            error = FileProblem(message: "\(FileNames.sessions)/\(failure.message)")
        }
        (self.status, self.lastOutputAt, self.error) = (status, lastOutputAt, error)
        memoryBytes = status.flatMap(SessionView.memory)
        if measuresDisk, refusal == nil {
            let folder =
                "\(workspace.place.root)/\(FileNames.publicFolder)/\(FileNames.sessionFolderPath(name))"
            let parts = [status?.worktree, folder].compactMap { $0.flatMap(DiskUsage.bytes) }
            diskBytes = parts.isEmpty ? nil : parts.reduce(0, +)
        }
    }

    /// What is wrong with the file as it is now.
    private static func problem(of name: SessionName, in workspace: borrowing Workspace) -> FileProblem? {
        switch try? workspace.publicFolder.readSessionFile(name) {
        case .refused(let problem): return problem
        case .content(let bytes, _, _):
            if case .refused(let problem)? = try? workspace.tracked.verdict(
                on: FileNames.sessionFilePath(name), bytes)
            {
                return problem
            }
            do {
                return try SessionFile.parse(bytes, defaults: workspace.config().sessionDefaults).notice
            } catch {
                return error
            }
        case .missing, .beingWritten, .empty, nil: return nil
        }
    }

    /// The memory of the keeper's tree.
    private static func memory(_ status: SessionStatus) -> Int64? {
        guard let keeper = status.keeperPID, let root = ProcessTable.entry(keeper) else { return nil }
        let pages = ProcessTable.descendants(of: keeper).reduce(root.residentPages) { $0 + $1.residentPages }
        return Int64(pages) * Int64(sysconf(CInt(_SC_PAGESIZE)))
    }

    private enum MoreKeys: String, CodingKey {
        case name, phase, error
        case memoryBytes = "memory_bytes"
        case lastOutputAt = "last_output_at"
        case diskBytes = "disk_bytes"
    }

    /// The keys of status.json and two or three more; without a status only `name`, `phase` (null) and `error`.
    func encode(to encoder: any Encoder) throws {
        try status?.encode(to: encoder)
        var container = encoder.container(keyedBy: MoreKeys.self)
        if status == nil {
            try container.encode(name, forKey: .name)
            try container.encodeNil(forKey: .phase)
        }
        try container.encode(error, forKey: .error)
        try container.encode(memoryBytes, forKey: .memoryBytes)
        try container.encode(lastOutputAt, forKey: .lastOutputAt)
        try container.encodeIfPresent(diskBytes, forKey: .diskBytes)
    }
}

extension SessionView {
    /// What a person should know first: the error, the question, or the reason.
    var remark: String {
        if let refusal { return refusal }
        if let error { return error.place + error.message }
        if let question = status?.question { return question.text }
        return status?.reason ?? (status == nil ? "not seen by a supervisor yet" : "")
    }

    /// Since when it is as it is: in its activity while that is known, else in its phase.
    var since: Timestamp? {
        guard let status else { return nil }
        return status.phase == .running && status.activity != .unknown
            ? status.activitySince : status.phaseSince
    }

    /// The activity, where there is one to speak of.
    var activity: String {
        guard let status, status.phase == .running, status.activity != .unknown else { return "" }
        return status.activity.rawValue
    }

    /// With whom there would be conflicts.
    var conflicts: String { (status?.conflicts ?? []).map(\.with).joined(separator: ", ") }

    /// How the phase looks.
    var phaseStyle: Style {
        switch status?.phase {
        case .running: .green
        case .paused, .parked, .interrupted: .yellow
        case .failed, .unreachable: .red
        case .queued, .creating, .starting: .cyan
        case .exited, .terminated, nil: .dim
        }
    }

    /// How the activity looks.
    var activityStyle: Style {
        switch status?.activity {
        case .blocked: .bold
        case .error: .red
        case .idle, .working, .done, .unknown, nil: .plain
        }
    }
}
