internal import KeeperProtocol
internal import Linux
internal import SessionModel
internal import Store

/// Puts a line into sessions' mailboxes and waits until each agent's terminal took it.
struct Delivery {
    /// Nanoseconds that a keeper has to take the line.
    static let patienceNs: Int64 = 10_000_000_000

    let line: [UInt8]
    let waits: Bool
    let common: CommonOptions

    /// What a session's phase means for a line.
    enum Reception: Equatable {
        /// An agent is there to take it.
        case taken
        /// It waits in the mailbox, and why.
        case waits(String)
        /// It would never be typed, and why.
        case lost(String)
    }

    /// What becomes of a line in the mailbox of a session with this status.
    ///
    /// Lines that are there before an agent starts are never typed (a keeper puts them aside), so a session
    /// without an agent takes none.
    static func reception(_ status: SessionStatus?) -> Reception {
        guard let status else { return .lost("it was not started yet") }
        switch status.phase {
        case .running: return .taken
        case .paused: return .waits("it is paused; the line is typed when it is resumed")
        case .unreachable: return .waits("its keeper doesn't answer; the line is typed when it does")
        case .queued, .creating, .starting:
            return .lost("it is \(status.phase.rawValue), so no agent runs yet")
        case .parked, .exited, .failed, .terminated, .interrupted:
            return .lost("no agent runs (\(status.phase.rawValue))")
        }
    }

    /// Sends to each session; what went wrong is told for each.
    func run(_ sessions: [SessionName], in workspace: borrowing Workspace) throws {
        var failures: [CommandError] = []
        for name in sessions {
            do {
                try send(to: name, in: workspace)
            } catch {
                failures.append(CommandError(describing: error))
            }
        }
        try CommandError.throwAll(failures)
    }

    private func send(to name: SessionName, in workspace: borrowing Workspace) throws {
        let deadlineNs = Deadline.inNs(Delivery.patienceNs)
        let watch = try SessionWatch(workspace)
        if waits { try awaitStart(of: name, watch, until: deadlineNs, in: workspace) }
        let reception = Delivery.reception(try workspace.publicFolder.readStatus(name))
        if case .lost(let why) = reception {
            throw CommandError(
                "Nothing was sent to '\(name)': \(why).",
                hint: "'claudia status \(name)' tells more; 'claudia resume \(name)' starts an ended agent.")
        }
        guard let folder = try workspace.publicFolder.session(name) else {
            throw CommandError("The session '\(name)' was removed.")
        }
        let receipt = try Mailbox.append(line, to: folder)
        common.trace("\(name): \(line.count) bytes put into its input, which ends at \(receipt.end)")
        if case .waits(let why) = reception { return Console.notice("\(name): \(why)") }
        // Without a supervisor nobody tells the keeper to look; the link must live until it has.
        let runs = try SupervisorAccess.isRunning(workspace)
        let link = runs ? nil : try linkToKeeper(of: name, in: workspace)
        guard runs || link != nil else {
            return Console.notice("\(name): no supervisor runs, so the line waits; 'claudia up' starts one")
        }
        guard waits else { return }
        let taken: Void? = try watch.first(until: deadlineNs, of: [name], in: workspace, growth: true) {
            try isTaken(receipt, name, in: workspace) ? () : nil
        }
        guard taken == nil else { return }
        throw CommandError(
            "The terminal of '\(name)' did not take the line in \(Delivery.patienceNs / 1_000_000_000) s.",
            hint: "It is in the mailbox and may still be typed; 'claudia status \(name)' tells more.",
            exitCode: .timedOut)
    }

    /// Waits while an agent is about to start.
    private func awaitStart(
        of name: SessionName, _ watch: borrowing SessionWatch, until deadlineNs: Int64,
        in workspace: borrowing Workspace
    ) throws {
        guard try SupervisorAccess.isRunning(workspace) else { return }
        let _: Void? = try watch.first(until: deadlineNs, of: [name], in: workspace) {
            switch try workspace.publicFolder.readStatus(name)?.phase {
            case nil, .creating, .starting: nil
            default: ()
            }
        }
    }

    /// Tells the keeper itself to look; nil when none answers.
    private func linkToKeeper(of name: SessionName, in workspace: borrowing Workspace) throws -> KeeperLink? {
        guard let folder = try workspace.privateSession(name),
            let link = try? KeeperLink(in: folder, as: .client)
        else { return nil }
        common.trace("\(name): no supervisor runs; telling the keeper itself")
        _ = try link.send(.look)
        return link
    }

    /// Whether the keeper took the line out, or has noted it as typed.
    private func isTaken(
        _ receipt: Mailbox.Receipt, _ name: SessionName, in workspace: borrowing Workspace
    ) throws -> Bool {
        guard let folder = try workspace.publicFolder.session(name),
            let input = try folder.status(FileNames.input)
        else { return true }
        if input.inode != receipt.inode || input.size < receipt.end { return true }
        guard let privateFolder = try workspace.privateSession(name),
            let bytes = try? privateFolder.read(FileNames.delivered, most: 4096),
            let record = DeliveredRecord(decoding: bytes)
        else { return false }
        return record.inode == receipt.inode && record.offset >= receipt.end
    }
}
