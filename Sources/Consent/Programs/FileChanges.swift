extension ProgramTable {
    /// Programs that make, move and delete files.
    static let fileChanges: [Program] = [
        Program("mkdir", "-pvm: parents verbose mode:", Operands.write),
        Program("touch", "-acmhd:t:r: no-create date: time: reference: no-dereference", Operands.write),
        Program("truncate", "-cs:r:o size: reference: no-create", Operands.write),
        Program(
            "rm",
            """
            -rRfviIdx recursive force verbose interactive? dir one-file-system preserve-root? \
            no-preserve-root^
            """,
            remove),
        Program("rmdir", "-pv parents verbose ignore-fail-on-non-empty", remove),
        Program("unlink", "", remove),
        Program(
            "cp",
            """
            -aAbdfHiLlnPpRrsSTt:uvxZ archive backup? force interactive link no-clobber dereference \
            no-dereference preserve? recursive symbolic-link! target-directory: no-target-directory \
            update? verbose one-file-system parents reflink? sparse: attributes-only
            """,
            copy),
        Program(
            "mv",
            """
            -bfinTt:uv backup? force interactive no-clobber no-target-directory target-directory: \
            update? verbose
            """,
            move),
        Program("ln", "-sfnvrTib symbolic force no-dereference verbose relative no-target-directory", link),
        Program("chmod", "-RvcfX recursive verbose changes silent quiet preserve-root", .gnu, chmod),
        Program("dd", "", .free, diskDump),
        Program(
            "split csplit",
            "-a:b:C:dl:n: suffix-length: bytes: lines: numeric-suffixes? additional-suffix: number:", split),
        Program(
            "gzip gunzip bzip2 bunzip2 xz unxz zstd",
            "-cdfhklnqtv123456789 stdout decompress keep list test verbose force", compress),
        Program(
            "tar bsdtar gtar",
            """
            -cztvjJpPhOkf:C:T!xX:uArW create list gzip bzip2 xz zstd verbose file: directory: \
            exclude: exclude-vcs to-stdout extract! to-command! checkpoint-action! \
            use-compress-program! info-script! new-volume-script! rsh-command! rmt-command! \
            checkpoint? wildcards no-recursion
            """,
            archive),
        Program("zip", "-rqj9x:y recurse-paths quiet", writeFirst),
        Program("unzip zipinfo", "-lvZtq", listed),
    ]

    private static let remove: Program.Body = { judge, parsed, call in
        for operand in parsed.operands { judge.delete(operand, call.state) }
        return .unknown
    }

    /// Where the sources go, and the sources.
    private static func ends(_ parsed: Parsed) -> (sources: [Value], target: Value?) {
        if let target = parsed.values("t", "target-directory").last { return (parsed.operands, target) }
        guard parsed.operands.count > 1 else { return (parsed.operands, nil) }
        return (Array(parsed.operands.dropLast()), parsed.operands.last)
    }

    private static let copy: Program.Body = { judge, parsed, call in
        let (sources, target) = ends(parsed)
        let isTree = parsed.has("r", "R", "a", "recursive", "archive")
        if parsed.has("s", "S", "symbolic-link", "link", "l") {
            judge.find(.ask, .unknownOption, "'cp' with links isn't understood.")
        }
        for source in sources { judge.read(source, call.state, isTree: isTree) }
        place(sources, target, &judge, call)
        return .unknown
    }

    private static let move: Program.Body = { judge, parsed, call in
        let (sources, target) = ends(parsed)
        for source in sources { judge.delete(source, call.state) }
        place(sources, target, &judge, call)
        return .unknown
    }

    /// The target is written, or what comes to lie in it under the source's name.
    private static func place(_ sources: [Value], _ target: Value?, _ judge: inout Judge, _ call: Call) {
        guard let target, !target.isSplit else {
            return judge.find(.ask, .unknownPath, "Where \(call.name.quoted) writes isn't known.")
        }
        judge.write(target, call.state)
        for source in sources {
            var inner = target
            inner.append(.text("/"))
            inner.append(source.lastComponent)
            if !source.isUnknown { judge.write(inner, call.state) }
        }
    }

    private static let link: Program.Body = { judge, parsed, call in
        guard parsed.operands.count <= 2, let source = parsed.operands.first else {
            judge.find(.ask, .unknownPath, "Which links 'ln' makes isn't known.")
            return .unknown
        }
        let target = parsed.operands.count == 2 ? parsed.operands[1] : source.lastComponent
        // A link with `..` leads elsewhere as soon as it is moved.
        if source.literal?.contains("..") ?? true {
            judge.find(.ask, .unknownPath, "Where the link to \(source.shown.quoted) leads isn't known.")
        }
        judge.write(source, call.state)
        judge.read(source, call.state)
        place([source], target, &judge, call)
        return .unknown
    }

    private static let chmod: Program.Body = { judge, parsed, call in
        guard let mode = parsed.operands.first?.literal else {
            judge.find(.ask, .unknownOption, "Which mode 'chmod' sets isn't known.")
            return .unknown
        }
        let digits = mode.utf8.allSatisfy(\.isDigit)
        let isSpecial =
            digits
            ? mode.utf8.count > 3 && !mode.hasPrefix("0") || mode.utf8.count > 4
            : mode.contains("s") || mode.contains("t")
        if isSpecial {
            judge.find(.ask, .privileges, "'chmod' with \(mode.quoted) gives a program its owner's rights.")
        }
        for operand in parsed.operands.dropFirst() { judge.write(operand, call.state) }
        return .unknown
    }

    private static let diskDump: Program.Body = { judge, parsed, call in
        let known: Set<String> = [
            "bs", "ibs", "obs", "count", "skip", "seek", "status", "conv", "iflag", "oflag",
        ]
        for operand in parsed.operands {
            let name = String(operand.prefix.prefix { $0 != "=" })
            let value = operand.dropping(name.utf8.count + 1)
            switch name {
            case "if": judge.read(value, call.state)
            case "of": judge.write(value, call.state)
            default:
                if !known.contains(name) {
                    judge.find(.ask, .unknownOption, "'dd' with \(operand.shown.quoted) isn't understood.")
                }
            }
        }
        return .unknown
    }

    private static let split: Program.Body = { judge, parsed, call in
        if let first = parsed.operands.first, first.literal != "-" { judge.read(first, call.state) }
        let isSafe = call.name == "split" && parsed.operands.count <= 2
        if !isSafe { judge.find(.ask, .unknownOption, "\(call.name.quoted) isn't understood.") }
        judge.write(parsed.operands.count == 2 ? parsed.operands[1] : Value("xaa"), call.state)
        return .unknown
    }

    private static let compress: Program.Body = { judge, parsed, call in
        let readsOnly = parsed.has("c", "stdout", "l", "list", "t", "test")
        for operand in parsed.operands {
            judge.read(operand, call.state)
            if !readsOnly { judge.delete(operand, call.state) }
        }
        return .unknown
    }

    private static let archive: Program.Body = { judge, parsed, call in
        var parsed = parsed
        // `tar czf x.tgz` has its letters without a dash.
        if let first = parsed.operands.first?.literal,
            parsed.options.isEmpty || !parsed.has("c", "t", "create", "list")
        {
            let letters = Set("cztvjJf")
            if first.allSatisfy(letters.contains), first.contains("c") || first.contains("t") {
                parsed.operands.removeFirst()
                for letter in first where letter != "f" { parsed.options.append((String(letter), nil)) }
                if first.contains("f"), !parsed.operands.isEmpty {
                    parsed.options.append(("f", parsed.operands.removeFirst()))
                }
            }
        }
        let files = parsed.values("f", "file")
        for folder in parsed.values("C", "directory") { judge.stay(folder, call.state) }
        let reads = parsed.has("t", "list")
        let writes = parsed.has("c", "create")
        if reads == writes || parsed.has("x", "A", "r", "u", "P", "X", "W") {
            judge.find(.ask, .unknownPath, "Which files 'tar' would write isn't known.")
        }
        for file in files where file.literal != "-" {
            // `host:file` is on another machine.
            if file.shown.contains(":") {
                judge.find(.ask, .network, "\(file.shown.quoted) may lie on another machine.")
            }
            if writes { judge.write(file, call.state) } else { judge.read(file, call.state) }
        }
        if writes { for operand in parsed.operands { judge.read(operand, call.state, isTree: true) } }
        return .unknown
    }

    private static let writeFirst: Program.Body = { judge, parsed, call in
        for operand in parsed.operands.dropFirst() { judge.read(operand, call.state, isTree: true) }
        if let first = parsed.operands.first { judge.write(first, call.state) }
        return .unknown
    }

    private static let listed: Program.Body = { judge, parsed, call in
        if call.name == "unzip", !parsed.has("l", "t", "Z", "v") {
            judge.find(.ask, .unknownPath, "Which files 'unzip' would write isn't known.")
        }
        if let first = parsed.operands.first { judge.read(first, call.state) }
        return .unknown
    }
}

extension Value {
    /// The last component of a path, as far as it is known.
    fileprivate var lastComponent: Value {
        var result = Value([])
        for piece in pieces {
            guard case .text(let text) = piece else {
                result.append(piece)
                continue
            }
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            if parts.count > 1 { result = Value([]) }
            var last = String(parts.last ?? "")
            if last.isEmpty, parts.count > 1 { last = String(parts.last { !$0.isEmpty } ?? "") }
            result.append(.text(last == ".." ? "." : last))
        }
        return result
    }
}
