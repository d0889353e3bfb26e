internal import Git
internal import SessionModel
internal import Store

/// What a session and another one, or the branch that it started from, have both changed.
struct Encounter: Encodable {
    let session: SessionName
    /// The other session, or the branch.
    let with: String
    /// Whether it is that branch.
    let isBase: Bool
    let result: MergeResult

    /// Whether they have no file in common.
    var isEmpty: Bool { result.conflicts.isEmpty && result.bothTouched.isEmpty }

    /// One line for a person.
    struct Row {
        let path: String
        let lines: String
        let words: String
        let isConflict: Bool
    }

    /// Conflicts, then what would merge.
    var rows: [Row] {
        let conflicts = result.conflicts.map { conflict in
            Row(
                path: conflict.path, lines: Encounter.text(conflict.lines), words: words(conflict.kind),
                isConflict: true)
        }
        let known = Set(result.conflicts.map(\.path))
        return conflicts
            + result.bothTouched.filter { !known.contains($0) }.map {
                Row(path: $0, lines: "", words: "both changed it; it merges", isConflict: false)
            }
    }

    private func words(_ kind: MergeResult.Kind) -> String {
        switch kind {
        case .bothChanged: "both changed it"
        case .bothAdded: "both added it"
        case .deletedByFirst: "\(session) deleted it"
        case .deletedBySecond: "\(with) deleted it"
        case .other: "both moved or replaced it"
        }
    }

    /// "3, 10-14".
    static func text(_ lines: [ClosedRange<Int>]) -> String {
        lines.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ", ")
    }

    /// Merges every pair of sessions as they are now, and each with its base; of `chosen` when that isn't nil.
    static func all(in workspace: borrowing Workspace, of chosen: Set<SessionName>?) throws -> [Encounter] {
        let common = workspace.place.commonDirectory
        let repository = try Repository(at: common)
        var (names, bases): ([SessionName], [String?]) = ([], [])
        var states: [MergeSide] = []
        let known = try workspace.names().compactMap { name in
            (try? workspace.publicFolder.readStatus(name)) ?? nil
        }.filter { $0.worktree != nil }
        let sides = Merging.sides(ofWorktrees: known.compactMap(\.worktree), commonDirectory: common)
        for (status, side) in zip(known, sides) {
            switch side {
            case .success(let side):
                names.append(status.name)
                bases.append(status.baseBranch)
                states.append(side)
            case .failure(let error):
                Console.notice("\(status.name) is left out: \(error.message)")
            }
        }
        func isWanted(_ number: Int) -> Bool { chosen.map { $0.contains(names[number]) } ?? true }
        var pairs: [[Int]] = []
        for first in names.indices {
            for second in names.indices.dropFirst(first + 1) where isWanted(first) || isWanted(second) {
                pairs.append([first, second])
            }
            guard isWanted(first), let branch = bases[first],
                let tip = try repository.headCommit(ofBranch: branch)
            else { continue }
            pairs.append([first, states.count])
            states.append(MergeSide(head: tip))
        }
        let results = try Merging.previewAll(states, pairs: pairs, commonDirectory: common)
        return pairs.map { pair in
            let isBase = pair[1] >= names.count
            return Encounter(
                session: names[pair[0]], with: isBase ? bases[pair[0]] ?? "" : names[pair[1]].text,
                isBase: isBase,
                result: results[pair] ?? .none)
        }
    }

    private enum Keys: String, CodingKey {
        case session, with, base, conflicts
        case bothTouched = "both_touched"
    }

    private struct File: Encodable {
        let path: String
        let kind: String
        let lines: [[Int]]
    }

    /// The form of `claudia conflicts --json`.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(session, forKey: .session)
        try container.encode(with, forKey: .with)
        try container.encode(isBase, forKey: .base)
        let files = result.conflicts.map { conflict in
            File(
                path: conflict.path, kind: conflict.kind.rawValue,
                lines: conflict.lines.map { [$0.lowerBound, $0.upperBound] })
        }
        try container.encode(files, forKey: .conflicts)
        try container.encode(result.bothTouched, forKey: .bothTouched)
    }
}
