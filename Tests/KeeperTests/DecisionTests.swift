import Glibc
import KeeperProtocol
import Linux
import SessionModel
import Testing

@testable import Keeper

@Suite struct StopPlanTests {
    private let ms: Int64 = 1_000_000

    @Test func `an agent that ends alone is drained, recorded, announced, and its keeper leaves`() {
        var plan = StopPlan()
        #expect(plan.treeDidEnd() == [])
        #expect(plan.agentDidEnd() == [.drain])
        #expect(plan.logDidEnd() == [.record])
        #expect(plan.logDidEnd() == [])
        #expect(plan.recordDidEnd(atNs: 0) == [.announce, .leave])
        #expect(plan.nextNs == nil)
    }

    @Test func `what an ended agent leaves gets TERM after the record and KILL five seconds later`() {
        var plan = StopPlan()
        #expect(plan.agentDidEnd() == [.drain])
        #expect(plan.logDidEnd() == [.record])
        #expect(plan.recordDidEnd(atNs: 0) == [.announce, .terminate])
        #expect(plan.time(atNs: 4999 * ms) == [])
        #expect(plan.time(atNs: 5000 * ms) == [.kill])
        #expect(plan.treeDidEnd() == [.leave])
        #expect(plan.treeDidEnd() == [])
    }

    @Test func `a stop waits for the whole tree before it records`() {
        var plan = StopPlan()
        #expect(plan.stop(graceMs: 100, atNs: 0) == [.terminate])
        #expect(plan.agentDidEnd() == [])
        #expect(plan.time(atNs: 99 * ms) == [])
        #expect(plan.time(atNs: 100 * ms) == [.kill])
        #expect(plan.treeDidEnd() == [.drain])
        #expect(plan.logDidEnd() == [.record])
        #expect(plan.recordDidEnd(atNs: 0) == [.announce, .leave])
    }

    @Test func `a second stop shortens the grace and never lengthens it`() {
        var plan = StopPlan()
        _ = plan.stop(graceMs: 1000, atNs: 0)
        #expect(plan.stop(graceMs: 5000, atNs: 0) == [])
        #expect(plan.nextNs == 1000 * ms)
        #expect(plan.stop(graceMs: 0, atNs: 10) == [])
        #expect(plan.time(atNs: 10) == [.kill])
        #expect(plan.stop(graceMs: 0, atNs: 11) == [])
    }

    @Test func `KILL is repeated, ever more slowly, as long as something is left`() {
        var (plan, now, kills): (StopPlan, Int64, Int) = (StopPlan(), 0, 0)
        _ = plan.stop(graceMs: 0, atNs: 0)
        var gaps: [Int64] = []
        while kills < 12, let next = plan.nextNs {
            gaps.append(next - now)
            now = next
            if plan.time(atNs: now) == [.kill] { kills += 1 }
        }
        #expect(kills == 12)
        #expect(gaps.dropFirst().elementsEqual(gaps.dropFirst().sorted()))
        #expect(gaps.last == StopPlan.killEveryNsMax)
    }

    @Test func `a stop while the log is drained goes on to the end`() {
        var plan = StopPlan()
        #expect(plan.agentDidEnd() == [.drain])
        #expect(plan.stop(graceMs: 100, atNs: 0) == [.terminate])
        #expect(plan.logDidEnd() == [.record])
        #expect(plan.recordDidEnd(atNs: 0) == [.announce])
        #expect(plan.treeDidEnd() == [.leave])
    }
}

@Suite struct TypingTests {
    private let ms: Int64 = 1_000_000
    private func manner(paste: Bool, _ input: TerminalInput = .bytes) -> Typing.Manner {
        var scanner = TerminalQueries()
        if paste { _ = scanner.shown(of: Array("\u{1B}[?2004h".utf8)) }
        return Typing.Manner(modes: scanner.modes, input: input)
    }

    private func typing(_ lines: InputLine...) -> Typing {
        var typing = Typing()
        for line in lines { typing.add(Typing.Job(line: line)) }
        return typing
    }

    @Test func `without pastes a line goes with its Enter in one write`() {
        var typing = typing(.text(Array("a".utf8)), .paste(Array("b\nc".utf8)))
        #expect(typing.step(atNs: 0, manner(paste: false)) == .write(Array("a\r".utf8)))
        #expect(typing.step(atNs: 0, manner(paste: false)) == .finished(.init(line: .text(Array("a".utf8)))))
        #expect(typing.step(atNs: 0, manner(paste: false)) == .write(Array("b\rc\r".utf8)))
        #expect(
            typing.step(atNs: 0, manner(paste: false)) == .finished(.init(line: .paste(Array("b\nc".utf8)))))
        #expect(typing.step(atNs: 0, manner(paste: false)) == .idle)
    }

    private func print(_ text: String, atMs: Int64, _ typing: inout Typing) {
        Array(text.utf8).withUnsafeBytes { typing.sawOutput($0, atNs: atMs * ms) }
    }

    @Test func `with pastes Enter comes 40 ms after the text is seen`() {
        let manner = manner(paste: true)
        let text = Array("mend the login".utf8)
        var typing = typing(.text(text))
        #expect(typing.step(atNs: 0, manner) == .write(text))
        #expect(typing.step(atNs: 0, manner) == .wait(untilNs: 2000 * ms))
        print("spinner", atMs: 10, &typing)
        #expect(typing.step(atNs: 20 * ms, manner) == .wait(untilNs: 410 * ms))
        // In whatever way the program draws it.
        print("\u{1B}[1mmend\u{1B}[1Cthe\u{1B}[K\r\n│ lo", atMs: 30, &typing)
        print("\u{1B}]0;title\u{7}g\u{1B}[38;5;1min │", atMs: 40, &typing)
        #expect(typing.step(atNs: 50 * ms, manner) == .wait(untilNs: 80 * ms))
        #expect(typing.step(atNs: 80 * ms, manner) == .write([0x0D]))
        #expect(typing.step(atNs: 80 * ms, manner) == .finished(.init(line: .text(text))))
    }

    @Test func `with pastes any output counts for a text without letters`() {
        let manner = manner(paste: true)
        var typing = typing(.text(Array("é".utf8)))
        _ = typing.step(atNs: 0, manner)
        _ = typing.step(atNs: 0, manner)
        print("x", atMs: 10, &typing)
        #expect(typing.step(atNs: 20 * ms, manner) == .wait(untilNs: 50 * ms))
    }

    @Test func `with pastes Enter comes after two seconds however the program goes on printing`() {
        let manner = manner(paste: true)
        var typing = typing(.text(Array("abc".utf8)))
        _ = typing.step(atNs: 0, manner)
        _ = typing.step(atNs: 0, manner)
        for at in stride(from: 0, to: 2000, by: 20) {
            print("...", atMs: Int64(at), &typing)
            #expect(typing.step(atNs: Int64(at) * ms, manner) != .write([0x0D]))
        }
        #expect(typing.step(atNs: 2000 * ms, manner) == .write([0x0D]))
    }

    @Test func `with pastes a prompt is pasted, so that nothing in it acts as a key`() {
        let manner = manner(paste: true)
        var typing = Typing()
        typing.add(Typing.Job(line: .text(Array("see @a".utf8)), prompt: 1))
        #expect(typing.step(atNs: 0, manner) == .write(Array("\u{1B}[200~see @a\u{1B}[201~".utf8)))
    }

    @Test func `a line that a terminal can't take is told of and the next one typed`() {
        let manner = manner(paste: false, .lines(end: nil))
        var typing = typing(.text([UInt8](repeating: 0x61, count: 5000)), .text([0x62]))
        guard case .impossible(_, let problem) = typing.step(atNs: 0, manner) else {
            Issue.record("typed all the same")
            return
        }
        #expect(problem.contains("5000 bytes"))
        #expect(typing.step(atNs: 0, manner) == .write([0x62, 0x0D]))
    }

    @Test func `no end of a paste can stand inside of it`() {
        let inside = Array("a\u{1B}[20\u{1B}[201~1~b".utf8)
        #expect(TypedText.paste(inside) == Array("\u{1B}[200~ab\u{1B}[201~".utf8))
    }

    @Test func `long lines are cut so that no piece is longer than a terminal holds`() throws {
        let line =
            [UInt8](repeating: 0x61, count: 10_000) + [0x0D] + [UInt8](repeating: 0x62, count: 3000) + [0x0D]
        let cut = try #require(TypedText.cut(line, for: .lines(end: 4)))
        #expect(cut.filter { $0 != 4 } == line)
        let pieces = cut.split(omittingEmptySubsequences: false) { $0 == 4 || $0 == 0x0D }
        #expect(pieces.map(\.count) == [4000, 4000, 2000, 3000, 0])
        #expect(TypedText.cut(line, for: .bytes) == line)
        #expect(TypedText.cut(line, for: .lines(end: nil)) == nil)
    }
}

@Suite struct MailboxStateTests {
    private func status(_ inode: UInt64, _ size: Int64) throws -> FileStatus {
        var info = stat()
        (info.st_ino, info.st_size) = (ino_t(inode), off_t(size))
        return FileStatus(info)
    }

    /// That of a file with the number 1 of which `line 1` was taken.
    private func taken() throws -> MailboxState {
        var state = MailboxState()
        #expect(try state.begin(status(1, 10)) { _, _ in true } == 0)
        #expect(state.take(Array("line 1\nlin".utf8)) == Array("line 1\n".utf8)[...])
        return state
    }

    @Test func `a line without its end waits, and the next look goes on behind what was taken`() throws {
        var state = try taken()
        #expect(try state.begin(status(1, 14)) { $0 == 7 && $1 == Array("line 1\n".utf8) } == 7)
    }

    @Test func `another file, a shorter one and one that was written anew are read from the start`() throws {
        for (inode, size, isSame) in [(2, 14, true), (1, 6, true), (1, 14, false)] as [(UInt64, Int64, Bool)]
        {
            var state = try taken()
            #expect(
                try state.begin(status(inode, size)) { _, _ in isSame } == 0, "\(inode) \(size) \(isSame)")
        }
    }
}

@Suite struct LogPositionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let lines: [LogPosition]
        let current: LogPosition.File
        var previous: LogPosition.File?
        let position: LogPosition
        let needsLine: Bool
    }

    private static let first = LogPosition(part: 0, start: 0, inode: 11)
    private static let second = LogPosition(part: 1, start: 100, inode: 12)
    private static let third = LogPosition(part: 2, start: 200, inode: 13)
    private static let rows = [
        Row(
            testDescription: "nothing yet", lines: [], current: .init(inode: 11, bytes: 0), position: first,
            needsLine: true),
        Row(
            testDescription: "a first part", lines: [first], current: .init(inode: 11, bytes: 50),
            position: first, needsLine: false),
        Row(
            testDescription: "a part just begun", lines: [first, second],
            current: .init(inode: 12, bytes: 0), previous: .init(inode: 11, bytes: 100), position: second,
            needsLine: false),
        Row(
            testDescription: "a full part whose successor has its line, but not its place",
            lines: [first, second, third], current: .init(inode: 12, bytes: 100),
            previous: .init(inode: 11, bytes: 100), position: second, needsLine: false),
        Row(
            testDescription: "the part put aside, and none in its place", lines: [first, second, third],
            current: .init(inode: 14, bytes: 0), previous: .init(inode: 12, bytes: 100),
            position: LogPosition(part: 2, start: 200, inode: 14), needsLine: true),
        Row(
            testDescription: "a copy of the folder", lines: [first, second],
            current: .init(inode: 21, bytes: 7), previous: .init(inode: 22, bytes: 100),
            position: LogPosition(part: 1, start: 100, inode: 21), needsLine: true),
    ]

    @Test("a keeper goes on where the last one was cut off", arguments: rows)
    func resume(_ row: Row) {
        let (position, needsLine) = LogPosition.resume(
            row.lines, current: row.current, previous: row.previous)
        #expect(position == row.position)
        #expect(needsLine == row.needsLine)
    }

    @Test func `a line that begins a part names it, others don't`() {
        let size = TerminalSize(columns: 80, rows: 24)
        let position = LogPosition(part: 3, start: 1 << 40, inode: 7)
        let line = position.line(size)
        #expect(line == #"{"columns":80,"inode":7,"offset":1099511627776,"part":3,"rows":24}"# + "\n")
        #expect(LogPosition(line: line.utf8) == position)
        #expect(LogPosition(line: LogPosition.line(offset: 1, size: size).utf8) == nil)
        #expect(LogPosition(line: "{\"par".utf8) == nil)
    }
}
