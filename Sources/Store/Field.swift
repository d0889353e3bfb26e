internal import SessionModel

/// A value of a person's file while it is understood: what it must be, or a problem with its place.
struct Field {
    let document: JSON5Document
    let node: JSON5Node
    let path: [PathStep]
    /// Where the key begins; for problems with the key itself.
    var keyOffset: Int?

    /// The whole of a file.
    init(_ document: JSON5Document) {
        self.init(document: document, node: document.root, path: [])
    }

    init(document: JSON5Document, node: JSON5Node, path: [PathStep], keyOffset: Int? = nil) {
        self.document = document
        self.node = node
        self.path = path
        self.keyOffset = keyOffset
    }

    /// The key's path, or "the file".
    var name: String { TextPlace.key(path).map(PlainText.line) ?? "the file" }

    /// The key itself; empty for the whole file and parts of lists.
    var key: String {
        guard case .key(let key) = path.last else { return "" }
        return key
    }

    var isNull: Bool { node.value == .null }

    /// A problem with the value; `message` goes on after the key's name.
    func problem(_ message: String) -> FileProblem {
        document.problem("\(name) \(message)", at: node.range.lowerBound, path)
    }

    /// The notice of a key that isn't one of `keys`.
    func unknown(among keys: [String]) -> FileProblem {
        let parent = TextPlace.key(path.dropLast()).map { " of \($0)" } ?? ""
        let suggestion = Suggestion.sentence(for: key, among: keys)
        let shown = PlainText.line("\"\(TextPlace.clipped(key))\"")
        return document.problem(
            "The key \(shown)\(parent) isn't known here; it is left aside.\(suggestion)",
            at: keyOffset ?? node.range.lowerBound, path)
    }

    /// The values of an object, in the order of the file.
    func members() throws(FileProblem) -> [Field] {
        guard case .object(let members) = node.value else {
            throw problem("must be an object, { … }, but is \(node.kind).")
        }
        return members.map {
            Field(
                document: document, node: $0.value, path: path + [.key($0.key)],
                keyOffset: $0.keyRange.lowerBound)
        }
    }

    /// The values of a list; `example` shows one.
    func items(such example: String) throws(FileProblem) -> [Field] {
        guard case .array(let items) = node.value else {
            throw problem("must be a list such as \(example), but is \(node.kind).")
        }
        return items.enumerated().map { index, node in
            Field(document: document, node: node, path: path + [.index(index)])
        }
    }

    /// A text without NUL.
    func text() throws(FileProblem) -> String {
        guard case .string(let text) = node.value else {
            throw problem("must be a text in quotes, but is \(node.kind).")
        }
        guard !text.utf8.contains(0) else { throw problem("holds a NUL character.") }
        return text
    }

    /// A list of texts; `example` shows one.
    func texts(such example: String) throws(FileProblem) -> [String] {
        var texts: [String] = []
        for item in try items(such: example) { texts.append(try item.text()) }
        return texts
    }

    /// A program and its arguments.
    func argumentVector() throws(FileProblem) -> [String] {
        let items = try items(such: "[\"claude\"]")
        guard let program = items.first else { throw problem("is empty; the program stands first in it.") }
        guard try !program.text().isEmpty else { throw program.problem("is empty; it must name a program.") }
        return try texts(such: "[\"claude\"]")
    }

    func flag() throws(FileProblem) -> Bool {
        guard case .bool(let value) = node.value else {
            throw problem("must be true or false, but is \(node.kind).")
        }
        return value
    }

    func integer(in range: ClosedRange<Int>) throws(FileProblem) -> Int {
        let value: Int
        switch node.value {
        case .integer(let integer): value = integer
        case .double(let double):
            guard let integer = Int(exactly: double) else { throw problem("must be a whole number.") }
            value = integer
        default: throw problem("must be a number, but is \(node.kind).")
        }
        guard range.contains(value) else {
            throw problem("is \(value), but must be from \(range.lowerBound) to \(range.upperBound).")
        }
        return value
    }

    /// One of the words of an enumeration.
    func word<Word: RawRepresentable & CaseIterable>(
        of type: Word.Type
    ) throws(FileProblem) -> Word where Word.RawValue == String {
        let text = try text()
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue)
        let shown = PlainText.line("\"\(TextPlace.clipped(text))\"")
        throw problem(
            "is \(shown), but must be one of \(words.joined(separator: ", "))."
                + Suggestion.sentence(for: text, among: words)
        )
    }

    /// The version of a file's form; 0 is that of one that names none.
    func version(known: Int) throws(FileProblem) -> Int {
        let version = try integer(in: 0...Int.max)
        guard version <= known else {
            throw problem("is \(version), which is newer than this claudia knows (\(known)); update claudia.")
        }
        return version
    }
}
