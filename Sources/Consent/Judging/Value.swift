/// A piece of what a word becomes when the shell expands it.
enum Piece: Hashable {
    /// Known text.
    case text(String)
    /// Any text without a slash that the shell found as a file's name; it begins with no dot.
    case glob
    /// A decimal number.
    case number
    /// A path below the folder, as a program that lists files tells it.
    case listing
    /// Anything.
    case unknown
    /// Anything, from the network.
    case network
}

/// A word after expansion, as far as it is known before it runs.
struct Value: Hashable {
    var pieces: [Piece]
    /// Whether it may become no word at all, or several.
    var isSplit = false

    init(_ pieces: [Piece], isSplit: Bool = false) {
        self.pieces = pieces
        self.isSplit = isSplit
    }

    init(_ text: String) { pieces = text.isEmpty ? [] : [.text(text)] }

    static let unknown = Value([.unknown])

    /// The text when all of it is known.
    var literal: String? {
        guard !isSplit else { return nil }
        var text = ""
        for piece in pieces {
            guard case .text(let part) = piece else { return nil }
            text += part
        }
        return text
    }

    /// What is known of its beginning.
    var prefix: String {
        if case .text(let text) = pieces.first { return text }
        return ""
    }

    /// For people: `…` stands for what isn't known.
    var shown: String {
        pieces.map { piece in
            if case .text(let text) = piece { text } else { "…" }
        }.joined()
    }

    var isUnknown: Bool { pieces.contains { $0 == .unknown || $0 == .network } }
    var isListing: Bool { pieces.contains(.listing) }
    var isFromNetwork: Bool { pieces.contains(.network) }

    mutating func append(_ piece: Piece) {
        if case .text(let text) = piece {
            guard !text.isEmpty else { return }
            if case .text(let last) = pieces.last {
                pieces[pieces.count - 1] = .text(last + text)
                return
            }
        }
        pieces.append(piece)
    }

    mutating func append(_ value: Value) {
        for piece in value.pieces { append(piece) }
        isSplit = isSplit || value.isSplit
    }

    /// The value without as many bytes of known text at its start.
    func dropping(_ count: Int) -> Value {
        guard case .text(let text) = pieces.first else { return self }
        let rest = String(decoding: text.utf8.dropFirst(count), as: UTF8.self)
        return Value((rest.isEmpty ? [] : [.text(rest)]) + pieces.dropFirst(), isSplit: isSplit)
    }

    /// What holds for both.
    func joined(_ other: Value) -> Value {
        if self == other { return self }
        if isNumber, other.isNumber { return Value([.number]) }
        return isFromNetwork || other.isFromNetwork ? Value([.network]) : .unknown
    }

    var isNumber: Bool {
        if pieces == [.number] { return true }
        guard let literal, !literal.isEmpty, literal.utf8.count < 12 else { return false }
        return literal.utf8.allSatisfy(\.isDigit)
    }
}

/// What flows through a pipe, or is read from a command.
enum Stream: Equatable {
    case unknown
    case network
    /// Paths below the folder, one a line.
    case listing
    case number
    case text(String)

    /// What holds for both.
    func joined(_ other: Stream) -> Stream {
        if self == other { return self }
        return self == .network || other == .network ? .network : .unknown
    }

    /// The piece that a line of it is.
    var piece: Piece {
        switch self {
        case .unknown, .text: .unknown
        case .network: .network
        case .listing: .listing
        case .number: .number
        }
    }
}
