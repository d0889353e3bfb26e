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

    struct Layout: Sendable, CustomTestStringConvertible {
        let sizes: [Int64]
        let hasGrowing: Bool
        let lines: [Int64]
        let starts: [Int64]
        var testDescription: String { "\(sizes) \(lines)" }
    }

    @Test(
        "parts are placed by the line of the newest, also in the midst of a rotation",
        arguments: [
            Layout(sizes: [5], hasGrowing: true, lines: [], starts: [0]),
            Layout(sizes: [5], hasGrowing: true, lines: [0], starts: [0]),
            Layout(sizes: [10, 7, 3], hasGrowing: true, lines: [10, 17], starts: [0, 10, 17]),
            Layout(sizes: [7, 3], hasGrowing: true, lines: [10, 17], starts: [10, 17]),
            // Renamed and begun, its line not yet written.
            Layout(sizes: [10, 7, 9, 0], hasGrowing: true, lines: [10, 17], starts: [0, 10, 17, 26]),
            Layout(sizes: [9, 0], hasGrowing: true, lines: [10, 17], starts: [17, 26]),
            // Renamed, not yet begun.
            Layout(sizes: [10, 7, 9], hasGrowing: false, lines: [10, 17], starts: [0, 10, 17]),
            Layout(sizes: [], hasGrowing: false, lines: [10, 17], starts: []),
        ])
    func places(_ row: Layout) {
        let count = row.sizes.count
        let parts = row.sizes.enumerated().map { index, size in
            FilePart(number: count - index - (row.hasGrowing ? 1 : 0), inode: UInt64(index + 1), size: size)
        }
        #expect(PartPlace.places(of: parts, startLines: row.lines).map(\.start) == row.starts)
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
            unlink("\(path).\(keep)")
            for number in stride(from: keep - 1, through: 1, by: -1) {
                rename("\(path).\(number)", "\(path).\(number + 1)")
            }
            rename(path, path + ".1")
            part += 1
            try begin()
        }

        private func begin() throws {
            try write("", to: path)
            try append(
                "{\"columns\":120,\"offset\":\(offset),\"part\":\(part),\"rows\":40}\n"
                    + "{\"columns\":80,\"offset\":\(offset),\"rows\":24}\n",
                to: scratch.path + "/git/claudia/sessions/fix/sizes.jsonl")
        }
    }
}
