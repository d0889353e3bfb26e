extension Judge {
    /// Bytes past which what a variable holds isn't kept.
    private static let textMax = 8_192

    mutating func expand(_ parameter: Parameter, _ fields: inout Fields, _ state: inout ShellState) {
        let name = parameter.name
        if case .value = parameter.operation, name == "@" || name == "*" {
            return expandAll(state.parameters, &fields, isQuoted: parameter.isQuoted)
        }
        if case .value = parameter.operation, let variable = state.variables[name], variable.isArray {
            return expandAll(variable.values, &fields, isQuoted: parameter.isQuoted)
        }
        fields.add(value(of: parameter, &state), isQuoted: parameter.isQuoted)
    }

    private func expandAll(_ values: [Value]?, _ fields: inout Fields, isQuoted: Bool) {
        guard let values else { return fields.add(Value([.unknown], isSplit: true), isQuoted: false) }
        for (index, value) in values.enumerated() {
            if index > 0 { fields.next() }
            fields.add(value, isQuoted: isQuoted)
        }
    }

    private mutating func value(of parameter: Parameter, _ state: inout ShellState) -> Value {
        let plain = value(of: parameter.name, state)
        switch parameter.operation {
        case .value: return plain ?? .unknown
        case .length: return Value([.number])
        case .element: return .unknown
        case .fallback(let mark, let word):
            let fallback = expandWhole(word, &state)
            if mark == UInt8(ascii: "=") { assign(parameter.name, .unknown, &state) }
            guard let plain else { return fallback.isFromNetwork ? fallback : .unknown }
            if mark == UInt8(ascii: "+") { return plain.joined(fallback) }
            guard let literal = plain.literal else {
                return mark == UInt8(ascii: "?") ? plain : plain.joined(fallback)
            }
            return literal.isEmpty ? fallback.joined(plain) : plain
        case .withoutSuffix(let word, let isLongest):
            let pattern = word.literal ?? (word.isDotStar && !isLongest ? ".*" : nil)
            _ = expandWhole(word, &state)
            return plain.flatMap { Self.cut($0, pattern) } ?? .unknown
        case .changed(let words):
            for word in words { _ = expandWhole(word, &state) }
            return plain?.isFromNetwork == true ? Value([.network]) : .unknown
        }
    }

    /// A value without the ending that the pattern (plain text, or `.*`) names; nil when that isn't known.
    private static func cut(_ value: Value, _ pattern: String?) -> Value? {
        guard let pattern, case .text(let last) = value.pieces.last else { return nil }
        var pieces = Array(value.pieces.dropLast())
        let rest: String
        if pattern == ".*" {
            guard let dot = last.lastIndex(of: ".") else { return nil }
            rest = String(last[..<dot])
        } else {
            guard last.hasSuffix(pattern) else { return nil }
            rest = String(last.dropLast(pattern.count))
        }
        if !rest.isEmpty { pieces.append(.text(rest)) }
        return Value(pieces)
    }

    /// What a name holds; nil when the script doesn't say.
    private mutating func value(of name: String, _ state: ShellState) -> Value? {
        if let variable = state.variables[name] {
            guard !variable.isArray else { return .unknown }
            return variable.values.first ?? .unknown
        }
        if ShellNumbers.names.contains(name) { return Value([.number]) }
        switch name {
        case "HOME": return Value("/" + territory.home.joined(separator: "/"))
        case "PWD":
            guard let folders = state.folders, folders.count == 1 else { return nil }
            return Value("/" + folders[0].joined(separator: "/"))
        default: break
        }
        if let number = Int(name), number > 0, let parameters = state.parameters {
            return number <= parameters.count ? parameters[number - 1] : Value("")
        }
        if Environment.isSecret(name) {
            find(.ask, .secret, "The variable \(name.quoted) may hold a secret.")
        }
        return nil
    }

    /// Gives a name a value in the shell.
    mutating func assign(_ name: String, _ variable: ShellState.Variable, _ state: inout ShellState) {
        find(Environment.refusal(setting: name, to: variable.values.first?.literal))
        var variable = variable
        if variable.values.contains(where: { $0.prefix.utf8.count > Self.textMax }) { variable = .unknown }
        if ["HOME", "PWD", "IFS", "CDPATH", "OLDPWD"].contains(name) { variable = .unknown }
        state.variables[name] = variable
    }

    mutating func assign(_ assignment: Assignment, _ state: inout ShellState) {
        var variable = ShellState.Variable(values: [], isArray: assignment.isArray)
        if assignment.isArray {
            variable.values = expand(assignment.values, &state)
        } else {
            variable.values = assignment.values.map { expandWhole($0, &state) }
        }
        if assignment.isAppending { variable = appended(variable, to: assignment.name, state) }
        assign(assignment.name, variable, &state)
    }

    private func appended(
        _ variable: ShellState.Variable, to name: String, _ state: ShellState
    ) -> ShellState.Variable {
        guard let old = state.variables[name], old.isArray == variable.isArray else { return .unknown }
        if old.isArray { return ShellState.Variable(values: old.values + variable.values, isArray: true) }
        guard var value = old.values.first, let added = variable.values.first else { return .unknown }
        value.append(added)
        return ShellState.Variable(values: [value])
    }
}

extension Word {
    /// Whether the word is the pattern `.*`.
    fileprivate var isDotStar: Bool {
        guard parts.count == 2, case .text(".") = parts[0], case .glob(UInt8(ascii: "*")) = parts[1] else {
            return false
        }
        return true
    }
}
