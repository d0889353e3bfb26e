import Lifecycle
import Testing

@Suite struct AdmissionTests {
    typealias Candidate = Admission.Candidate<String>

    static let rows: [([Candidate], Int, Set<String>)] = [
        ([], 3, []),
        ([.init(id: "b", order: 2, holdsSlot: false), .init(id: "a", order: 1, holdsSlot: false)], 1, ["a"]),
        ([.init(id: "b", order: 2, holdsSlot: true), .init(id: "a", order: 1, holdsSlot: false)], 1, ["b"]),
        (
            [.init(id: "b", order: 2, holdsSlot: true), .init(id: "a", order: 1, holdsSlot: false)], 2,
            ["a", "b"]
        ),
        (
            [.init(id: "b", order: 2, holdsSlot: true), .init(id: "a", order: 1, holdsSlot: true)], 1,
            ["a", "b"]
        ),
        ([.init(id: "a", order: 1, holdsSlot: false)], 0, []),
    ]

    @Test("free slots go to the oldest, and none is taken away", arguments: rows)
    func admits(_ row: ([Candidate], Int, Set<String>)) {
        #expect(Admission.admitted(row.0, limit: row.1) == row.2)
    }
}
