import Testing

@Suite struct TidyTests {
    private static let files = SourceTree.files
    private static let swift = files.filter { $0.isSwift }
    private static let map = MapTable(files.first { $0.path == "Sources/README.md" }?.lines ?? [])

    @Test func `the sources were found`() {
        #expect(Self.swift.contains { $0.path == "Tests/TidyTests/TidyTests.swift" })
        #expect(Self.swift.count > 50)
        #expect(Self.map.lines.count > 10)
    }

    @Test func `every target stands in the map, and every line of the map is a target`() throws {
        let folders = try SourceTree.names("Sources").filter { !$0.contains(".") }
        #expect(folders == Self.map.lines.map(\.target).sorted())
        #expect(Self.map.lines.allSatisfy { !$0.purpose.isEmpty })
    }

    @Test func `arrows of the map point down`() {
        for line in Self.map.lines {
            for name in line.imports {
                guard let other = Self.map[name] else { continue }
                #expect(other.row < line.row, "\(line.target) imports \(name)")
            }
        }
    }

    /// Modules of the toolchain, which come with every target but those that are wholly pure.
    private static let toolchain: Set<String> = ["Glibc", "Dispatch", "Synchronization"]
    private static let pure: Set<String> = ["SessionModel", "Lifecycle", "Screen", "Consent"]

    @Test func `a file imports only what the map allows`() {
        let wrong = Self.swift.filter { $0.isSource }.flatMap { file in
            file.lines.compactMap(ImportLine.module)
                .filter { Self.map[file.target]?.imports.contains($0) != true }
                .filter { !Self.toolchain.contains($0) || Self.pure.contains(file.target) }
                .map { "\(file.path) imports \($0)" }
        }
        #expect(wrong == [])
    }

    @Test func `what runs in the keeper imports no Foundation, and C is imported in two places`() {
        for target in ["Keeper", "KeeperProtocol", "Linux", "SessionModel", "claudia-keeper"] {
            #expect(Self.map[target]?.imports.contains { $0.hasPrefix("Foundation") } == false, "\(target)")
        }
        for (module, owner) in [("CLinux", "Linux"), ("CGit2", "Git"), ("CVTerm", "Screen")] {
            for line in Self.map.lines where line.target != owner {
                #expect(!line.imports.contains(module), "\(line.target) imports \(module)")
            }
        }
        #expect(Self.map.lines.allSatisfy { !$0.imports.contains("Foundation") })
    }

    @Test func `every function of libgit2 that is loaded is called`() {
        let list = Self.files.first { $0.path == "Sources/CGit2/functions.h" }?.lines ?? []
        let names = list.filter { $0.hasPrefix("FUNCTION(") }.map { $0.dropFirst(9).dropLast() }
        #expect(names.count > 100)
        let callers = Self.files.filter {
            ["Git", "CGit2"].contains($0.target) && $0.path != "Sources/CGit2/functions.h"
        }
        let text = callers.flatMap(\.lines).joined(separator: "\n")
        #expect(names.filter { !text.contains($0) } == [])
    }

    /// Words that don't stand in our files, and what does instead.
    ///
    /// Split, so that this file doesn't hold them.
    static let banned: [(word: String, instead: String, isInTestsOnly: Bool)] = [
        ("try" + "!", "handle the error", false),
        ("fatal" + "Error", "throw, or precondition with a reason", false),
        ("fork" + "()", "Linux.Spawn", false), ("File" + "Handle", "Linux.Descriptor", false),
        ("Foundation." + "Process", "Linux.Spawn", false),
        ("@unchecked" + " Sendable", "a value, or a lock", false),
        ("nonisolated" + "(unsafe)", "a value, or a lock", false),
        ("import Found" + "ation\n", "FoundationEssentials", false),
        ("Task." + "sleep", "wait for an event", true), ("us" + "leep(", "wait for an event", true),
        ("nano" + "sleep(", "wait for an event", true), (" sl" + "eep(", "wait for an event", true),
        ("(sl" + "eep(", "wait for an event", true),
    ]

    @Test func `no file holds a banned word`() {
        let wrong = Self.swift.flatMap { file in
            file.lines.enumerated().flatMap { number, line in
                Self.banned.filter {
                    (!$0.isInTestsOnly || !file.isSource) && (line + "\n").contains($0.word)
                }
                .map { "\(file.path):\(number + 1): instead of \($0.word): \($0.instead)" }
            }
        }
        #expect(wrong == [])
    }

    @Test func `no file tells of the place or the way it was made`() {
        let words = [
            "/tmp" + "/wt", ".." + "/shared", "/work" + "/main", "/work" + "/shared", "/tmp" + "/plan",
        ]
        let wrong = Self.files.filter { file in
            words.contains { word in file.lines.contains { $0.contains(word) } }
        }
        #expect(wrong.map(\.path) == [])
    }

    @Test func `a file has at most 300 lines`() {
        // The last line's newline begins one more, empty line.
        #expect(Self.swift.filter { $0.lines.count > 301 }.map(\.path) == [])
    }

    /// The formatter holds code to 110; what it can't break are texts, and tests quote what a person sees.
    private static func columnsMax(of file: SourceTree.File) -> Int { file.isSource ? 120 : 140 }

    @Test func `a line has at most 120 columns, in tests 140`() {
        let wrong = Self.swift.flatMap { file in
            file.lines.indices.filter { file.lines[$0].count > Self.columnsMax(of: file) }.map {
                "\(file.path):\($0 + 1)"
            }
        }
        #expect(wrong == [])
    }

    @Test func `a function has at most 70 lines`() {
        let wrong = Self.swift.flatMap { file in
            FunctionLengths.functions(in: file.lines).filter { $0.length > 70 }.map {
                "\(file.path):\($0.line)"
            }
        }
        #expect(wrong == [])
    }

    @Test func `the repository's folder holds only what it should`() throws {
        let allowed = [
            "Package.swift", "Sources", "Tests", "Sessions.example", "scripts", "LICENSE", "README.md",
            // Made by the package manager, ignored by Git.
            "Package.resolved",
        ]
        for name in try SourceTree.names() where !name.hasPrefix(".") {
            #expect(allowed.contains(name), "\(name)")
        }
    }
}

@Suite struct TidyToolTests {
    @Test(
        "imports are recognised in all their forms",
        arguments: [
            ("import Glibc", "Glibc"), ("public import Linux", "Linux"), ("@testable import Store", "Store"),
            ("internal import struct FoundationEssentials.Data", "FoundationEssentials"), ("import A.B", "A"),
            ("// import X", nil), ("let important = 1", nil),
        ] as [(String, String?)])
    func imports(_ line: String, _ module: String?) { #expect(ImportLine.module(line) == module) }

    @Test func `functions are measured from their first line to their brace`() {
        let lines = [
            "struct A {", "    func one() { 1 }", "    init(", "        a: Int", "    ) {",
            "        self.a = a", "    }",
            "    func required() -> Int", "    public var x: Int {", "        if a {", "        }",
            "        return 1",
            "    }", "    // func no() {", "    let y = 1", "}",
        ]
        #expect(
            FunctionLengths.functions(in: lines) == [.init(line: 3, length: 5), .init(line: 9, length: 5)])
    }
}
