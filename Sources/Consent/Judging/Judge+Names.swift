extension Judge {
    /// Names in the folders are told; of other sessions, and of folders of secrets outside, that is for a person.
    mutating func list(_ operands: [Value], _ call: Call) {
        for operand in operands {
            for folder in call.state.folders.map({ $0.map { Optional($0) } }) ?? [nil] {
                guard let place = territory.place(operand, from: folder) else {
                    if folder == nil { find(.ask, .unknownPath, "Which folder is listed isn't known.") }
                    continue
                }
                guard !place.isIn(territory.worktree),
                    !place.holds(territory.worktree) || !place.tail.isEmpty
                else { continue }
                find(territory.refusal(reading: place, isTree: false))
            }
        }
    }

    /// Words of Git that may be paths, revisions or both: those that lead outside, or to secrets, are read.
    mutating func readPaths(_ operands: [Value], _ call: Call) {
        for operand in operands {
            guard let literal = operand.literal else {
                if operand.prefix.isEmpty || !operand.isUnknown { read(operand, call.state) }
                continue
            }
            // `:/x` and `:(top)x` are paths from the top.
            var path = literal[...]
            if path.hasPrefix(":(") { path = path.drop { $0 != ")" }.dropFirst() }
            path = path.drop { ":!^".contains($0) }
            if literal.hasPrefix(":") { path = path.drop { $0 == "/" } }
            let names = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            let leads = path.hasPrefix("/") || names.contains("..") || path.hasPrefix("~/")
            if leads || names.contains(where: { Territory.isSecret(Value($0)) }) {
                read(Value(String(path)), call.state)
            }
        }
    }
}
