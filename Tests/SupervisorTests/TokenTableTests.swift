import Testing

@testable import Supervisor

@Suite struct TokenTableTests {
    @Test func `a number is never given twice, so what was removed is never mistaken for what came later`() {
        var table = TokenTable()
        let first = table.add(.hook(1))
        table.remove(.hook(1))
        let second = table.add(.hook(1))
        let third = table.add(.hook(1))
        #expect(Set([first, second, third]).count == 3)
        #expect(table[first] == nil && table[second] == nil)
        #expect(table[third] == .hook(1))
    }
}
