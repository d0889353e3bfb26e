import FoundationEssentials
import Glibc
import Linux
import SessionModel
import Testing

/// Whether everything that claudia keeps says the same: nothing half made, nothing left over.
extension Sandbox {
    /// Checks that `present` are the sessions that are there, with all that is theirs and nothing else.
    ///
    /// `removed` are those that are in the trash: their branches stay.
    func expectWhole(
        _ present: [String], removed: [String] = [], _ when: String,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let wanted = present.sorted()
        func compare(_ found: [String], _ expected: [String], _ what: String) {
            #expect(
                found.sorted() == expected.sorted(), "\(what) \(when)", sourceLocation: location)
        }
        compare(names(in: "\(root)/.claudia/worktrees").filter { !$0.hasPrefix(".") }, wanted, "worktrees")
        compare(names(in: "\(root)/.git/worktrees"), wanted, "admin folders")
        compare(names(in: "\(root)/.git/claudia/sessions"), wanted, "private folders")
        compare(names(in: sessions).filter { !$0.hasSuffix(".json") }, wanted, "public folders")
        let branches = try sh("git for-each-ref --format='%(refname:lstrip=2)' refs/heads")
        let expected = ["main"] + Set(present + removed).map { "claudia-session/\($0)" }
        compare(branches.split(separator: "\n").map(String.init), expected, "branches")
        let listed = try sh("git worktree list --porcelain").split(separator: "\n")
        compare(
            listed.filter { $0.hasPrefix("worktree ") }.compactMap { $0.split(separator: "/").last }.map(
                String.init),
            wanted + [root.split(separator: "/").last.map(String.init) ?? ""], "git worktree list")
        let trashed = names(in: "\(root)/.claudia/trash").filter { !$0.hasPrefix(".") }
        compare(trashed.compactMap { $0.split(separator: "-").first }.map(String.init), removed, "trash")
        // Who goes on with a session whose removal failed half-way may remove it once more, without a worktree.
        let holding = trashed.filter {
            text(of: "\(root)/.claudia/trash/\($0)/trash.json")?.contains("\"worktree\"") != false
        }
        compare(
            Set(holding.compactMap { $0.split(separator: "-").first }.map(String.init)).sorted(),
            Set(removed).sorted(), "worktrees in the trash")
        for entry in trashed {
            let parts = holding.contains(entry) ? ["worktree/.git", "admin/HEAD", "admin/index"] : []
            for part in parts + ["record.json", "trash.json"] {
                #expect(
                    exists("\(root)/.claudia/trash/\(entry)/\(part)"), "\(part) in the trash \(when)",
                    sourceLocation: location)
            }
        }
        let locks = try sh("find .git .claudia -name '*.lock' -not -path '*/worktrees/*/locked'")
        #expect(locks.isEmpty, "locks \(when)", sourceLocation: location)
        try expectParsing(when, at: location)
        try expectKept(present, when, at: location)
    }

    /// Checks that a session has a keeper and an agent exactly when its status says so, and that nobody else has.
    private func expectKept(_ present: [String], _ when: String, at location: SourceLocation) throws {
        var keepers: [Int32] = []
        for name in present {
            let status = try #require(try status(name), "\(name) \(when)", sourceLocation: location)
            let agents = processes(ofSession: status.id)
            let expected = status.agentPID.map { [$0] } ?? []
            #expect(agents == expected, "\(name)'s agents \(when)", sourceLocation: location)
            if status.agentPID != nil, let keeper = status.keeperPID { keepers.append(keeper) }
        }
        let found = processes().filter { text(of: "/proc/\($0)/comm")?.hasPrefix("claudia-keeper") == true }
        #expect(
            found.sorted() == keepers.sorted(), "keepers \(when): \(found.map(commandLine))",
            sourceLocation: location)
    }

    /// Checks that every file of claudia's own is whole, and that no event is missing or doubled.
    func expectParsing(_ when: String, at location: SourceLocation = #_sourceLocation) throws {
        let files = try sh(
            """
            find .git/claudia .claudia -not -path '*/worktrees/*' \
            -not -regex '[.]claudia/sessions/[^/]*[.]json' -not -name '.*' -type f \
            \\( -name '*.json' -o -name generation \\)
            """)
        for file in files.split(separator: "\n").map(String.init) {
            // What was replaced meanwhile is whole under its name.
            guard let text = text(of: "\(root)/\(file)") else { continue }
            let isJSON = (try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))) != nil
            #expect(isJSON, "\(file) \(when): \(text)", sourceLocation: location)
        }
        let events = try events()
        let gap = zip(events, events.dropFirst()).first { $0.0.seq + 1 != $0.1.seq }
        #expect(gap == nil, "events \(when)", sourceLocation: location)
        for (name, own) in Dictionary(grouping: events, by: \.session) where name != nil {
            let phases = own.filter { $0.type == .statusChanged }.compactMap { $0.data["phase"] }
            let doubled = zip(phases, phases.dropFirst()).first { $0.0 == $0.1 }
            #expect(doubled == nil, "phases of \(name?.text ?? "") told \(when)", sourceLocation: location)
            for type in [EventType.sessionCreated, .promptSent, .rescue, .sessionTerminated] {
                let told = own.filter { $0.type == type }.map { "\($0.data)" }
                #expect(
                    Set(told).count == told.count, "\(type) of \(name?.text ?? "") told \(when)",
                    sourceLocation: location)
            }
            #expect(
                own.filter { $0.type == .sessionCreated }.count <= 1, "\(name?.text ?? "") created \(when)",
                sourceLocation: location)
        }
    }

    /// Waits until the supervisor `process` has ended.
    func untilDead(_ process: borrowing ProcessHandle) throws {
        guard try isReadable(process.descriptor, ms: 10_000) else { throw Failure("the supervisor lives on") }
    }
}
