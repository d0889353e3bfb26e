import Glibc
import KeeperProtocol
import Linux
import Screen
import Testing

/// What real programs printed into terminals of these sizes.
struct Recording: CustomTestStringConvertible, Sendable {
    let name: String
    let columns: Int
    let rows: Int
    let bytes: [UInt8]

    var testDescription: String { name }

    static let all =
        [
            read("claude-10-bash-permission", 120, 40), read("claude-20-write-permission", 120, 40),
            read("claude-25-working-spinner", 120, 40), read("codex-04-exec-approval", 120, 40),
            read("vim", 100, 30), read("less", 100, 30),
        ] + starts

    /// What programs print when they start, with all that they ask the terminal.
    static let starts = ["claude-start", "codex-start", "vim-start", "htop", "fish", "tmux"].map {
        read($0, 120, 40)
    }

    /// Where it asks the terminal something.
    var questions: [Int] {
        var scanner = TerminalQueries()
        _ = scanner.shown(of: bytes)
        return scanner.takePlacedQueries().map { Int($0.offset) }
    }

    private static let folder = #filePath.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }

    private static func read(_ name: String, _ columns: Int, _ rows: Int) -> Recording {
        let bytes = try? Folder(at: "\(folder)/Recordings").read("\(name).raw", most: 1 << 20)
        return Recording(name: name, columns: columns, rows: rows, bytes: bytes ?? [])
    }

    /// A terminal that was fed the first `count` bytes.
    func terminal(_ count: Int = .max) -> VirtualTerminal {
        var terminal = VirtualTerminal(columns: columns, rows: rows)
        terminal.feed(Array(bytes.prefix(count)))
        return terminal
    }
}

/// A terminal of this size after this text.
func terminal(_ text: String, _ columns: Int = 10, _ rows: Int = 4) -> VirtualTerminal {
    var terminal = VirtualTerminal(columns: columns, rows: rows)
    terminal.feed(Array(text.utf8))
    return terminal
}

/// All of a terminal that a person can see or feel.
struct Look: Equatable, CustomStringConvertible {
    let lines: [String]
    let runs: [[StyledRun]]
    let cursor: [Int]
    let modes: [Int]
    let title: String

    init(_ terminal: VirtualTerminal) {
        lines = terminal.lines
        runs = (0..<terminal.rows).map(terminal.runs)
        cursor = [terminal.cursor.row, terminal.cursor.column]
        let known = [1, 5, 7, 9, 25, 66, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2004, 2031]
        modes = known.filter(terminal.isOn) + (terminal.isAlternate ? [1049] : [])
        title = terminal.title
    }

    var description: String { "\(lines.joined(separator: "\n"))\n\(cursor) \(modes) \(title)" }
}
