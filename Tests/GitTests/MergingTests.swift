import Glibc
import Linux
import Testing

@testable import Git

/// Two sides that change the same ten-line file `a`, or others; and how they disagree.
struct Pair: Sendable, CustomTestStringConvertible {
    let name: String
    let first: @Sendable (String) throws -> Void
    let second: @Sendable (String) throws -> Void
    var conflicts: [String] = []
    var both: [String] = []
    var testDescription: String { name }
}

/// Ten lines, some of them others.
func lines(_ changed: [Int: String]) -> String {
    (1...10).map { (changed[$0] ?? "line \($0)") + "\n" }.joined()
}

let pairs: [Pair] = [
    Pair(name: "nothing in common") { root in
        try write(lines([2: "x"]), to: "\(root)/a")
    } second: { root in
        try write("new\n", to: "\(root)/new")
    },
    Pair(
        name: "one file, far apart", first: { try write(lines([2: "x"]), to: "\($0)/a") },
        second: {
            try write(lines([9: "y"]), to: "\($0)/a")
        }, both: ["a"]),
    Pair(
        name: "the same lines", first: { try write(lines([2: "x", 3: "x"]), to: "\($0)/a") },
        second: {
            try write(lines([3: "y"]), to: "\($0)/a")
        }, conflicts: ["a both_changed 2...3"], both: ["a"]),
    Pair(
        name: "two places", first: { try write(lines([2: "x\nx", 9: "x"]), to: "\($0)/a") },
        second: {
            try write(lines([2: "y", 9: "y"]), to: "\($0)/a")
        }, conflicts: ["a both_changed 2...3 10...10"], both: ["a"]),
    Pair(
        name: "the same change", first: { try write(lines([2: "x"]), to: "\($0)/a") },
        second: {
            try write(lines([2: "x"]), to: "\($0)/a")
        }, both: ["a"]),
    Pair(
        name: "deleted and changed", first: { unlink("\($0)/a") },
        second: {
            try write(lines([3: "y"]), to: "\($0)/a")
        }, conflicts: ["a deleted_by_first"], both: ["a"]),
    Pair(
        name: "changed and deleted", first: { try write(lines([3: "y"]), to: "\($0)/a") },
        second: { unlink("\($0)/a") },
        conflicts: ["a deleted_by_second"], both: ["a"]),
    Pair(
        name: "both added", first: { try write("x\n", to: "\($0)/new") },
        second: { try write("y\n", to: "\($0)/new") },
        conflicts: ["new both_added 1...1"], both: ["new"]),
    Pair(
        name: "renamed and changed", first: { rename("\($0)/a", "\($0)/b") },
        second: {
            try write(lines([3: "y"]), to: "\($0)/a")
        }, both: ["a"]),
    Pair(
        name: "binary", first: { try write([0, 1], to: "\($0)/binary") },
        second: { try write([0, 2], to: "\($0)/binary") },
        conflicts: ["binary both_changed"], both: ["binary"]),
    Pair(
        name: "a link where the other has a file of the same bytes",
        first: { symlink("same", "\($0)/new") }, second: { try write("same", to: "\($0)/new") },
        conflicts: ["new both_added"], both: ["new"]),
    Pair(
        name: "a file where the other has a folder", first: { try write("x\n", to: "\($0)/place") },
        second: {
            try write("y\n", to: "\($0)/place/y")
        }, conflicts: ["place other"]),
]

struct MergingTests {
    static func fill(_ root: String) throws {
        try write(lines([:]), to: "\(root)/a")
        try write([0, 0], to: "\(root)/binary")
    }

    @Test("what would be in conflict is told, as git merge finds it", arguments: pairs)
    func conflicts(_ pair: Pair) throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: Self.fill)
        let sides = try ["first", "second"].map { name in
            let made = try RescueTests.add(root, "\(scratch.path)/\(name)", name)
            try (name == "first" ? pair.first : pair.second)(made.path)
            let state = try checkpoint(made, "\(root)/.git", name, name: name)
            return (path: made.path, side: MergeSide(head: made.commit, state: state))
        }
        let result = try Merging.preview(sides[0].side, sides[1].side, in: Repository(at: root))
        let told = result.conflicts.map { conflict in
            ([conflict.path, conflict.kind.rawValue] + conflict.lines.map { "\($0)" }).joined(separator: " ")
        }
        #expect(told == pair.conflicts)
        #expect(result.bothTouched == pair.both)
        let all = try Merging.previewAll(sides.map(\.side), commonDirectory: "\(root)/.git")
        #expect(all == [[0, 1]: result])
        for side in sides {
            try scratch.git(["add", "--all"], in: side.path)
            try scratch.git(["commit", "--quiet", "--allow-empty", "-m", "all"], in: side.path)
        }
        let merged = (try? scratch.git(["merge", "--quiet", "second"], in: sides[0].path)) != nil
        #expect(merged == pair.conflicts.isEmpty)
    }

    @Test func `every pair of sessions is merged, and those without a common past too`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: Self.fill)
        let base = try Repository(at: root).resolve("HEAD")
        let sides = try (0..<6).map { number in
            let made = try RescueTests.add(root, "\(scratch.path)/s\(number)", "s\(number)")
            try write(lines([number / 2 * 4 + 1: "s\(number)"]), to: "\(made.path)/a")
            try scratch.git(["commit", "--quiet", "-am", "s"], in: made.path)
            return MergeSide(head: try Repository(at: root).resolve("s\(number)"))
        }
        let all = try Merging.previewAll(sides + [MergeSide(head: base)], commonDirectory: "\(root)/.git")
        #expect(all.count == 21)
        let clashes = all.filter { !$0.value.conflicts.isEmpty }.keys.sorted { $0[0] < $1[0] }
        #expect(clashes == [[0, 1], [2, 3], [4, 5]])
        #expect(all[[0, 6]] == MergeResult.none)
        try scratch.git(["checkout", "--quiet", "--orphan", "alone"], in: root)
        try write("alone\n", to: "\(root)/a")
        try scratch.git(["commit", "--quiet", "-am", "alone"], in: root)
        let repository = try Repository(at: root)
        let alone = MergeSide(head: try repository.resolve("alone"))
        #expect(try Merging.preview(sides[0], alone, in: repository).conflicts.map(\.kind) == [.bothAdded])
    }

    @Test func `merging only what both changed comes to what a merge of the whole trees does`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: Self.fillMany)
        try scratch.git(["config", "merge.ours.driver", "true"], in: root)
        var dice = Dice(seed: 7)
        let sides = try (0..<16).map { number in
            // Half of them delete nothing, so that nothing can have been moved.
            let kinds = number < 8 ? Edit.allCases : Edit.keeping + (number < 13 ? [] : [.add, .link])
            try scratch.git(["checkout", "--quiet", "-B", "side\(number)", "main"], in: root)
            for _ in 0..<12 { try dice.pick(kinds).apply(in: root, &dice) }
            try scratch.git(["add", "--all"], in: root)
            try scratch.git(["commit", "--quiet", "--allow-empty", "-m", "side"], in: root)
            return MergeSide(head: try Repository(at: root).resolve("side\(number)"))
        }
        let attributes = "f1 merge=union\nf2 -merge\nf4 merge=ours\n"
        for (attributes, usual) in [("", "text"), (attributes, "text"), ("", "union")] {
            try write(attributes, to: "\(root)/.gitattributes")
            try scratch.git(["config", "merge.default", usual], in: root)
            if usual == "text" { try scratch.git(["config", "--unset", "merge.default"], in: root) }
            let repository = try Repository(at: root)
            _ = try WorktreeIndex(repository)
            var (apart, whole) = (0, 0)
            for (pair, result) in try Merging.previewAll(sides, commonDirectory: "\(root)/.git") {
                let both = try Sides(sides[pair[0]], sides[pair[1]], in: repository)
                var expected = try Merging.merge(
                    both.base, both.first, both.second, writes: false, in: repository)
                expected.bothTouched = result.bothTouched
                #expect(result == expected, "\(pair)")
                let isApart = try !both.keys.contains { try SideChanges($0, in: repository).mayMove }
                if isApart { apart += expected.conflicts.count } else { whole += expected.conflicts.count }
            }
            #expect(apart > 10)
            #expect(whole > 50)
        }
    }

    static func fillMany(_ root: String) throws {
        for number in 0..<12 {
            try write(lines([1: "file \(number)"]), to: "\(root)/d\(number % 3)/f\(number)")
        }
        try write([0, 0], to: "\(root)/d0/f0")
        symlink("f1", "\(root)/d1/f1-link")
    }
}

/// What is done to a file at random.
enum Edit: CaseIterable {
    case line, mode, bytes, link, add, delete, move, folder

    static let keeping: [Edit] = [.line, .line, .mode, .bytes]

    func apply(in root: String, _ dice: inout Dice) throws {
        let number = Int.random(in: 0..<12, using: &dice)
        let path = "\(root)/d\(number % 3)/f\(number)"
        let salt = Int.random(in: 0..<3, using: &dice)
        switch self {
        case .line:
            guard let old = text(of: path) else { return }
            var all = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            all[Int.random(in: 0..<min(4, all.count), using: &dice)] = "changed \(salt)"
            try write(all.joined(separator: "\n"), to: path)
        case .mode: chmod(path, salt == 0 ? 0o644 : 0o755)
        case .bytes:
            guard number % 5 == 0, access(path, F_OK) == 0 else { return }
            try write([0, UInt8(salt)], to: path)
        case .link:
            let link = "\(root)/d1/f1-link"
            unlink(link)
            symlink("to\(salt)", link)
        case .add: try write("new \(salt)\n", to: "\(root)/d\(salt)/new\(number % 2)")
        case .delete: unlink(path)
        case .move: rename(path, "\(root)/d\(salt)/moved\(number)")
        case .folder:
            guard number == 3, unlink(path) == 0 else { return }
            try write("inside\n", to: "\(path)/inside")
        }
    }
}
