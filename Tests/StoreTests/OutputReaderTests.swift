import Glibc
import Linux
import SessionModel
import Testing

@testable import Store

@Suite struct OutputReaderTests {
    @Test func `a session without a log has no reader`() throws {
        let scratch = try Scratch()
        let privateFolder = try scratch.privateFolder()
        let publicFolder = try scratch.publicFolder()
        let reader = try OutputReader(of: session(), privateFolder, publicFolder)
        let isThere = reader != nil
        #expect(!isThere)
    }

    @Test func `the public log is read when the private one is not there`() throws {
        let scratch = try Scratch()
        let privateFolder = try scratch.privateFolder()
        let publicFolder = try scratch.publicFolder()
        _ = try publicFolder.makeSession(session())
        try write("abc\n", to: scratch.path + "/.claudia/sessions/fix/output.log")
        var bytes: [UInt8]?
        if var reader = try OutputReader(of: session(), privateFolder, publicFolder) {
            bytes = try reader.next()
        }
        #expect(bytes == Array("abc\n".utf8))
    }

    @Test func `offsets count from the session's first byte, over parts that are gone`() throws {
        let log = try Log(keep: 2)
        for part in 0..<5 {
            if part > 0 { try log.rotate() }
            try log.print("\(part)23456789\n")
        }
        let reader = try log.reader()
        #expect(try reader.start() == 20)
        #expect(try reader.end() == 50)
        #expect(try text(reader, 20, 100) == "223456789\n323456789\n423456789\n")
        #expect(try text(reader, 28, 4) == "9\n32")
        #expect(try reader.read(at: 5, most: 3).offset == 20)
        #expect(try text(reader, 50, 10) == "")
        #expect(try text(reader, 99, 10) == "")
    }

    @Test(
        "the last lines are found over parts",
        arguments: [
            (0, ""), (1, "end"), (2, "f\nend"), (3, "\nf\nend"), (5, "c\nde\n\nf\nend"),
            (6, "b\nc\nde\n\nf\nend"), (99, "b\nc\nde\n\nf\nend"),
        ])
    func lastLines(_ count: Int, _ expected: String) throws {
        let log = try Log(keep: 2)
        for (index, text) in ["a\n", "b\nc", "\nde\n", "\nf\nend"].enumerated() {
            if index > 0 { try log.rotate() }
            try log.print(text)
        }
        let reader = try log.reader()
        #expect(try text(reader, reader.startOfLastLines(count), 100) == expected)
    }

    @Test func `a last line with an end counts as one`() throws {
        let log = try Log(keep: 2)
        try log.print(String(repeating: "x\n", count: 100_000) + "y\n")
        let reader = try log.reader()
        #expect(try text(reader, reader.startOfLastLines(2), 100) == "x\ny\n")
        #expect(try reader.startOfLastLines(70_000) == 60_002)
    }

    @Test func `following loses no byte over rotations, however it falls behind`() throws {
        let log = try Log(keep: 40)
        var reader = try log.reader()
        var dice = Dice(seed: 9)
        var (printed, got) = ("", "")
        for round in 0..<200 {
            for _ in 0..<Int.random(in: 0...3, using: &dice) {
                let text = "\(round)-\(dice.next())\n"
                printed += text
                try log.print(text)
            }
            if Int.random(in: 0..<6, using: &dice) == 0 { try log.rotate() }
            if Bool.random(using: &dice) { got += String(decoding: try reader.next(), as: UTF8.self) }
        }
        while true {
            let bytes = try reader.next()
            if bytes.isEmpty { break }
            got += String(decoding: bytes, as: UTF8.self)
        }
        #expect(got == printed)
        try log.print("more\n")
        #expect(try reader.next() == Array("more\n".utf8))
    }

    @Test func `what is printed between a look and a rotation is read`() throws {
        let log = try Log(keep: 3)
        try log.print("a")
        var follower = try PartFollower(
            FileNames.outputLog, in: log.scratch.folder("git/claudia/sessions/fix"))
        #expect(try follower.moveOn(seen: 0))
        follower.advance(1)
        #expect(try follower.peek(10).isEmpty)
        try log.print("b")
        try log.rotate()
        try log.print("c")
        #expect(try follower.moveOn(seen: 0))
        #expect(try follower.peek(10) == Array("b".utf8))
        follower.advance(1)
        #expect(try follower.moveOn(seen: 0))
        #expect(try follower.peek(10) == Array("c".utf8))
    }

    @Test func `following begins where it is told`() throws {
        let log = try Log(keep: 3)
        try log.print("0123\n")
        try log.rotate()
        try log.print("5678\n")
        var reader = try log.reader()
        try reader.seek(to: 3)
        #expect(try reader.next() + reader.next() == Array("3\n5678\n".utf8))
        try reader.seek(to: 7)
        #expect(try reader.next() == Array("78\n".utf8))
        try reader.seek(to: try reader.end())
        #expect(try reader.next().isEmpty)
    }

    @Test func `the sizes of the terminal are told, and what is no size is passed over`() throws {
        let log = try Log(keep: 2)
        try log.print("0123\n")
        try log.rotate()
        let path = log.scratch.path + "/git/claudia/sessions/fix/sizes.jsonl"
        try append(
            "{\"columns\":0,\"offset\":7,\"rows\":4}\nnonsense\n{\"offset\":8}\n{\"columns\":9,\"off",
            to: path)
        let expected = [0, 5].flatMap {
            [SizeChange(offset: $0, columns: 120, rows: 40), SizeChange(offset: $0, columns: 80, rows: 24)]
        }
        #expect(try log.reader().sizes() == expected)
        unlink(path)
        #expect(try log.reader().sizes() == [])
    }

    struct Layout: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let sizes: [Int64]
        var hasGrowing = true
        /// Each line: where a part begins, and in which of the files (from 1 on).
        var lines: [(Int64, UInt64?)] = []
        let starts: [Int64]
    }

    private static let layouts = [
        Layout(testDescription: "no line", sizes: [5], starts: [0]),
        Layout(testDescription: "no lines", sizes: [5, 3], starts: [0, 5]),
        Layout(testDescription: "one", sizes: [5], lines: [(0, 1)], starts: [0]),
        Layout(
            testDescription: "all", sizes: [10, 7, 3], lines: [(0, 1), (10, 2), (17, 3)], starts: [0, 10, 17]),
        Layout(
            testDescription: "older ones gone", sizes: [7, 3], lines: [(10, 1), (17, 2)], starts: [10, 17]),
        Layout(
            testDescription: "of equal size, the next one's line there but not the part", sizes: [10, 10],
            lines: [(0, 1), (10, 2), (20, 9)], starts: [0, 10]),
        Layout(
            testDescription: "put aside, the next not there yet", sizes: [10, 10], hasGrowing: false,
            lines: [(0, 1), (10, 2), (20, 9)], starts: [0, 10]),
        Layout(
            testDescription: "a part made after that", sizes: [10, 10, 0], lines: [(0, 1), (10, 2), (20, 9)],
            starts: [0, 10, 20]),
        Layout(
            testDescription: "a copy", sizes: [10, 7, 3], lines: [(10, 8), (17, 9)], starts: [0, 10, 17]),
        Layout(
            testDescription: "lines without inodes", sizes: [10, 7, 3], lines: [(10, nil), (17, nil)],
            starts: [0, 10, 17]),
        Layout(testDescription: "none", sizes: [], lines: [(10, 1)], starts: []),
    ]

    @Test("parts are placed by their lines, also in the midst of a rotation", arguments: layouts)
    func places(_ row: Layout) {
        let count = row.sizes.count
        let parts = row.sizes.enumerated().map { index, size in
            FilePart(number: count - index - (row.hasGrowing ? 1 : 0), inode: UInt64(index + 1), size: size)
        }
        let lines = row.lines.enumerated().map { PartPlace.Line(part: $0, offset: $1.0, inode: $1.1) }
        #expect(PartPlace.places(of: parts, lines: lines).map(\.start) == row.starts)
    }

    private func text(_ reader: borrowing OutputReader, _ offset: Int64, _ count: Int) throws -> String {
        String(decoding: try reader.read(at: offset, most: count).bytes, as: UTF8.self)
    }

    /// A log as the keeper writes it.
    private final class Log {
        let scratch: Scratch
        let keep: Int
        var part = 0
        var offset = 0
        var path: String { scratch.path + "/git/claudia/sessions/fix/output.log" }

        init(keep: Int) throws {
            self.keep = keep
            scratch = try Scratch()
            _ = try scratch.privateFolder().makeSession(session())
            try begin()
        }

        func reader() throws -> OutputReader {
            try OutputReader(in: scratch.folder("git/claudia/sessions/fix"))
        }

        func print(_ text: String) throws {
            try append(text, to: path)
            offset += text.utf8.count
        }

        func rotate() throws {
            part += 1
            try begin()
        }

        private func begin() throws {
            let folder = try scratch.folder("git/claudia/sessions/fix")
            let next = try folder.open(".output.log.new", O_WRONLY | O_CREAT | O_EXCL)
            try append(
                "{\"columns\":120,\"inode\":\(try next.status().inode),\"offset\":\(offset),\"part\":\(part),"
                    + "\"rows\":40}\n{\"columns\":80,\"offset\":\(offset),\"rows\":24}\n",
                to: scratch.path + "/git/claudia/sessions/fix/sizes.jsonl")
            try folder.rotate(FileNames.outputLog, keep: keep, to: ".output.log.new")
        }
    }
}
