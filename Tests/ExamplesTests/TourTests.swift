import Linux
import Testing

/// A command of the README, and what it prints.
struct TourStep: Equatable {
    var command: String
    var printed: [String] = []

    /// The steps that stand below a heading: lines that begin with `$`, each with the lines below it.
    static func read(_ text: String, below heading: String) -> [TourStep] {
        var steps: [TourStep] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("#") { isInside = line == heading }
            guard isInside, line.hasPrefix("    ") else { continue }
            let shown = String(line.dropFirst(4))
            if shown.hasPrefix("$ ") {
                steps.append(TourStep(command: String(shown.dropFirst(2))))
            } else if !steps.isEmpty {
                steps[steps.count - 1].printed.append(shown)
            }
        }
        return steps
    }

    /// Whether `lines` are those that the README shows: a commit's name may be another, and "…" stands for anything.
    func fits(_ lines: [String]) -> Bool {
        lines.count == printed.count
            && zip(lines, printed).allSatisfy { line, shown in
                var rest = TourStep.nameless(line)[...]
                let parts = TourStep.nameless(shown).split(separator: "…", omittingEmptySubsequences: false)
                for (number, part) in parts.enumerated() {
                    guard let range = rest.firstRange(of: part),
                        number > 0 || range.lowerBound == rest.startIndex
                    else { return part.isEmpty && number > 0 ? true : false }
                    rest = rest[range.upperBound...]
                }
                return rest.isEmpty || parts.last?.isEmpty == true
            }
    }

    private static func nameless(_ line: String) -> String {
        line.replacing(/\b[0-9a-f]{7}\b/, with: "#######")
    }
}

@Suite struct TourTests {
    private static let readme = Examples.folder.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }

    @Test func `two sessions on one file come home as the README shows`() throws {
        let text = String(
            decoding: try Folder(at: Self.readme).read("README.md", most: 1 << 20), as: UTF8.self)
        let steps = TourStep.read(text, below: "### Two sessions, one file")
        #expect(steps.count >= 8)
        let sample = try SampleRepository()
        for step in steps {
            let printed = try sample.run(step.command)
            let lines = printed.split(separator: "\n").map(String.init)
            #expect(step.fits(lines), "$ \(step.command)\n\(printed)")
        }
    }

    @Test func `a line is compared but for the names of commits and what is left out`() {
        let step = TourStep(command: "x", printed: ["a: at 1234abc now", "… and …: b."])
        #expect(step.fits(["a: at 7654fed now", "this and that: b."]))
        #expect(!step.fits(["a: at 7654fed now"]))
        #expect(!step.fits(["a: on 7654fed now", "this and that: b."]))
        #expect(!step.fits(["a: at 7654fed now", "this and that: c."]))
        #expect(!step.fits(["a: at 7654fed now, too", "this and that: b."]))
    }
}
