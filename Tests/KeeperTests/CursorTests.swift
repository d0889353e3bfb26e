import KeeperProtocol
import Linux
import Screen
import SessionModel
import Testing

@testable import Keeper

/// The true position of the cursor, told to programs that ask for it.
@Suite struct CursorTests {
    /// Prints each argument, then asks where the cursor is, and prints the answer in letters.
    private static let asking = """
        import os, sys, tty
        tty.setraw(0)
        for text in sys.argv[1:]:
            os.write(1, text.encode().decode("unicode_escape").encode("latin-1") + b"\\033[6n" + b"behind")
            answer = b""
            while not answer.endswith(b"R"): answer += os.read(0, 1)
            os.write(1, b"<" + answer[2:] + b">")
        os.write(1, b"over")
        os.read(0, 1)
        """

    private func answers(_ texts: [String], _ configure: (inout KeeperOrders) -> Void = { _ in }) throws
        -> [String]
    {
        let session = try KeptSession(["python3", "-c", Self.asking] + texts, configure)
        try session.untilPrinted("over")
        return try session.log().split(separator: "<").dropFirst().map { String($0.prefix { $0 != ">" }) }
    }

    @Test func `the answer is where the cursor stands at the question`() throws {
        let found = try answers([
            "", "\\033[5;9H", "\\033[2J\\033[Habc\\r\\nde", "\\033[999;999H", "\\033[?1049h\\033[3;3H",
            "\\033[?1049l\\033[7;1H\\303\\244\\346\\274\\242",
        ])
        #expect(found == ["1;1R", "5;9R", "2;3R", "40;120R", "3;3R", "7;4R"])
    }

    @Test func `a log that is long, rotated or another agent's doesn't mislead`() throws {
        // Six kilobytes of lines over parts of one kilobyte, then a place of its own.
        let lines = String(repeating: "line\\r\\n", count: 1000)
        let found = try answers(["\\033[4;2H", lines, lines + "\\033[2;2Hx"]) {
            $0.rotateBytes = 1024
            $0.keep = 3
        }
        #expect(found.last == "2;3R")
        var finder = CursorFinder(at: 100, TerminalSize(columns: 80, rows: 24))
        let first = finder.position(before: 103) { offset, count in
            #expect(offset == 100 && count == 3)
            return Array("abc".utf8)
        }
        #expect(first == (1, 4))
    }

    @Test func `an answer costs no more than the tail, and what was folded is used again`() {
        var finder = CursorFinder(at: 0, TerminalSize(columns: 80, rows: 24))
        var asked: [Int] = []
        func position(_ offset: Int64) -> (row: Int, column: Int) {
            finder.position(before: offset) { _, count in
                asked.append(count)
                return [0x0A] + [UInt8](repeating: 0x61, count: count - 1)
            }
        }
        _ = position(1 << 40)
        #expect(position(1 << 40 + 3) == (24, 66))
        #expect(asked == [Int(CursorFinder.tailBytes), 3])
        finder.forget()
        #expect(!finder.keepsFold)
        _ = position(1 << 40 + 3)
        #expect(asked.last == Int(CursorFinder.tailBytes))
        #expect(finder.position(before: 1 << 41) { _, _ in [] } == (1, 1))
    }

    @Test func `another size counts from its byte on`() {
        var finder = CursorFinder(at: 0, TerminalSize(columns: 80, rows: 24))
        finder.resized(at: 4, to: TerminalSize(columns: 3, rows: 24))
        let place = finder.position(before: 6) { _, count in [UInt8](repeating: 0x61, count: count) }
        #expect(place == (2, 2))
    }

    @Test(
        "programs get answers that they can use",
        arguments: [
            ["vim", "-u", "NONE", "-c", "call timer_start(500, {-> execute('qa!')})"], ["tmux", "-L"],
        ])
    func programs(_ arguments: [String]) throws {
        guard Executable.find(arguments[0], path: "/usr/local/bin:/usr/bin:/bin") != nil else { return }
        let name = "claudia-\(UInt32.random(in: 0 ... .max))"
        let all =
            arguments[0] == "tmux"
            ? arguments + [name, "-f", "/dev/null", "new", "echo inside; sleep 0.5"] : arguments
        let session = try KeptSession(all)
        let ending = try session.ended()
        #expect(ending.code == 0)
        // No answer came so late or so wrong that it was taken for keys.
        #expect(try !session.log().contains("1;1R"))
    }
}
