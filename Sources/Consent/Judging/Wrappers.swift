/// Programs that run another one, whose words are judged in turn.
enum Wrappers {
    typealias Body = @Sendable (inout Judge, Call) -> Flow

    static let table: [String: Body] = [
        "nice": { wrap(&$0, $1, Options("-n: adjustment: -0", .stopping)) },
        "nohup": { wrap(&$0, $1, Options("", .stopping)) },
        "setsid": { wrap(&$0, $1, Options("-cfw fork wait ctty", .stopping)) },
        "stdbuf": { wrap(&$0, $1, Options("-i:o:e: input: output: error:", .stopping)) },
        "ionice": { wrap(&$0, $1, Options("-c:n:t class: classdata: ignore", .stopping)) },
        "time": { wrap(&$0, $1, Options("-pv portability verbose", .stopping)) },
        "timeout": {
            wrap(
                &$0, $1, Options("-k:s:v kill-after: signal: foreground preserve-status verbose", .stopping),
                skips: 1)
        },
        "chrt": { wrap(&$0, $1, Options("-bfiorv", .stopping), skips: 1) },
        "taskset": { wrap(&$0, $1, Options("-ac", .stopping), skips: 1) },
        "command": command, "builtin": builtin, "env": env, "xargs": xargs,
        "sh": shell, "bash": shell, "dash": shell, "zsh": shell, "ksh": shell, "ash": shell, "rbash": shell,
        "sudo": privileges, "doas": privileges, "pkexec": privileges, "su": privileges, "run0": privileges,
        "sudoedit": privileges, "runuser": privileges, "gosu": privileges,
        "parallel": unknown, "watch": watch, "script": unknown, "unbuffer": unknown, "flock": unknown,
        "chronic": unknown,
        "busybox": busybox, "toybox": busybox,
    ]

    /// Judges the words after the options and `skips` words more.
    private static func wrap(_ judge: inout Judge, _ call: Call, _ options: Options, skips: Int = 0) -> Flow {
        let parsed = judge.scan(call, options)
        let words = Array(parsed.operands.dropFirst(skips))
        if parsed.operands.prefix(skips).contains(where: { $0.literal == nil && !$0.isNumber }) {
            judge.find(.ask, .notUnderstood, "Which program \(call.name.quoted) runs isn't known.")
        }
        guard !words.isEmpty else { return Flow(call.state) }
        return Flow(call.state, judge.run(words, call.state, call.input, skipsFunctions: true).output)
    }

    private static let command: Body = { judge, call in
        if let first = call.arguments.first?.literal, first == "-v" || first == "-V" {
            return Flow(call.state)
        }
        var words = call.arguments
        if let first = words.first?.literal, first == "-p" || first == "--" { words.removeFirst() }
        guard let first = words.first else { return Flow(call.state) }
        if first.prefix.hasPrefix("-") {
            judge.find(.ask, .unknownOption, "'command' with \(first.shown.quoted) isn't understood.")
        }
        return judge.run(words, call.state, call.input, skipsFunctions: true)
    }

    private static let builtin: Body = { judge, call in
        guard !call.arguments.isEmpty else { return Flow(call.state) }
        return judge.run(call.arguments, call.state, call.input, skipsFunctions: true)
    }

    private static let env: Body = { judge, call in
        let parsed = judge.scan(
            call, Options("-iu:0C:S!v! ignore-environment unset: chdir: split-string!", .stopping))
        var state = call.state
        for name in parsed.values("u", "unset") {
            judge.find(Environment.refusal(exporting: name.literal ?? "PATH", as: nil))
        }
        if parsed.has("C", "chdir") {
            judge.find(.ask, .notUnderstood, "'env' in another folder isn't understood.")
            state.folders = nil
        }
        var words = parsed.operands[...]
        if words.first?.literal == "-" { words = words.dropFirst() }
        while let first = words.first, let equals = first.prefix.utf8.firstIndex(of: UInt8(ascii: "=")) {
            let name = String(first.prefix.utf8[..<equals]) ?? ""
            judge.find(Environment.refusal(exporting: name, as: first.dropping(name.utf8.count + 1).literal))
            words = words.dropFirst()
        }
        guard !words.isEmpty else {
            judge.find(.ask, .secret, "'env' alone shows all variables, which may hold secrets.")
            return Flow(call.state)
        }
        return Flow(call.state, judge.run(Array(words), state, call.input, skipsFunctions: true).output)
    }

    private static let xargs: Body = { judge, call in
        let options = Options(
            """
            -0rtpd:n:L:P:I:s:E:a<x null no-run-if-empty verbose delimiter: max-args: max-lines: max-procs: \
            replace: exit
            """,
            .stopping)
        let parsed = judge.scan(call, options)
        let words = parsed.operands.isEmpty ? [Value("echo")] : parsed.operands
        let isOwn = parsed.has("a", "d", "delimiter", "0", "null", "E")
        var added = [Value([call.input.piece], isSplit: true)]
        if case .text(let text) = call.input, !isOwn || parsed.has("0") {
            // Quotes and backslashes mean something of their own here.
            let isPlain = !text.contains { "\"'\\".contains($0) }
            let parts = text.split { $0 == " " || $0 == "\n" || $0 == "\t" }
            if isPlain, !parsed.has("0", "null"), parts.count < 100 {
                added = parts.map { Value(String($0)) }
            }
        }
        if let mark = parsed.values("I", "replace").last?.literal, !mark.isEmpty {
            let one = added.count == 1 ? Value(added[0].pieces) : .unknown
            return Flow(
                call.state,
                judge.run(
                    words.map { $0.replacing(mark, by: one) }, call.state, .unknown, skipsFunctions: true
                ).output)
        }
        return Flow(call.state, judge.run(words + added, call.state, .unknown, skipsFunctions: true).output)
    }

    /// `sh`, `bash` and their like.
    static let shell: Body = { judge, call in
        var words = call.arguments[...]
        var isCommand = false
        while let option = words.first?.literal, option.hasPrefix("-") || option.hasPrefix("+"),
            option.utf8.count > 1
        {
            words = words.dropFirst()
            if option == "--version" { return Flow(call.state) }
            let known = Set("-ceulxnis")
            guard !option.hasPrefix("--"), option.hasPrefix("-"), option.allSatisfy(known.contains),
                !option.contains("i")
            else {
                if option == "-o", words.first?.literal == "pipefail" {
                    words = words.dropFirst()
                    continue
                }
                judge.find(
                    .ask, .unknownOption, "\(call.name.quoted) with \(option.quoted) isn't understood.")
                return Flow(call.state)
            }
            if option.contains("c") {
                isCommand = true
                break
            }
            if option.contains("s") { return piped(&judge, call) }
            if option == "-n", words.count == 1 {
                judge.read(words[words.startIndex], call.state)
                return Flow(call.state)
            }
        }
        if isCommand { return inline(&judge, call, Array(words)) }
        if words.isEmpty { return piped(&judge, call) }
        let isNetwork = words.contains(where: \.isFromNetwork) || call.input == .network
        judge.find(
            isNetwork ? .never : .ask, .runsCode,
            "What the script \((words.first?.shown ?? "").quoted) does isn't known.")
        return Flow(call.state)
    }

    private static func inline(_ judge: inout Judge, _ call: Call, _ words: [Value]) -> Flow {
        guard let first = words.first, let text = first.literal else {
            let isNetwork = words.contains(where: \.isFromNetwork)
            judge.find(isNetwork ? .never : .ask, .runsCode, "What \(call.name.quoted) runs isn't known.")
            return Flow(call.state)
        }
        var state = ShellState(folder: [])
        state.folders = call.state.folders
        state.variables = call.state.variables.mapValues { _ in .unknown }
        state.parameters = words.contains { $0.isSplit } ? nil : Array(words.dropFirst(2))
        state.isPlain = call.state.isPlain || !call.name.hasSuffix("bash") && !call.name.hasSuffix("zsh")
        return Flow(call.state, judge.run(text: text, state, call.input).output)
    }

    private static func piped(_ judge: inout Judge, _ call: Call) -> Flow {
        if call.input == .network {
            judge.find(.never, .network, "What comes from the network would be run.")
        } else if case .text(let text) = call.input {
            return inline(&judge, call, [Value(text)])
        } else {
            judge.find(.ask, .runsCode, "What \(call.name.quoted) runs isn't known.")
        }
        return Flow(call.state)
    }

    private static let privileges: Body = { judge, call in
        judge.find(.never, .privileges, "\(call.name.quoted) acts for another user.")
        return Flow(call.state)
    }

    private static let unknown: Body = { judge, call in
        judge.find(.ask, .runsCode, "What \(call.name.quoted) runs isn't known.")
        return Flow(call.state)
    }

    private static let watch: Body = { judge, call in
        let parsed = judge.scan(call, Options("-n:dtx interval: differences no-title", .stopping))
        let words = parsed.operands.compactMap(\.literal)
        guard words.count == parsed.operands.count, !words.isEmpty else { return unknown(&judge, call) }
        return Flow(call.state, judge.run(text: words.joined(separator: " "), call.state, .unknown).output)
    }

    private static let busybox: Body = { judge, call in
        judge.run(
            call.arguments.isEmpty ? [Value("true")] : call.arguments, call.state, call.input,
            skipsFunctions: true)
    }
}

extension Value {
    /// The value with each occurrence of a text in what is known of it replaced.
    func replacing(_ mark: String, by other: Value) -> Value {
        var result = Value([], isSplit: isSplit)
        for piece in pieces {
            guard case .text(let text) = piece else {
                result.append(piece)
                continue
            }
            var rest = text[...]
            while let start = rest.firstIndex(where: { $0 == mark.first }) {
                result.append(.text(String(rest[..<start])))
                rest = rest[start...]
                if rest.hasPrefix(mark) {
                    for piece in other.pieces { result.append(piece) }
                    rest = rest.dropFirst(mark.count)
                } else {
                    result.append(.text(String(rest.prefix(1))))
                    rest = rest.dropFirst()
                }
            }
            result.append(.text(String(rest)))
        }
        return result
    }
}
