import Lifecycle
import Testing

@Suite struct CommandListTests {
    static let rows: [(commands: [[String]], done: [[String]], next: Int?)] = [
        ([], [], nil),
        ([["a"], ["b"]], [], 0),
        ([["a"], ["b"]], [["a"]], 1),
        ([["a"], ["b"]], [["a"], ["b"]], nil),
        // Edited since.
        ([["a", "x"], ["b"]], [["a"]], 0),
        ([["b"]], [["a"], ["b"]], 0),
        ([], [["a"]], nil),
        ([["a"], ["b"], ["c"]], [["a"], ["b"]], 2),
        ([["a"], ["a"]], [["a"]], 1),
    ]

    @Test("a list goes on behind what is done, and anew where that was edited", arguments: rows)
    func next(_ row: (commands: [[String]], done: [[String]], next: Int?)) {
        #expect(CommandList.next(in: row.commands, done: row.done) == row.next)
    }
}
