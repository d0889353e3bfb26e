extension ProgramTable {
    /// Programs that change text.
    static let textTools: [Program] = [
        Program(
            "sed gsed",
            """
            -nEre:suzi?lbf! -0 quiet silent expression: regexp-extended separate unbuffered \
            null-data in-place? line-length: posix sandbox debug file!
            """,
            sed),
        Program(
            "awk gawk mawk nawk", "-F:v:f! field-separator: assign: file! exec! load! include! inplace!",
            .stopping, awk),
        Program(
            "jq",
            """
            -rcnsSeajCMRf<L@ raw-output compact-output null-input slurp sort-keys exit-status \
            ascii-output join-output color-output monochrome-output raw-input tab indent: arg! \
            argjson! slurpfile! rawfile! args jsonargs from-file< unbuffered stream seq
            """,
            jq),
        Program("yq", "-rejP output-format: input-format: no-colors prettyPrint raw-output", readAfterFirst),
        Program("xmllint", "noout format xpath: schema@ valid", Operands.stay),
        Program("iconv", "-f:t:cl from-code: to-code:", Operands.read),
        Program("bc", "-lq mathlib quiet", Operands.read),
        Program("cloc tokei scc", "-et: exclude-dir: include-lang: by-file quiet", Operands.stay),
        Program("shellcheck", "-s:e:f:axS: shell: exclude: format: severity:", Operands.stay),
        Program(
            "delta bat batcat", "-pnA plain number paging: color: style: line-range: language: theme: r: l:",
            Operands.read),
    ]

    private static let sed: Program.Body = { judge, parsed, call in
        var scripts = parsed.values("e", "expression")
        var files = parsed.operands[...]
        if scripts.isEmpty {
            guard let first = files.popFirst() else { return .unknown }
            scripts = [first]
        }
        for script in scripts {
            guard let text = script.literal ?? script.numbersAsZero, SedScript.isHarmless(text) else {
                judge.find(
                    .ask, .runsCode,
                    "The 'sed' script \(script.shown.quoted) isn't understood, or runs or writes something.")
                continue
            }
        }
        let backups = parsed.values("i", "in-place")
        for backup in backups
        where backup.literal?.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "." || $0 == "~" }) != true {
            judge.find(.ask, .unknownPath, "The backup \(backup.shown.quoted) of 'sed' isn't understood.")
        }
        let isInPlace = parsed.has("i", "in-place")
        for file in files where file.literal != "-" {
            judge.read(file, call.state)
            if isInPlace { judge.write(file, call.state) }
        }
        return .unknown
    }

    private static let awk: Program.Body = { judge, parsed, call in
        guard let program = parsed.operands.first else { return .unknown }
        guard let text = program.literal, AwkScript.isHarmless(text) else {
            judge.find(
                .ask, .runsCode,
                "The 'awk' program \(program.shown.quoted) isn't understood, or runs or writes something.")
            return .unknown
        }
        for file in parsed.operands.dropFirst() {
            // `name=value` is an assignment, and anything else a file.
            let isAssignment = file.literal.map { $0.contains("=") && !$0.contains("/") } ?? false
            if !isAssignment { judge.read(file, call.state) }
        }
        return .unknown
    }

    private static let jq: Program.Body = { judge, parsed, call in
        var files = parsed.operands[...]
        if !parsed.has("f", "from-file") {
            let filter = files.popFirst()
            let dangerous = ["env", "ENV", "input_filename", "import", "include", "$__loc__", "halt_error"]
            let text = filter?.literal ?? (filter == nil ? "." : "env")
            if dangerous.contains(where: text.contains) && !text.contains("environment") {
                judge.find(.ask, .secret, "The filter \(text.quoted) may show variables.")
            }
        }
        for file in files where file.literal != "-" { judge.read(file, call.state) }
        return .unknown
    }

    private static let readAfterFirst: Program.Body = { judge, parsed, call in
        let text = parsed.operands.first?.literal ?? "load"
        if ["env", "load", "strenv", "eval"].contains(where: text.contains) {
            judge.find(.ask, .secret, "The expression \(text.quoted) may read other files.")
        }
        for file in parsed.operands.dropFirst() { judge.read(file, call.state) }
        return .unknown
    }
}

extension Value {
    /// The text with a digit for each number in it, as in `${n}p`.
    fileprivate var numbersAsZero: String? {
        guard !isSplit else { return nil }
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .number: text += "1"
            case .glob, .listing, .unknown, .network: return nil
            }
        }
        return text
    }
}

/// What a program for `awk` may do.
enum AwkScript {
    private static let words = [
        "system", "getline", "@", "ENVIRON", "PROCINFO", "ARGV", "ARGC", "fflush", "close", "\\x", "\\0",
        "\\1",
    ]

    /// Whether it neither runs nor writes anything.
    static func isHarmless(_ text: String) -> Bool {
        guard !words.contains(where: text.contains) else { return false }
        var rest = Array(text.utf8)
        // Without a slash there is no regular expression, so that strings can be told from code.
        if !rest.contains(UInt8(ascii: "/")) { rest = withoutStrings(rest) }
        guard let first = String(decoding: rest, as: UTF8.self).range(ofWord: "print") else { return true }
        return isHarmless(after: first, rest)
    }

    /// After the first `print` a `>` or a single `|` may lead to a file or a program.
    private static func isHarmless(after start: Int, _ bytes: [UInt8]) -> Bool {
        var index = start
        while index < bytes.count {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch bytes[index] {
            case UInt8(ascii: "|"):
                guard next == UInt8(ascii: "|") else { return false }
                index += 1
            case UInt8(ascii: ">"):
                var after = index + 1
                while after < bytes.count, bytes[after] == .space { after += 1 }
                guard after < bytes.count, bytes[after].isDigit else { return false }
            default: break
            }
            index += 1
        }
        return true
    }

    private static func withoutStrings(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var isString = false
        var index = 0
        while index < bytes.count {
            if bytes[index] == .doubleQuote {
                isString.toggle()
            } else if !isString {
                result.append(bytes[index])
            }
            if isString, bytes[index] == .backslash { index += 1 }
            index += 1
        }
        return result
    }
}

extension String {
    /// Where the text begins, in bytes.
    fileprivate func range(ofWord word: String) -> Int? {
        let bytes = Array(utf8)
        let pattern = Array(word.utf8)
        guard bytes.count >= pattern.count else { return nil }
        return (0...(bytes.count - pattern.count)).first {
            bytes[$0..<($0 + pattern.count)].elementsEqual(pattern)
        }
    }
}
