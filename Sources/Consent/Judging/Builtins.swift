/// Commands of the shell itself, which change its state.
enum Builtins {
    typealias Body = @Sendable (inout Judge, Call) -> Flow

    static let table: [String: Body] = [
        "cd": changeFolder, "chdir": changeFolder, "pushd": pushFolder, "popd": popFolder,
        ":": nothing, "true": nothing, "false": nothing,
        "pwd": currentFolder, "echo": echo, "printf": printf, "set": set, "shopt": shopt, "shift": shift,
        "unset": unset, "read": read, "mapfile": readLines, "readarray": readLines,
        "export": declare, "readonly": declare, "declare": declare, "typeset": declare, "local": declare,
        "exit": exit, "return": leave, "break": leave, "continue": leave,
        "eval": eval, "source": source, ".": source, "exec": exec, "wait": words, "jobs": words,
        "hash": refuse,
        "alias": refuse, "trap": refuse, "let": refuse, "getopts": refuse, "ulimit": refuse, "umask": refuse,
        "enable": refuse, "bind": refuse, "complete": refuse, "compgen": refuse, "history": refuse,
        "fc": refuse,
        "coproc": refuse, "select": refuse, "unalias": refuse, "setopt": refuse, "unsetopt": refuse,
        "autoload": refuse,
        "zmodload": refuse, "emulate": refuse, "disown": refuse, "suspend": refuse, "logout": refuse,
        "dirs": refuse,
        "caller": refuse, "fg": refuse, "bg": refuse, "times": refuse, "functions": refuse, "repeat": refuse,
        "noglob": refuse, "nocorrect": refuse, "zstyle": refuse, "bindkey": refuse, "print": refuse,
        "vared": refuse,
    ]

    private static let nothing: Body = { _, call in Flow(call.state, .text("")) }

    private static let words: Body = { judge, call in
        if call.arguments.contains(where: {
            $0.prefix.hasPrefix("-") && $0.literal != "-n" && $0.literal != "-l"
        }) {
            judge.find(.ask, .unknownOption, "\(call.name.quoted) with these options isn't understood.")
        }
        return Flow(call.state)
    }

    private static let refuse: Body = { judge, call in
        judge.find(
            .ask, .notUnderstood, "\(call.name.quoted) changes how the shell understands what follows.")
        return Flow(call.state)
    }

    private static let changeFolder: Body = { judge, call in
        var arguments = call.arguments
        while let first = arguments.first?.literal, ["-P", "-L", "--", "-q"].contains(first) {
            arguments.removeFirst()
        }
        guard arguments.count <= 1 else {
            judge.find(.ask, .notUnderstood, "'cd' with several words isn't understood.")
            return Flow(call.state)
        }
        return enter(arguments.first, &judge, call)
    }

    /// The state after changing to a folder; without a value to the home.
    private static func enter(_ value: Value?, _ judge: inout Judge, _ call: Call) -> Flow {
        var state = call.state
        state.oldFolders = call.state.folders
        if state.variables["CDPATH"] != nil {
            state.folders = nil
        } else if value?.literal == "-" {
            state.folders = call.state.oldFolders
        } else if let value, !value.prefix.hasPrefix("-"), !value.prefix.hasPrefix("+"),
            value.literal != ""
        {
            state.folders = targets(value, judge.territory, call.state.folders)
        } else {
            state.folders = value == nil && state.variables["HOME"] == nil ? [judge.territory.home] : nil
        }
        return Flow(succeeded: state, failed: call.state, output: .text(""))
    }

    private static func targets(_ value: Value, _ territory: Territory, _ folders: [[String]]?) -> [[String]]?
    {
        let isAbsolute = value.prefix.hasPrefix("/")
        guard let starts = isAbsolute ? [[]] : folders else { return nil }
        var targets: [[String]] = []
        for start in starts {
            guard let found = territory.folders(value, from: start) else { return nil }
            targets += found.filter { !targets.contains($0) }
        }
        return targets
    }

    private static let pushFolder: Body = { judge, call in
        guard call.arguments.count == 1, let value = call.arguments.first, !value.prefix.hasPrefix("+"),
            value.literal != "-"
        else {
            judge.find(.ask, .notUnderstood, "'pushd' without a folder isn't understood.")
            return Flow(call.state)
        }
        var flow = enter(value, &judge, call)
        flow.succeeded?.stack?.append(call.state.folders)
        return flow
    }

    private static let popFolder: Body = { judge, call in
        var state = call.state
        state.oldFolders = state.folders
        state.folders = call.arguments.isEmpty ? state.stack?.popLast() ?? nil : nil
        if !call.arguments.isEmpty { state.stack = nil }
        return Flow(succeeded: state, failed: call.state)
    }

    private static let currentFolder: Body = { _, call in
        guard call.arguments.isEmpty, let folders = call.state.folders, folders.count == 1 else {
            return Flow(call.state)
        }
        return Flow(call.state, .text("/" + folders[0].joined(separator: "/") + "\n"))
    }

    private static let echo: Body = { _, call in
        let words = call.arguments.compactMap(\.literal)
        let isPlain = words.count == call.arguments.count && words.first?.hasPrefix("-") != true
        // What some shells make of a backslash others don't.
        guard isPlain, !words.contains(where: { $0.contains("\\") }) else {
            return Flow(call.state, call.arguments.contains(where: \.isFromNetwork) ? .network : .unknown)
        }
        return Flow(call.state, .text(words.joined(separator: " ") + "\n"))
    }

    private static let printf: Body = { judge, call in
        guard let format = call.arguments.first else { return Flow(call.state) }
        if format.prefix.hasPrefix("-") && format.literal != "--" || format.isSplit {
            judge.find(.ask, .unknownOption, "'printf' with \(format.shown.quoted) isn't understood.")
        }
        let isNetwork = call.arguments.contains(where: \.isFromNetwork)
        guard call.arguments.count == 1, let text = format.literal, !text.contains("\\"), !text.contains("%")
        else {
            return Flow(call.state, isNetwork ? .network : .unknown)
        }
        return Flow(call.state, .text(text))
    }

    private static let set: Body = { judge, call in
        let known: Set<String> = [
            "-e", "-u", "-x", "-eu", "-ex", "-eux", "-o", "-euo", "-euxo", "-eo", "-uo", "pipefail",
            "errexit", "nounset",
            "xtrace", "+e", "+x", "+u", "+ex", "+o", "-ux", "-xe", "-n",
        ]
        let isKnown = call.arguments.allSatisfy { $0.literal.map(known.contains) ?? false }
        if call.arguments.isEmpty || !isKnown {
            judge.find(
                .ask, .notUnderstood,
                "'set' changes how the shell understands what follows, or shows all variables.")
        }
        return Flow(call.state)
    }

    private static let shopt: Body = { judge, call in
        let known: Set<String> = ["-s", "-u", "nullglob", "globstar", "failglob"]
        if !call.arguments.allSatisfy({ $0.literal.map(known.contains) ?? false }) {
            judge.find(.ask, .notUnderstood, "'shopt' changes how the shell understands what follows.")
        }
        return Flow(call.state)
    }

    private static let shift: Body = { _, call in
        var state = call.state
        let count = call.arguments.first.map { Int($0.literal ?? "") } ?? 1
        if let count, let parameters = state.parameters, count >= 0 {
            state.parameters = Array(parameters.dropFirst(count))
        } else {
            state.parameters = nil
        }
        return Flow(state)
    }

    private static let exit: Body = { _, call in
        let isCertain =
            call.arguments.isEmpty
            || call.arguments.count == 1 && (call.arguments[0].isNumber && !call.arguments[0].isSplit)
        return isCertain ? Flow(succeeded: nil, failed: nil) : Flow(call.state)
    }

    private static let leave: Body = { judge, call in
        judge.escape(call.state)
        return Flow(call.state)
    }

    private static let eval: Body = { judge, call in
        let words = call.arguments.compactMap(\.literal)
        guard words.count == call.arguments.count else {
            let isNetwork = call.arguments.contains(where: \.isFromNetwork)
            judge.find(isNetwork ? .never : .ask, .runsCode, "What 'eval' runs isn't known.")
            var state = call.state
            state.folders = nil
            return Flow(state)
        }
        return judge.run(text: words.joined(separator: " "), call.state, call.input)
    }

    private static let source: Body = { judge, call in
        let folder = call.state.folders?.count == 1 ? call.state.folders?.first : nil
        let place = call.arguments.first.flatMap { judge.territory.place($0, from: folder) }
        let names = place.map { $0.below(judge.territory.worktree).compactMap(\.literal) } ?? []
        let isInside = place?.isIn(judge.territory.worktree) ?? false
        let known = [
            [".venv", "bin", "activate"], ["venv", "bin", "activate"], ["env", "bin", "activate"],
        ]
        if !isInside || !known.contains(Array(names.suffix(3))) || call.arguments.count != 1 {
            let isNetwork = call.arguments.contains(where: \.isFromNetwork)
            judge.find(isNetwork ? .never : .ask, .runsCode, "What \(call.name.quoted) runs isn't known.")
        }
        return Flow(call.state)
    }

    private static let exec: Body = { judge, call in
        guard let first = call.arguments.first else { return Flow(call.state) }
        if first.prefix.hasPrefix("-") {
            judge.find(.ask, .unknownOption, "'exec' with options isn't understood.")
        }
        // When the program can't be run, some shells go on.
        return judge.run(call.arguments, call.state, call.input, skipsFunctions: true)
    }
}
