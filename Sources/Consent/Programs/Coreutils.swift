extension ProgramTable {
    /// Programs that read files, or tell of them.
    static let coreutils: [Program] = [
        Program(
            "cat tac", "-AbeEnstTuv show-all number-nonblank show-ends number squeeze-blank show-tabs",
            Operands.filter),
        Program(
            "ls dir vdir ll",
            """
            -aAbBcCdDfFgGhHiI:klLmnNopqQrRsStTuUvw:xXZ1 all almost-all author escape directory classify? \
            color? format: human-readable si hide: ignore: inode dereference group-directories-first \
            recursive reverse size sort: time: time-style: full-time no-group numeric-uid-gid width: \
            quoting-style: show-control-chars file-type
            """, list),
        Program("head", "-c:n:qvz -0 bytes: lines: quiet silent verbose zero-terminated", Operands.filter),
        Program(
            "tail", "-c:n:qvzfFs: -0 bytes: lines: quiet silent verbose follow? pid: retry sleep-interval:",
            Operands.filter),
        Program("wc", "-clmLw bytes chars lines max-line-length words total:", count),
        Program(
            "nl", "-b:d:f:h:i:l:n:ps:v:w: body-numbering: number-format: number-width: number-separator:",
            Operands.filter),
        Program(
            "cut",
            "-b:c:d:f:nsz bytes: characters: delimiter: fields: complement only-delimited output-delimiter:",
            Operands.read),
        Program("paste", "-d:sz delimiters: serial", Operands.read),
        Program("join", "-a:e:i1:2:j:o:t:v:z ignore-case check-order nocheck-order header", Operands.read),
        Program("comm", "-123z check-order nocheck-order output-delimiter: total", Operands.read),
        Program("rev", "", Operands.read),
        Program("shuf", "-n:i:rez head-count: input-range: repeat echo", Operands.read),
        Program("fold", "-bsw: bytes spaces width:", Operands.read),
        Program("fmt", "-w:csu width:", Operands.read),
        Program("expand unexpand", "-t:ia tabs: initial all", Operands.read),
        Program(
            "column", "-tc:s:o:nxN:R:eL table separator: output-separator: table-columns: columns:",
            Operands.read),
        Program(
            "md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum shasum md5 xxhsum",
            "-bctwzra:l: binary check tag text quiet status strict warn algorithm: length:", Operands.read),
        Program(
            "od", "-A:t:N:j:w?vbcdox address-radix: format: read-bytes: skip-bytes: width?", Operands.read),
        Program("hexdump hd", "-bcCdoxvn:s:e:", Operands.read),
        Program("xxd", "-abc:eg:iEl:o:ps:uC autoskip bits cols: len: seek: plain", readThenWrite),
        Program("strings", "-an:t:el:e: all bytes: radix: encoding:", Operands.read),
        Program(
            "file", "-biLkhNrs0 brief mime mime-type mime-encoding dereference no-dereference keep-going",
            Operands.read),
        Program("stat", "-Lfc:t dereference file-system format: printf: terse", Operands.read),
        Program(
            "readlink realpath",
            """
            -efmnqsvzLP canonicalize canonicalize-existing canonicalize-missing no-newline \
            relative-to: relative-base: strip no-symlinks zero quiet
            """,
            Operands.text),
        Program("basename dirname", "-as:z multiple suffix: zero", Operands.text),
        Program(
            "du",
            """
            -aAbcDd:hHkLlmPsS0t:xB: all apparent-size bytes total max-depth: human-readable \
            summarize one-file-system exclude: threshold: time? si block-size: dereference
            """,
            Operands.text),
        Program(
            "df",
            """
            -ahHiklPTtx:B: all human-readable inodes local portability print-type type: \
            exclude-type: total output? si
            """,
            Operands.text),
        Program(
            "sort",
            """
            -bdfghiMnRrVcCmst:uk:zo>S:T@ ignore-leading-blanks dictionary-order ignore-case \
            general-numeric-sort human-numeric-sort ignore-nonprinting month-sort numeric-sort \
            random-sort reverse version-sort check? merge stable field-separator: unique key: \
            zero-terminated output> buffer-size: parallel: temporary-directory@ compress-program! \
            files0-from!
            """,
            Operands.filter),
        Program(
            "uniq",
            """
            -cdDf:is:uw:z count repeated all-repeated? skip-fields: ignore-case skip-chars: unique \
            check-chars: zero-terminated group?
            """,
            unique),
        Program("tr", "-cCdst complement delete squeeze-repeats truncate-set1", Operands.text),
        Program(
            "diff colordiff",
            """
            -abBcC:dD:eEF:hiI:lL:nNpqrsStTuU:wW:x:yZ brief recursive unified? context? side-by-side \
            color? ignore-case ignore-all-space ignore-space-change ignore-blank-lines \
            ignore-matching-lines: text exclude: new-file report-identical-files width: \
            suppress-common-lines label: strip-trailing-cr no-dereference speed-large-files minimal \
            show-c-function
            """,
            readTreeIfRecursive),
        Program("cmp", "-bi:ln:s print-bytes ignore-initial: verbose bytes: quiet silent", cmp),
        Program("date", "-uRI?d:r< utc universal date: iso-8601? rfc-3339: rfc-email reference<", date),
        Program(
            "uname",
            """
            -asnrvmpio all kernel-name nodename kernel-release kernel-version machine processor \
            operating-system
            """,
            Operands.none),
        Program(
            "whoami id groups logname users arch tty nproc uptime",
            "-aGgnrupsz group groups name real user pretty since all ignore:", number),
        Program("hostname", "-fsiIdA fqdn short ip-address all-ip-addresses", Operands.none),
        Program("seq", "", .free, number),
        Program("yes sleep expr factor numfmt getconf locale cal", "", .free, Operands.text),
        Program("test [", "", .free, test),
        Program("which type", "-apPts all", Operands.text),
        Program("whereis", "-bms", Operands.text),
        Program("printenv", "", environment),
        Program("mktemp", "-dqu directory quiet dry-run", Operands.none),
        Program(
            "tree",
            """
            -aACdDfFghiI:IlL:nNP:pqrsStuUvxJX dirsfirst noreport prune gitignore filelimit: charset: \
            matchdirs du si
            """,
            Operands.text),
        Program("base64 base32 basenc", "-diw:D decode ignore-garbage wrap:", Operands.read),
        Program("zcat", "-fqv", Operands.read),
        Program("free", "-bhkmgtwls:c: human total", Operands.none),
        Program("lscpu lsblk", "-apfmJe? all json", Operands.none),
        Program("clear sync reset tput", "", Operands.text),
        Program("tee", "-ai append ignore-interrupts", tee),
        Program("man", "-kf", manual),
    ]

    private static let list: Program.Body = { judge, parsed, call in
        for operand in parsed.operands where operand.isFromNetwork {
            judge.find(.ask, .unknownPath, "What is listed isn't known.")
        }
        judge.list(parsed.operands, call)
        let showsHidden = parsed.has("a", "A", "all", "almost-all", "l", "s", "i", "R", "recursive")
        return !showsHidden && judge.isListing(parsed.operands, call, isDeep: false) ? .listing : .unknown
    }

    private static let count: Program.Body = { judge, parsed, call in
        for operand in parsed.operands { judge.read(operand, call.state) }
        return parsed.operands.isEmpty ? .number : .unknown
    }

    private static let number: Program.Body = { _, parsed, call in
        let isNumber = call.name == "nproc" || call.name == "id" && parsed.has("u", "g") && !parsed.has("n")
        let isSequence = call.name == "seq" && parsed.operands.allSatisfy(\.isNumber)
        return isNumber || isSequence ? .number : .unknown
    }

    private static let test: Program.Body = { judge, parsed, call in
        if parsed.operands.contains(where: { $0.literal == "-v" || $0.literal == "-R" }) {
            judge.find(.ask, .notUnderstood, "\(call.name.quoted) with '-v' may run code.")
        }
        return .text("")
    }

    private static let readThenWrite: Program.Body = { judge, parsed, call in
        if let first = parsed.operands.first, first.literal != "-" { judge.read(first, call.state) }
        for operand in parsed.operands.dropFirst() { judge.write(operand, call.state) }
        if parsed.operands.contains(where: { $0.isSplit }) {
            judge.find(.ask, .unknownPath, "Which files are meant isn't known.")
        }
        return .unknown
    }

    private static let unique: Program.Body = { judge, parsed, call in
        if parsed.operands.isEmpty { return call.passed(parsed) }
        let isClear = parsed.operands.allSatisfy { $0.literal != nil }
        if !isClear { judge.find(.ask, .unknownPath, "Which file is written isn't known.") }
        return readThenWrite(&judge, parsed, call)
    }

    private static let readTreeIfRecursive: Program.Body = { judge, parsed, call in
        let isTree = parsed.has("r", "recursive")
        for operand in parsed.operands where operand.literal != "-" {
            judge.read(operand, call.state, isTree: isTree)
        }
        return .unknown
    }

    private static let cmp: Program.Body = { judge, parsed, call in
        for operand in parsed.operands.prefix(2) where operand.literal != "-" {
            judge.read(operand, call.state)
        }
        return .unknown
    }

    private static let date: Program.Body = { judge, parsed, call in
        if parsed.operands.contains(where: { !$0.prefix.hasPrefix("+") }) {
            judge.find(.never, .system, "'date' would set the clock.")
        }
        let formats: Set<String> = ["+%s", "+%Y", "+%s%N", "+%Y%m%d", "+%Y%m%d%H%M%S", "+%N", "+%H%M%S"]
        return parsed.operands.first?.literal.map(formats.contains) ?? false ? .number : .unknown
    }

    private static let environment: Program.Body = { judge, parsed, call in
        let isHarmless =
            !parsed.operands.isEmpty
            && parsed.operands.allSatisfy { $0.literal.map { !Environment.isSecret($0) } ?? false }
        if !isHarmless { judge.find(.ask, .secret, "Variables may hold secrets.") }
        return .unknown
    }

    private static let tee: Program.Body = { judge, parsed, call in
        for operand in parsed.operands { judge.write(operand, call.state) }
        return call.input
    }

    private static let manual: Program.Body = { judge, parsed, call in
        for operand in parsed.operands where operand.literal?.contains("/") ?? true {
            judge.find(.ask, .unknownOption, "'man' with \(operand.shown.quoted) isn't understood.")
        }
        return .unknown
    }
}

extension Judge {
    /// Whether what is listed are names of files in the worktree, none of them likely to be secret.
    func isListing(_ starts: [Value], _ call: Call, isDeep: Bool) -> Bool {
        guard let folders = call.state.folders, folders.allSatisfy({ $0.starts(with: territory.worktree) })
        else { return false }
        return starts.allSatisfy { start in
            // `ls folder` names what lies in it without the folder.
            if !isDeep, start.pieces.contains(.glob) == false, start.literal != "." { return false }
            return folders.allSatisfy { folder in
                guard let place = territory.place(start, from: folder), place.isIn(territory.worktree) else {
                    return false
                }
                return territory.refusal(reading: place, isTree: true) == nil && !start.prefix.hasPrefix("/")
            }
        }
    }
}
