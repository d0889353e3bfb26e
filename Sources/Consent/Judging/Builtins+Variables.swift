extension Builtins {
    static let unset: Body = { judge, call in
        var state = call.state
        for value in call.arguments where value.literal != "-v" {
            guard let name = value.literal, isName(name) else {
                judge.find(.ask, .notUnderstood, "'unset' with \(value.shown.quoted) isn't understood.")
                continue
            }
            judge.assign(name, ShellState.Variable(values: [.unknown]), &state)
        }
        return Flow(state)
    }

    /// `export`, `readonly`, `declare`, `typeset`, `local`.
    static let declare: Body = { judge, call in
        var state = call.state
        var exports = call.name == "export"
        if call.arguments.isEmpty {
            judge.find(.ask, .secret, "\(call.name.quoted) alone shows all variables.")
        }
        for value in call.arguments {
            let prefix = value.prefix
            if prefix.hasPrefix("-") {
                let known = Set("-rgx")
                exports = exports || prefix.contains("x")
                if value.literal?.allSatisfy(known.contains) != true {
                    judge.find(
                        .ask, .unknownOption,
                        "\(call.name.quoted) with \(value.shown.quoted) isn't understood.")
                }
                continue
            }
            declare(value, exports: exports, &judge, call, &state)
        }
        return Flow(state)
    }

    private static func declare(
        _ value: Value, exports: Bool, _ judge: inout Judge, _ call: Call, _ state: inout ShellState
    ) {
        let name = String(value.prefix.prefix { $0 != "=" })
        let hasValue = value.prefix.utf8.count > name.utf8.count
        guard isName(name), hasValue || value.literal != nil else {
            return judge.find(
                .ask, .notUnderstood, "\(call.name.quoted) with \(value.shown.quoted) isn't understood.")
        }
        let assigned = hasValue ? value.dropping(name.utf8.count + 1) : nil
        if exports { judge.find(Environment.refusal(exporting: name, as: assigned?.literal)) }
        if call.name == "local" || call.name != "export" { state.locals.insert(name) }
        if let assigned {
            let isUncertain = assigned.isSplit
            judge.assign(name, ShellState.Variable(values: [isUncertain ? .unknown : assigned]), &state)
        } else if call.name != "export" {
            judge.assign(name, ShellState.Variable(values: [.unknown]), &state)
        }
    }

    static let read: Body = { judge, call in
        var state = call.state
        var parsed = judge.scan(call, Options("-rsea:d:n:N:p:t:u:", .stopping))
        for value in parsed.operands + parsed.values("a") {
            guard let name = value.literal, isName(name) else {
                judge.find(.ask, .notUnderstood, "'read' with \(value.shown.quoted) isn't understood.")
                continue
            }
            judge.assign(name, ShellState.Variable(values: [Value([call.input.piece])]), &state)
        }
        if parsed.has("a") {
            for name in parsed.values("a").compactMap(\.literal) { state.variables[name] = .unknown }
        }
        return Flow(state)
    }

    static let readLines: Body = { judge, call in
        var state = call.state
        let parsed = judge.scan(call, Options("-td:n:s:", .stopping))
        guard parsed.operands.count == 1, let name = parsed.operands[0].literal, isName(name) else {
            judge.find(.ask, .notUnderstood, "\(call.name.quoted) isn't understood.")
            return Flow(state)
        }
        let values = [Value([call.input.piece], isSplit: true)]
        judge.assign(name, ShellState.Variable(values: values, isArray: true), &state)
        return Flow(state)
    }

    private static func isName(_ text: String) -> Bool {
        text.utf8.first?.isNameStart == true && text.utf8.allSatisfy(\.isName)
    }
}
