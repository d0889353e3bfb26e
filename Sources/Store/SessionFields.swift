internal import SessionModel

/// Values that only session files have.
extension Field {
    /// What a branch may start from; whether it exists is Git's to say.
    func commitish() throws(FileProblem) -> String {
        let text = try text()
        if text.isEmpty { throw problem("is empty; \"HEAD\" is the commit that is checked out.") }
        if text.hasPrefix("-") { throw problem("may not begin with '-'.") }
        return text
    }

    /// A branch's name, or the part of it in front of a slash.
    func branchName() throws(FileProblem) -> String {
        let text = try text()
        if let reason = RefName.problem(in: text) { throw problem("can't be a branch's name: it \(reason).") }
        return text
    }

    /// A folder inside the worktree.
    func innerFolder() throws(FileProblem) -> String {
        let text = try text()
        if text.isEmpty { throw problem("is empty; null is the worktree itself.") }
        if text.hasPrefix("/") { throw problem("must be relative to the worktree, not absolute.") }
        if text.utf8.split(separator: 0x2F).contains(where: { $0.elementsEqual("..".utf8) }) {
            throw problem("must lie inside the worktree, without '..'.")
        }
        return text
    }

    /// Environment variables: `{"K": "V"}`, `["K=V"]` or `[["K", "V"]]`.
    func variables() throws(FileProblem) -> [String: String] {
        var variables: [String: String] = [:]
        func add(_ name: String, _ value: String, _ field: Field) throws(FileProblem) {
            guard !name.isEmpty, !name.utf8.contains(0x3D), !name.utf8.contains(0) else {
                throw field.problem("has a name that is empty or holds '=' or NUL.")
            }
            guard variables.updateValue(value, forKey: name) == nil else {
                throw field.problem("sets \(PlainText.line(name)) a second time.")
            }
        }
        if case .object = node.value {
            for member in try members() { try add(member.key, try member.text(), member) }
            return variables
        }
        for item in try items(such: "[\"KEY=VALUE\"], or an object such as {\"KEY\": \"VALUE\"}") {
            if case .array = item.node.value {
                let pair = try item.texts(such: "[\"KEY\", \"VALUE\"]")
                guard pair.count == 2 else {
                    throw item.problem("must be a pair such as [\"KEY\", \"VALUE\"].")
                }
                try add(pair[0], pair[1], item)
            } else {
                let text = try item.text()
                guard let equals = text.utf8.firstIndex(of: 0x3D) else {
                    throw item.problem("must be \"KEY=VALUE\".")
                }
                try add(String(text[..<equals]), String(text[text.utf8.index(after: equals)...]), item)
            }
        }
        return variables
    }
}
