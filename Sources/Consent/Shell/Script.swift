/// Commands in the order in which they stand.
struct Script {
    var items: [Chain] = []
}

/// Pipelines joined by `&&` and `||`.
struct Chain {
    enum Joint { case and, or }

    var first: Pipeline
    var rest: [(joint: Joint, pipeline: Pipeline)] = []
    var isInBackground = false
}

/// Commands joined by `|`.
struct Pipeline {
    var commands: [Command]
    var isNegated = false
}

/// One command with its redirections.
struct Command {
    indirect enum Kind {
        case simple([Assignment], [Word])
        case group(Script)
        case subshell(Script)
        /// `for name in words`; without words it walks over the parameters.
        case forEach(String, [Word]?, Script)
        /// `for ((…))`.
        case forArithmetic([WordPart], Script)
        /// `while` and `until`.
        case loop(condition: Script, body: Script)
        case branches([(condition: Script, body: Script)], otherwise: Script?)
        case choice(Word, [(patterns: [Word], body: Script)])
        case function(String, Command)
        /// `[[ … ]]`.
        case condition([Word])
        /// `((…))`.
        case arithmetic([WordPart])
    }

    var kind: Kind
    var redirections: [Redirection] = []
}

/// `name=value`, `name+=value` or `name=(values)`.
struct Assignment {
    var name: String
    var values: [Word]
    var isArray = false
    var isAppending = false
}

/// Where a descriptor of a command comes from or goes to.
struct Redirection {
    enum Kind {
        case read, write, readWrite
        /// `2>&1`, `<&3`, `>&-`.
        case duplicate
        /// A here-document or a here-string.
        case text
    }

    var kind: Kind
    var word: Word
    var descriptor: Int?
    /// The here-document, for `text`; without it the word is a here-string.
    var body: HereBody?
}

/// The text of a here-document, which is read after the redirection that it belongs to.
final class HereBody {
    var word = Word(parts: [])
}

/// What the shell makes words of.
struct Word {
    var parts: [WordPart]

    init(parts: [WordPart]) { self.parts = parts }

    init(_ text: String) { parts = [.text(text)] }

    /// The text when nothing in it is expanded.
    var literal: String? {
        var text = ""
        for part in parts {
            switch part {
            case .text(let piece): text += piece
            case .brace(let mark): text += String(UnicodeScalar(mark))
            default: return nil
            }
        }
        return text
    }
}

/// A part of a word.
indirect enum WordPart {
    /// Text that stands for itself: plain, escaped or quoted.
    case text(String)
    /// An unquoted `*`, `?` or `[`.
    case glob(UInt8)
    /// An unquoted `{`, `,` or `}`.
    case brace(UInt8)
    /// `~` or `~user` where it is expanded.
    case tilde(String)
    case parameter(Parameter)
    case command(Script, isQuoted: Bool)
    case arithmetic([WordPart])
    /// `<(…)`, `>(…)`.
    case process(Script, isWritten: Bool)
}

/// `$name` in all its forms.
struct Parameter {
    enum Operation {
        case value
        case length
        /// `${x[n]}` with a number or a name; `${x[@]}` is a value.
        case element
        /// `${x:-word}`, `${x:=word}`, `${x:+word}`, `${x:?word}` and without the colon.
        case fallback(UInt8, Word)
        /// `${x%word}`, `${x%%word}`.
        case withoutSuffix(Word, longest: Bool)
        /// Everything else that makes a text of a text.
        case changed([Word])
    }

    var name: String
    var operation: Operation = .value
    var isQuoted: Bool
}

/// Why a command isn't understood.
struct ShellProblem: Error, Equatable {
    let reason: String
    var isSize = false

    init(_ reason: String, isSize: Bool = false) {
        self.reason = reason
        self.isSize = isSize
    }
}
