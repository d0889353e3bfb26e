internal import KeeperProtocol
internal import Linux
internal import SessionModel

extension InputLine {
    /// The text that is typed.
    var typed: [UInt8] {
        switch self {
        case .text(let text), .paste(let text): text
        case .keys, .answer: []
        }
    }
}

/// What waits to be typed, and when each next part of it may be.
///
/// A program with bracketed paste takes Enter right behind a text for a newline of that text. So Enter comes
/// on its own there: when the text is seen in what the program prints and that rests, at the latest after a while.
struct Typing: Equatable {
    /// One thing to type.
    struct Job: Equatable {
        /// What.
        var line: InputLine
        /// The prompt's number, when it is one.
        var prompt: UInt32?
        /// The mailbox's line, when it came from there.
        var raw: [UInt8]?
    }

    /// How the program takes what is typed.
    struct Manner: Equatable {
        var modes: TerminalModes
        var input: TerminalInput
    }

    /// What to do now.
    enum Step: Equatable {
        /// Nothing waits.
        case idle
        /// Ask again at that time (`Clock.bootNs`), or after output.
        case wait(untilNs: Int64)
        /// Put these bytes into the terminal, then ask again.
        case write([UInt8])
        /// That job is done.
        case finished(Job)
        /// That job can't be typed; it is done with.
        case impossible(Job, String)
    }

    /// How long the output must rest before Enter, in nanoseconds.
    ///
    /// Programs draw the text within a frame or two of 16 ms.
    static let restNs: Int64 = 40_000_000
    /// How long it must rest where the text wasn't seen in it, in nanoseconds.
    ///
    /// What Claude Code takes to show a long prompt, of which it shows no more than that it was pasted.
    static let patienceNs: Int64 = 400_000_000
    /// When Enter comes at the latest, in nanoseconds after the text.
    static let patienceNsMax: Int64 = 2_000_000_000

    private enum Stage: Equatable {
        case text
        case textWritten
        case resting(sinceNs: Int64, echoNs: Int64?, Echo)
        case enterWritten
    }

    private var jobs: [Job] = []
    /// The first of `jobs` that isn't done with.
    private var next = 0
    private var stage = Stage.text

    /// Whether nothing waits.
    var isIdle: Bool { next == jobs.count }

    /// Puts a job behind the others.
    mutating func add(_ job: Job) { jobs.append(job) }

    /// Whether the prompt `number` waits or is being typed.
    func holds(prompt number: UInt32) -> Bool { jobs[next...].contains { $0.prompt == number } }

    /// The number of the prompt of which the next `step` begins the typing; nil when it begins none.
    var beginning: UInt32? { stage == .text ? jobs[next...].first?.prompt : nil }

    /// When Enter is due; nil when it isn't next.
    var enterNs: Int64? {
        guard case .resting(let since, let at, let echo) = stage else { return nil }
        let rest = echo.isSeen ? Typing.restNs : Typing.patienceNs
        return min(since + Typing.patienceNsMax, at.map { $0 + rest } ?? .max)
    }

    /// Gives up all that isn't done.
    mutating func giveUp() -> [Job] {
        defer { self = Typing() }
        return Array(jobs[next...])
    }

    /// Takes note of what the program printed.
    mutating func sawOutput(_ bytes: UnsafeRawBufferPointer, atNs now: Int64) {
        guard case .resting(let since, _, var echo) = stage else { return }
        echo.take(bytes)
        stage = .resting(sinceNs: since, echoNs: now, echo)
    }

    /// What to do next; to be asked only when everything written so far has gone into the terminal.
    mutating func step(atNs now: Int64, _ manner: @autoclosure () -> Manner) -> Step {
        guard let job = jobs[next...].first else { return .idle }
        switch stage {
        case .text: return begin(job, manner())
        case .textWritten:
            stage = .resting(sinceNs: now, echoNs: nil, Echo(of: job.line.typed))
            return .wait(untilNs: now + Typing.patienceNsMax)
        case .resting:
            if let due = enterNs, now < due { return .wait(untilNs: due) }
            stage = .enterWritten
            return .write([0x0D])
        case .enterWritten:
            stage = .text
            finish()
            return .finished(job)
        }
    }

    /// Done jobs go all at once, since taking the first of many away moves all others.
    private mutating func finish() {
        next += 1
        guard next == jobs.count else { return }
        jobs = []
        next = 0
    }

    private mutating func begin(_ job: Job, _ manner: Manner) -> Step {
        let pastes = manner.modes.bracketedPaste
        switch job.line {
        case .answer:
            finish()
            return .finished(job)
        case .keys(let keys):
            stage = .enterWritten
            return .write(keys.flatMap { $0.bytes(applicationCursor: manner.modes.applicationCursor) })
        case .text(let text) where pastes && !text.contains(0x0A) && job.prompt == nil:
            stage = text.isEmpty ? .enterWritten : .textWritten
            return .write(text.isEmpty ? [0x0D] : text)
        case .text(let text) where pastes, .paste(let text) where pastes:
            stage = .textWritten
            return .write(TypedText.paste(text))
        case .text(let text), .paste(let text):
            guard let bytes = TypedText.cut(TypedText.keys(text) + [0x0D], for: manner.input) else {
                finish()
                return .impossible(
                    job,
                    "A line of \(text.count) bytes was not typed: the program's terminal takes 4095 at most.")
            }
            stage = .enterWritten
            return .write(bytes)
        }
    }
}
