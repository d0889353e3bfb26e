/// How an agent is started, as its program wants it.
public struct Launch: Equatable, Sendable {
    /// What a start is asked for.
    public struct Request: Sendable {
        /// The argument vector that the session file asks for.
        public var arguments: [String]
        /// The conversation to go on with; nil begins one.
        public var resumed: String?
        /// The name of a conversation that is begun, a UUID.
        public var conversation: String
        /// The folder that the agent starts in; nil where that isn't known.
        public var folder: String?
        /// Whether the session file says which program this starts, whatever it is called.
        public var isDeclared = false
        /// What gives the agent's hooks to the supervisor, as words of a shell's command; nil where nothing can.
        public var hookCommand: String?

        /// A start that begins the conversation `conversation`.
        public init(arguments: [String], conversation: String) {
            self.arguments = arguments
            self.conversation = conversation
        }
    }

    /// The argument vector.
    public var arguments: [String]
    /// The conversation that the agent has then; nil when it isn't known beforehand.
    public var conversation: String?

    /// A start with these arguments and nothing else.
    public init(arguments: [String], conversation: String? = nil) {
        self.arguments = arguments
        self.conversation = conversation
    }
}

/// An argument vector, taken apart: what runs the program, the program, and its own arguments.
struct ProgramCall: Equatable {
    /// Programs that start another one here, with the same files, as an argument of theirs.
    private static let wrappers: Set = [
        "env", "nice", "ionice", "nohup", "setsid", "stdbuf", "time", "timeout", "chrt", "taskset", "setpriv",
    ]

    var before: [String]
    var own: [String]

    private var isNamed = true

    /// Finds the program by its name; nil where something stands in front of it that may start it elsewhere.
    ///
    /// What is declared to start the program and names it nowhere hands on the options at its end.
    init?(_ request: Launch.Request, isProgram: (String) -> Bool) {
        func name(_ argument: String) -> String { String(argument.split(separator: "/").last ?? "") }
        let arguments = request.arguments
        if let index = arguments.firstIndex(where: { isProgram(name($0)) }) {
            guard request.isDeclared || index == 0 || ProgramCall.wrappers.contains(name(arguments[0])) else {
                return nil
            }
            before = Array(arguments[...index])
            own = Array(arguments[(index + 1)...])
        } else {
            guard request.isDeclared, let first = arguments.first else { return nil }
            before = [first]
            own = Array(arguments.dropFirst())
            isNamed = false
        }
    }

    /// Whether one of `options` is given, by itself or as `--option=value`.
    func has(_ options: String...) -> Bool {
        own.contains { argument in
            options.contains { argument == $0 || argument.hasPrefix($0 + "=") }
        }
    }

    /// All arguments, with `options` in front of the program's own.
    func adding(_ options: [String]) -> [String] {
        isNamed ? before + options + own : before + own + options
    }
}
