internal import Git
internal import Lifecycle
internal import Logging
internal import SessionModel

/// What a merge in memory of a session with another one, or with its base, came to.
struct Overlap: Sendable {
    /// How an event tells that there is a conflict.
    static let found = "found"

    let session: SessionName
    /// The other session's name, or the branch.
    let with: String
    let isBase: Bool
    /// What would be in conflict; empty when nothing would.
    let files: [String]
}

/// Seeing early what would be in conflict between sessions, from the states that their last turns left.
extension Supervisor {
    /// The session has another state than before: it is merged in memory with all others, and with its base.
    func stateIsNew(of session: ManagedSession) {
        changedStates.insert(session.name)
        mergeChanged()
    }

    private func mergeChanged() {
        guard !isMerging, !changedStates.isEmpty else { return }
        let job = OverlapJob(
            sides: sessions.values.sorted { $0.record.order < $1.record.order }.compactMap(side),
            changed: changedStates, commonDirectory: commonDirectory)
        changedStates = []
        isMerging = true
        differ.run { .merged(Result { try job.run() }.mapError(WorkFailure.init)) }
    }

    private func side(of session: ManagedSession) -> OverlapJob.Side? {
        guard let worktree = session.record.worktree, session.worktree == .present,
            let head = ObjectID(session.record.headCommit ?? worktree.baseCommit)
        else { return nil }
        return OverlapJob.Side(
            name: session.name,
            state: MergeSide(head: head, state: session.record.checkpoint.flatMap { ObjectID($0) }),
            base: session.record.baseBranch)
    }

    func overlapsFound(_ result: Result<[Overlap], WorkFailure>) {
        isMerging = false
        switch result {
        case .success(let overlaps): for overlap in overlaps { take(overlap) }
        case .failure(let failure):
            log.warning("no look for conflicts", metadata: ["why": "\(failure.sentence)"])
        }
        mergeChanged()
    }

    /// The session's work goes home to another branch than before: with that one nothing can be in conflict any more.
    func baseBranchIsNew(of session: ManagedSession) {
        for conflict in session.record.conflicts ?? [] where conflict.base {
            take(Overlap(session: session.name, with: conflict.with, isBase: true, files: []))
        }
        stateIsNew(of: session)
    }

    /// The session is gone, and its conflicts with it.
    func dropOverlaps(with name: SessionName) {
        changedStates.remove(name)
        for session in sessions.values where session.name != name {
            take(Overlap(session: session.name, with: name.text, isBase: false, files: []))
        }
    }

    private func take(_ overlap: Overlap) {
        guard let session = sessions[overlap.session] else { return }
        let had = note(overlap, of: session)
        if !overlap.isBase {
            guard let name = SessionName(overlap.with), let other = sessions[name] else {
                return tellEnd(of: overlap, had, session)
            }
            let mirror = Overlap(
                session: other.name, with: session.name.text, isBase: false, files: overlap.files)
            _ = note(mirror, of: other)
        }
        guard had != !overlap.files.isEmpty else { return }
        tellOnce(overlap, session)
    }

    /// Of a session that is gone there can be no new conflict.
    private func tellEnd(of overlap: Overlap, _ had: Bool, _ session: ManagedSession) {
        if !overlap.files.isEmpty { _ = note(overlap.gone, of: session) }
        if had { tellOnce(overlap.gone, session) }
    }

    private func tellOnce(_ overlap: Overlap, _ session: ManagedSession) {
        let isThere = !overlap.files.isEmpty
        // A supervisor that was killed may have told of it already.
        if toldBefore[session.name]?.conflicts.removeValue(forKey: overlap.with) == isThere { return }
        tell(
            .conflict, of: session,
            [
                "with": .string(overlap.with), "base": .bool(overlap.isBase),
                "state": .string(isThere ? Overlap.found : "gone"),
                "files": .array(overlap.files.map { .string($0) }),
            ])
    }

    /// Takes it over into the session's record: whether there was a conflict before.
    private func note(_ overlap: Overlap, of session: ManagedSession) -> Bool {
        var conflicts = session.record.conflicts ?? []
        let place = conflicts.firstIndex { $0.with == overlap.with && $0.base == overlap.isBase }
        if let place { conflicts.remove(at: place) }
        if !overlap.files.isEmpty {
            conflicts.append(
                SessionStatus.Conflict(with: overlap.with, base: overlap.isBase, files: overlap.files))
            conflicts.sort { ($0.base ? 1 : 0, $0.with) < ($1.base ? 1 : 0, $1.with) }
        }
        session.record.conflicts = conflicts
        return place != nil
    }
}

extension Overlap {
    /// The same, when nothing is in conflict any more.
    fileprivate var gone: Overlap { Overlap(session: session, with: with, isBase: isBase, files: []) }
}

/// Merges sessions in memory.
struct OverlapJob: Sendable {
    /// A session's last state.
    struct Side: Sendable {
        let name: SessionName
        let state: MergeSide
        /// The branch that it started from.
        let base: String?
    }

    let sides: [Side]
    /// The sessions to merge with every other one, and with their bases.
    let changed: Set<SessionName>
    let commonDirectory: String

    func run() throws -> [Overlap] {
        let repository = try Repository(at: commonDirectory)
        var states = sides.map(\.state)
        var pairs: [[Int]] = []
        var bases: [Int: String] = [:]
        for (number, side) in sides.enumerated() where changed.contains(side.name) {
            for other in sides.indices where other != number {
                // Of two that have changed the earlier one has the pair.
                if other < number, changed.contains(sides[other].name) { continue }
                pairs.append([number, other])
            }
            guard let branch = side.base, let tip = try repository.headCommit(ofBranch: branch) else {
                continue
            }
            pairs.append([number, states.count])
            bases[states.count] = branch
            states.append(MergeSide(head: tip))
        }
        let results = try Merging.previewAll(states, pairs: pairs, commonDirectory: commonDirectory)
        return pairs.map { pair in
            let files = results[pair]?.conflicts.map(\.path) ?? []
            return Overlap(
                session: sides[pair[0]].name, with: bases[pair[1]] ?? sides[pair[1]].name.text,
                isBase: bases[pair[1]] != nil,
                files: Array(files.prefix(SessionStatus.Conflict.filesMax)))
        }
    }
}
