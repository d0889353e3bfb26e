import SessionModel
import Testing

@Suite struct PromptQueueTests {
    struct Row: Sendable {
        let prompts: [String]
        let sent: [String]
        let next: Int?
    }

    static let rows = [
        Row(prompts: [], sent: [], next: nil),
        Row(prompts: ["a"], sent: [], next: 0),
        Row(prompts: ["a", "b"], sent: ["a"], next: 1),
        Row(prompts: ["a", "b"], sent: ["a", "b"], next: nil),
        // A sent one was removed.
        Row(prompts: ["b", "c"], sent: ["a", "b"], next: 1),
        // A new one was put first.
        Row(prompts: ["c", "a"], sent: ["a"], next: 0),
        Row(prompts: ["c", "a"], sent: ["a", "c"], next: nil),
        // The same text once more.
        Row(prompts: ["a", "a"], sent: ["a"], next: 1),
        Row(prompts: ["a", "a"], sent: ["a", "a"], next: nil),
    ]

    @Test func `those that weren't sent keep their order`() {
        let sent = ["a", "c"].map(PromptQueue.digest(of:))
        #expect(PromptQueue.unsent(in: ["a", "b", "a", "c", "d"], sent: sent) == [1, 2, 4])
    }

    @Test("the first that wasn't sent is next", arguments: rows) func next(_ row: Row) {
        #expect(PromptQueue.next(in: row.prompts, sent: row.sent.map(PromptQueue.digest(of:))) == row.next)
    }
}
