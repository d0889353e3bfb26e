import Glibc
import Linux
import SessionModel
import Testing

@testable import Store

/// Mutated files through the reader: `scripts/fuzz` runs many, the tests a few.
@Suite struct FuzzTests {
    /// Mutated files at scale 1.
    private static let filesShort = 1_000
    /// Nanoseconds that one file may take at most, on a machine that is busy with other tests.
    private static let slowNs: Int64 = 5_000_000_000

    private static func variable(_ name: String) -> UInt64? {
        getenv(name).flatMap { UInt64(String(cString: $0)) }
    }

    /// What is mutated: the examples, and what they lack.
    private static func corpus() throws -> [[UInt8]] {
        let parts = #filePath.split(separator: "/").dropLast(3)
        let examples = "/" + parts.joined(separator: "/") + "/Sessions.example"
        let files = try Folder(at: examples).names().filter { $0.hasSuffix(".json") }.sorted()
        try #require(!files.isEmpty)
        return try files.map { try #require(bytes(of: "\(examples)/\($0)")) }
            + [
                "", "{}", SessionFile.text(of: SessionSpec()), "\u{FEFF}{'state':\"paused\",}// end",
                "{environment_vars: ['A=b', 'C=d'], prompts: [\"\\u00e9\\n\", 'a\\\nb'], max_output_buffer: 0x10}",
                "{\"environment_vars\": [[\"K\", \"V\"]], /* c */ \"agent\": [\"sh\", \"-c\", \"x\"]}",
                "{multi_session: {max_concurrent_sessions: +3.}, worktrees: {setup: [['npm', 'ci']]}, trash_days: .5e1}",
                "{\"keys\": [\"Escape\", \"C-c\"]}\n\"a \\\"paste\\\" \\uD83D\\uDE00\"\nplain\r\n",
            ].map { Array($0.utf8) }
    }

    /// What is put in: tokens that mean something, and bytes that never should.
    private static let tokens: [[UInt8]] =
        [
            "{", "}", "[", "]", ":", ",", "\"", "'", "\\", "\\u", "\\uD800", "\\x4", "//", "/*", "*/", "\n",
            "\r",
            "\u{2028}", "\u{FEFF}", "\u{202E}", "\u{1B}[2J", "0x", "1e999", "-", "+", ".", "Infinity", "NaN",
            "null", "true",
            "9223372036854775808", "\"state\":", "state", "environment_vars", "prompts", "version", "\"a\":{",
        ].map { Array($0.utf8) } + [
            [0], [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
        ]

    private static func mutated(_ corpus: [[UInt8]], _ dice: inout Dice) -> [UInt8] {
        var text = corpus[Int.random(in: 0..<corpus.count, using: &dice)]
        for _ in 0..<Int.random(in: 1...6, using: &dice) {
            let start = Int.random(in: 0...text.count, using: &dice)
            let end = min(text.count, start + Int.random(in: 0...24, using: &dice))
            let token = tokens[Int.random(in: 0..<tokens.count, using: &dice)]
            switch Int.random(in: 0...7, using: &dice) {
            case 0 where start < text.count: text[start] ^= 1 << UInt8.random(in: 0...7, using: &dice)
            case 1: text.insert(UInt8.random(in: 0...255, using: &dice), at: start)
            case 2: text.removeSubrange(start..<end)
            case 3: text.insert(contentsOf: text[start..<end], at: end)
            case 4: text.replaceSubrange(start..<end, with: token)
            case 5:
                text.insert(
                    contentsOf: (0..<Int.random(in: 1...300, using: &dice)).flatMap { _ in token }, at: start)
            case 6: text.removeLast(text.count - start)
            default:
                text.insert(contentsOf: corpus[Int.random(in: 0..<corpus.count, using: &dice)], at: start)
            }
        }
        return text
    }

    @Test(.timeLimit(.minutes(60))) func `mutated files are read or refused with a place, and harm nothing`()
        throws
    {
        let count = Self.variable("CLAUDIA_FUZZ_FILES").map { Int($0) } ?? Self.filesShort * Scale.factor
        let seed = Self.variable("CLAUDIA_FUZZ_SEED") ?? UInt64(Clock.realMs)
        let scratch = try Scratch()
        let folder = try scratch.publicFolder()
        let path = scratch.path + "/.claudia/sessions/fix.json"
        print("fuzz: \(count) files, seed \(seed); should this crash, its cause is in \(path)")
        let corpus = try Self.corpus()
        var understood = 0
        for number in 0..<count {
            var dice = Dice(seed: (seed &+ UInt64(number)) &* 0x9E37_79B9_7F4A_7C15)
            let text = Self.mutated(corpus, &dice)
            try write(text, to: path)
            let startNs = Clock.bootNs
            let problems = try problems(folder, text, &understood)
            if Clock.bootNs - startNs > Self.slowNs || !problems.isEmpty {
                let shown = String(decoding: text.prefix(500), as: UTF8.self)
                Issue.record(
                    "seed \(seed &+ UInt64(number)): \(problems.isEmpty ? ["slow"] : problems): \(shown)")
                return
            }
        }
        print("fuzz: \(understood) of \(count) were understood")
        #expect(understood > count / 100 && understood < count)
    }

    /// What is wrong with how a file is read.
    private func problems(_ folder: borrowing PublicFolder, _ text: [UInt8], _ understood: inout Int) throws
        -> [String]
    {
        switch try folder.readSessionFile(session()) {
        case .content(let bytes, _, _) where bytes == text: break
        case .empty where text.isEmpty: break
        case let other: return ["read as \(other)"]
        }
        var wrong: [String] = []
        do throws(FileProblem) {
            let content = try SessionFile.parse(text, defaults: SessionSpec())
            understood += 1
            wrong += problems(content, text)
            wrong += content.notice.map { problems($0, text) } ?? []
        } catch {
            wrong += problems(error, text)
        }
        do throws(FileProblem) { _ = try ConfigFile.parse(text) } catch { wrong += problems(error, text) }
        for line in text.split(separator: 0x0A) {
            do throws(InputLine.Problem) { _ = try InputLine(line) } catch  where error.message.isEmpty {
                wrong.append("\(error)")
            } catch {}
        }
        return wrong
    }

    /// A file that is understood means the same when it is written out, and an edit changes what it is to change only.
    private func problems(_ content: SessionFile.Content, _ text: [UInt8]) -> [String] {
        var wrong: [String] = []
        do throws(FileProblem) {
            let written = Array(SessionFile.text(of: content.spec).utf8)
            if try SessionFile.parse(written, defaults: SessionSpec()).spec != content.spec {
                wrong.append("written out otherwise")
            }
            var wanted = content.spec
            wanted.state = .terminated
            let edited = try SessionFile.setting(["state"], to: .string("terminated"), in: text)
            if try SessionFile.parse(edited, defaults: SessionSpec()).spec != wanted {
                wrong.append("edited otherwise")
            }
        } catch {
            wrong.append("not written or edited: \(error)")
        }
        return wrong
    }

    private func problems(_ problem: FileProblem, _ text: [UInt8]) -> [String] {
        let lines = text.count + 1
        var wrong: [String] = []
        if problem.message.isEmpty || PlainText.line(problem.message) != problem.message {
            wrong.append("message: \(problem)")
        }
        if !(1...lines).contains(problem.line ?? 1) || !(1...(lines + 1)).contains(problem.column ?? 1) {
            wrong.append("place: \(problem)")
        }
        return wrong
    }
}
