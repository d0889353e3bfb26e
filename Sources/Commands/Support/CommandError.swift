internal import Store

/// Why a command could not be done, as a person is told.
struct CommandError: Error, Equatable {
    /// What could not be done, naming the thing; one sentence, with or without its full stop.
    var sentence: String
    /// What to do about it.
    var hint: String?
    /// What the process ends with.
    var exitCode: ExitCodes

    init(_ sentence: String, hint: String? = nil, exitCode: ExitCodes = .failed) {
        (self.sentence, self.hint, self.exitCode) = (sentence, hint, exitCode)
    }

    /// A command line that can't be meant.
    static func usage(_ sentence: String, hint: String? = nil) -> CommandError {
        CommandError(sentence, hint: hint, exitCode: .usage)
    }

    /// The lines on standard error.
    var text: String {
        let ended = sentence.last.map { ".!?".contains($0) } == true ? sentence : sentence + "."
        let lines =
            ["claudia: " + PlainText.line(ended)] + (hint.map { ["hint: " + PlainText.line($0)] } ?? [])
        return lines.joined(separator: "\n") + "\n"
    }
}

/// What `claudia` ends with.
enum ExitCodes: Int32 {
    /// It was done.
    case done = 0
    /// It could not be done; standard error says why.
    case failed = 1
    /// The command line is wrong (EX_USAGE of sysexits.h).
    case usage = 64
    /// The time was over before it came (as timeout(1) ends).
    case timedOut = 124
}
