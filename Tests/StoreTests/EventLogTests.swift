import Glibc
import Linux
import SessionModel
import Store
import Testing

@Suite struct EventLogTests {
    @Test func `numbers go on over restarts`() throws {
        let place = try Place()
        for expected in 1...5 {
            var log = try place.log()
            #expect(log.lastSeq == expected - 1)
            #expect(
                try log.append(.error, at: Timestamp(ms: 1), data: ["message": .string("x/\n")]).seq
                    == expected)
        }
        #expect(try place.sequence(after: 0) == [1, 2, 3, 4, 5])
        let line: String =
            #"{"at":"1970-01-01T00:00:00.001Z","data":{"message":"x/\n"},"#
            + #""seq":1,"session":null,"type":"error"}"#
        #expect(text(of: place.file)?.hasPrefix(line + "\n") == true)
    }

    static let first = #"{"at":"1970-01-01T00:00:00.001Z","data":{},"seq":1,"session":null,"type":"error"}"#
    static let second = #"{"at":"1970-01-01T00:00:00.001Z","data":{},"seq":2,"session":null,"type":"error"}"#

    @Test(
        "a last line that was cut short is mended, and nothing whole is lost",
        arguments: [
            ("", "", 0), ("\(first)\n", "\(first)\n", 1), (first, "\(first)\n", 1),
            ("\(first)\n\(second.dropLast(1))", "\(first)\n", 1),
            ("\(first)\n\(second)", "\(first)\n\(second)\n", 2),
            ("\(first)\n\0\0\0\0", "\(first)\n", 1), ("{\"seq\":", "", 0),
            ("\(first)\ngarbage\n", "\(first)\ngarbage\n", 1),
            ("\(first)\n{\"seq\":2,\"type\":\"new\"}", "\(first)\n{\"seq\":2,\"type\":\"new\"}\n", 2),
        ])
    func torn(_ before: String, _ after: String, _ lastSeq: Int) throws {
        let place = try Place()
        try write(before, to: place.file)
        var log = try place.log()
        #expect(text(of: place.file) == after)
        #expect(log.lastSeq == lastSeq)
        _ = try log.append(.error, at: Timestamp(ms: 1))
        #expect(try place.sequence(after: lastSeq) == [lastSeq + 1])
    }

    @Test(.enabled(if: geteuid() == 0, "only root may mount a file system"))
    func `a line that a full disk tore and that can't be cut at once is cut before the next`() throws {
        let scratch = try Scratch()
        let path = "\(scratch.path)/git/claudia/events.jsonl"
        let shell = try Shell("while read -r line; do eval \"$line\"; echo $?; done", in: scratch.path)
        func run(_ line: String) throws {
            try shell.say(line)
            #expect(try shell.line() == "0", "\(line)")
        }
        try run("mount -t tmpfs -o size=64k none git")
        defer { umount2("\(scratch.path)/git", CInt(MNT_DETACH)) }
        let folder = try Folder(at: scratch.privateFolder().folder.path() ?? "")
        var log = try EventLog(in: folder, publishingTo: scratch.publicFolder().folder)
        try run("chattr +a \(path)")
        let data = ["message": JSONValue.string(String(repeating: "x", count: 1_000))]
        let error = #expect(throws: StoreError.self) {
            while true { _ = try log.append(.error, at: Timestamp(ms: 1), data: data) }
        }
        #expect(text(of: path)?.last != "\n", "\(String(describing: error)) tore no line")
        try run("chattr -a \(path); mount -o remount,size=1m git")
        let last = log.lastSeq
        #expect(try log.append(.error, at: Timestamp(ms: 1), data: data).seq == last + 1)
        var reader = try EventReader(in: folder, after: last)
        #expect(try reader.next().map(\.seq) == [last + 1])
    }

    @Test func `parts are rotated, and no number is missing in what is kept`() throws {
        let place = try Place()
        for _ in 0..<10 {
            var log = try place.log(partBytesMax: 500, keep: 3)
            for _ in 0..<10 { _ = try log.append(.blocked, session: session(), at: Timestamp(ms: 1)) }
        }
        let sequence = try place.sequence(after: 0)
        #expect(sequence == Array((sequence.first ?? 0)...100))
        #expect(sequence.count >= 15)
        #expect(try place.events() == ["events.jsonl", "events.jsonl.1", "events.jsonl.2", "events.jsonl.3"])
        for name in try place.events() { #expect(try place.isPublished(name)) }
    }

    @Test("a rotation that was cut short loses no number", arguments: 0...4)
    func cutShort(_ renamesDone: Int) throws {
        let place = try Place()
        do {
            var log = try place.log(partBytesMax: 500, keep: 4)
            for _ in 0..<25 { _ = try log.append(.error, at: Timestamp(ms: 1)) }
        }
        let before = try place.sequence(after: 0)
        #expect(try place.events().count == 5)
        // As it is when the keeper of the file is killed before a rename: the oldest has gone, then one after another.
        try write("", to: place.scratch.path + "/git/claudia/.events.jsonl.new")
        for number in (4 - renamesDone..<4).reversed() {
            let from = number == 0 ? place.file : "\(place.file).\(number)"
            rename(from, "\(place.file).\(number + 1)")
        }
        let kept = try place.sequence(after: 0)
        #expect(kept == before.suffix(kept.count))
        var log = try place.log(partBytesMax: 500, keep: 4)
        for number in 26...34 { #expect(try log.append(.error, at: Timestamp(ms: 1)).seq == number) }
        let after = try place.sequence(after: 0)
        #expect(after == Array((after.first ?? 0)...34))
        // The gap was closed before another part went.
        #expect(after.count > kept.count)
        #expect(try place.folder().status(".events.jsonl.new") == nil)
    }

    @Test(
        "where a rotation fails, the part grows on and no event is lost",
        arguments: [".events.jsonl.new", "events.jsonl.3"])
    func failing(_ obstacle: String) throws {
        let place = try Place()
        var log = try place.log(partBytesMax: 500, keep: 3)
        for _ in 0..<20 { _ = try log.append(.error, at: Timestamp(ms: 1)) }
        let before = try place.sequence(after: 0)
        let path = place.scratch.path + "/git/claudia/" + obstacle
        unlink(path)
        try #require(mkdir(path, 0o700) == 0)
        let left = try place.sequence(after: 0)
        for _ in 0..<20 { _ = try log.append(.error, at: Timestamp(ms: 1)) }
        #expect(try place.sequence(after: 0) == left + Array(21...40))
        rmdir(path)
        for _ in 0..<20 { _ = try log.append(.error, at: Timestamp(ms: 1)) }
        let after = try place.sequence(after: 0)
        #expect(after == Array((after.first ?? 0)...60))
        #expect(before.last == 20)
    }

    @Test func `a wiped public folder gets its events back`() throws {
        let place = try Place()
        var log = try place.log()
        _ = try log.append(.error, at: Timestamp(ms: 1))
        Scratch.removeTree(place.scratch.path + "/.claudia")
        _ = try log.append(.error, at: Timestamp(ms: 1))
        try log.publish(to: place.scratch.publicFolder().folder)
        _ = try log.append(.error, at: Timestamp(ms: 1))
        #expect(text(of: place.scratch.path + "/.claudia/events.jsonl")?.split(separator: "\n").count == 3)
        #expect(try place.log().lastSeq == 3)
    }

    @Test func `a reader gets each event once, however it falls behind`() throws {
        let place = try Place()
        var log = try place.log(partBytesMax: 1000, keep: 50)
        var reader = try EventReader(in: place.folder(), after: 0)
        #expect(try reader.next().isEmpty)
        var dice = Dice(seed: 2)
        var got: [Int] = []
        for _ in 0..<60 {
            for _ in 0..<Int.random(in: 0...15, using: &dice) {
                _ = try log.append(.error, at: Timestamp(ms: 1))
            }
            var lines = try reader.next()
            while !lines.isEmpty {
                got += lines.map(\.seq)
                lines = Bool.random(using: &dice) ? try reader.next() : []
            }
        }
        var lines = try reader.next()
        while !lines.isEmpty {
            got += lines.map(\.seq)
            lines = try reader.next()
        }
        #expect(got == Array(1...log.lastSeq))
        #expect(try place.events().count > 5)
    }

    @Test func `a line waits until it is whole, and what is no event is skipped`() throws {
        let place = try Place()
        var reader = try EventReader(in: place.folder(), after: 0)
        try append(String(EventLogTests.first.prefix(20)), to: place.file)
        #expect(try reader.next().isEmpty)
        try append(EventLogTests.first.dropFirst(20) + "\nnoise\n\n" + EventLogTests.second, to: place.file)
        #expect(try reader.next().map(\.seq) == [1])
        try append("\n{\"seq\":3,\"type\":\"unheard\"}\n", to: place.file)
        let lines = try reader.next()
        #expect(lines.map(\.seq) == [2, 3])
        #expect(lines.map { $0.event != nil } == [true, false])
    }

    @Test func `reading begins at any event of a long log`() throws {
        let place = try Place()
        var log = try place.log(partBytesMax: 300_000, keep: 20)
        for _ in 0..<8_000 { _ = try log.append(.error, at: Timestamp(ms: 1)) }
        for seq in [0, 1, 2, 777, 3_500, 7_999] {
            var reader = try EventReader(in: place.folder(), after: seq)
            #expect(try reader.next().first?.seq == seq + 1)
        }
        #expect(try place.sequence(after: 8_000).isEmpty)
    }

    private struct Place {
        let scratch: Scratch
        var file: String { scratch.path + "/git/claudia/events.jsonl" }

        init() throws {
            scratch = try Scratch()
            _ = try scratch.privateFolder()
        }

        func folder() throws -> Folder { try scratch.folder("git/claudia") }

        func log(partBytesMax: Int = 16_777_216, keep: Int = 4) throws -> EventLog {
            try EventLog(
                in: folder(), publishingTo: scratch.publicFolder().folder, partBytesMax: partBytesMax,
                keep: keep)
        }

        func events() throws -> [String] {
            try folder().names().filter { $0.hasPrefix("events") }.sorted()
        }

        func isPublished(_ name: String) throws -> Bool {
            let first = try folder().status(name)
            let second = try scratch.publicFolder().folder.status(name)
            return first != nil && first?.inode == second?.inode
        }

        func sequence(after seq: Int) throws -> [Int] {
            var reader = try EventReader(in: folder(), after: seq)
            var all: [Int] = []
            while true {
                let lines = try reader.next()
                if lines.isEmpty { return all }
                all += lines.map(\.seq)
            }
        }
    }
}
