import CGit2

/// The files that attributes may change on their way out of the object database: rather one too many.
///
/// What really happens to such a file is libgit2's decision (`BlobConverter`); asking it for every file would
/// cost more than the checkout.
struct ConvertedFiles: Sendable, Equatable {
    /// One pattern of gitattributes(5), for the files beneath the folder whose path, with a slash, is `prefix`.
    struct Rule: Sendable, Equatable {
        var prefix: [UInt8]
        var pattern: Pattern
    }

    /// As much of a pattern as is looked at.
    enum Pattern: Sendable, Equatable {
        case everything
        case name([UInt8])
        case suffix([UInt8])

        init(_ text: some Collection<UInt8>) {
            func isSpecial(_ byte: UInt8) -> Bool { Array("*?[\\/\"!".utf8).contains(byte) }
            if !text.contains(where: isSpecial) {
                self = .name(Array(text))
            } else if text.first == 0x2A, !text.dropFirst().contains(where: isSpecial) {
                self = .suffix(Array(text.dropFirst()))
            } else {
                self = .everything
            }
        }

        func matches(_ name: Slice<UnsafeRawBufferPointer>) -> Bool {
            switch self {
            case .everything: true
            case .name(let text): name.elementsEqual(text)
            case .suffix(let text): name.suffix(text.count).elementsEqual(text)
            }
        }
    }

    var rules: [Rule] = []

    func contains(_ file: CheckoutPlan.File, _ paths: UnsafeRawBufferPointer) -> Bool {
        rules.contains { rule in
            rule.pattern.matches(paths[file.name..<file.end])
                && paths[file.start..<file.end].starts(with: rule.prefix)
        }
    }
}

/// What a text of gitattributes(5) asks of a checkout.
struct AttributeNeed: Equatable {
    /// Whether there is what libgit2 does wrong: filters, encodings, quoted patterns.
    private(set) var isGit = false
    /// Files whose line ends or `$Id$` may change.
    private(set) var rules: [ConvertedFiles.Rule] = []

    /// Looks at every attribute that a line sets or defines, whatever files it is for.
    ///
    /// `folder` is the path, with a slash, of where the text applies; `textMatters` when `core.eol` asks for
    /// CR LF in every text file.
    init(of text: [UInt8], in folder: [UInt8], textMatters: Bool) {
        for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let words = line.split { $0 == 0x20 || $0 == 0x09 }
            guard let pattern = words.first, pattern.first != 0x23 else { continue }
            let isMacro = pattern.starts(with: Array("[attr]".utf8))
            let rule = ConvertedFiles.Rule(
                prefix: isMacro ? [] : folder, pattern: isMacro ? .everything : .init(pattern))
            // A quoted pattern may hold blanks; whatever is in it, all that follows is looked at. What is
            // unset, as by `-text`, changes nothing.
            for word in words.dropFirst() {
                let parts = word.split(separator: 0x3D, maxSplits: 1).map {
                    String(decoding: $0, as: UTF8.self)
                }
                switch (parts.first, parts.dropFirst().first) {
                case ("filter", _), ("working-tree-encoding", _): isGit = true
                case ("eol", "lf"), ("crlf", "input"): continue
                case ("text", _) where !textMatters: continue
                case ("eol", _), ("ident", _), ("crlf", _), ("text", _):
                    rules.append(rule)
                    // libgit2 1.5.1 takes the quotes for a part of the name.
                    if pattern.first == 0x22 { isGit = true }
                default: continue
                }
            }
        }
    }
}
