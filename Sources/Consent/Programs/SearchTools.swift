extension ProgramTable {
    /// Programs that look for files, and in files.
    static let searchTools: [Program] = [
        Program(
            "grep egrep fgrep zgrep",
            """
            -A:B:C:D:EFGHILPRUTVabcd:e:f<hilm:noqrsuvwxyzZ -0 extended-regexp fixed-strings \
            basic-regexp perl-regexp regexp: file< ignore-case no-ignore-case word-regexp \
            line-regexp null-data no-messages invert-match max-count: byte-offset line-number \
            line-buffered with-filename no-filename label: only-matching quiet silent binary-files: \
            text directories: devices: recursive dereference-recursive include: exclude: \
            exclude-from< exclude-dir: files-without-match files-with-matches count initial-tab null \
            before-context: after-context: context: color? colour? group-separator: version
            """,
            grep),
        Program(
            "rg",
            """
            -A:B:C:FHILNPSUVabce:f<g:hij:lm:noqr:st:T:uvwxM:E:z! -0 after-context: before-context: \
            context: case-sensitive column no-column color: colors: count count-matches crlf debug \
            encoding: engine: regexp: file< files files-with-matches files-without-match \
            fixed-strings follow glob: iglob: heading no-heading hidden ignore-case ignore-file< \
            include-zero invert-match json line-number no-line-number line-regexp max-columns: \
            max-columns-preview max-count: max-depth: max-filesize: multiline multiline-dotall \
            no-config no-filename no-ignore no-ignore-vcs no-messages no-mmap null null-data \
            only-matching path-separator: passthru pcre2 pre! pre-glob: pretty quiet replace: \
            search-zip! smart-case sort: sortr: stats text threads: trim type: type-add: type-list \
            type-not: unrestricted version vimgrep with-filename word-regexp hostname-bin! \
            hyperlink-format:
            """,
            grep),
        Program(
            "ag",
            """
            -A:B:C:cGilLnoQsSuUvwa -0 ignore-case literal word-regexp hidden nocolor nogroup count \
            files-with-matches ignore: pager!
            """,
            grep),
        Program("find", "", .free, find),
        Program(
            "fd fdfind",
            """
            -HIusigaLpt:e:d:E:F0lx!X!S:c: -1 hidden no-ignore case-sensitive ignore-case glob \
            absolute-path follow full-path type: extension: max-depth: min-depth: exact-depth: \
            exclude: exec! exec-batch! list-details size: color: changed-within: changed-before:
            """,
            .gnu, fd),
        Program("locate", "", Operands.text),
    ]

    private static let grep: Program.Body = { judge, parsed, call in
        var files = parsed.operands[...]
        let hasPattern = parsed.has("e", "f", "regexp", "file")
        let listsFiles = parsed.has("files", "type-list")
        if !hasPattern, !listsFiles { files = files.dropFirst() }
        let isRecursive =
            call.name == "rg" || call.name == "ag"
            || parsed.has("r", "R", "recursive", "dereference-recursive")
        for file in files where file.literal != "-" { judge.read(file, call.state, isTree: isRecursive) }
        for value in parsed.values("include", "g", "glob", "iglob") where Territory.namesSecret(value) {
            judge.find(.ask, .secret, "\(value.shown.quoted) may hold secrets.")
        }
        if isRecursive, files.isEmpty, call.input == .unknown || listsFiles {
            judge.read(Value("."), call.state, isTree: true)
        }
        if parsed.has("c", "count"), files.isEmpty { return .number }
        if parsed.has("l", "L", "files", "files-with-matches", "files-without-match", "type-list") {
            let starts = files.isEmpty ? [Value(".")] : Array(files)
            return judge.isListing(starts, call, isDeep: true) ? .listing : .unknown
        }
        let isFilter =
            files.isEmpty && !isRecursive
            && !parsed.has("o", "only-matching", "n", "line-number", "r", "replace")
        return isFilter ? call.passed(parsed) : .unknown
    }

    private static let fd: Program.Body = { judge, parsed, call in
        for operand in parsed.operands.dropFirst() where operand.isUnknown {
            judge.find(.ask, .unknownPath, "Which folder is searched isn't known.")
        }
        judge.list(Array(parsed.operands.dropFirst()), call)
        return judge.isListing([Value(".")] + parsed.operands.dropFirst(), call, isDeep: true)
            ? .listing : .unknown
    }

    /// Tests of `find` that take a word.
    private static let findTests: Set<String> = [
        "-name", "-iname", "-path", "-ipath", "-wholename", "-regex", "-iregex", "-regextype", "-type",
        "-xtype", "-size",
        "-mtime", "-atime", "-ctime", "-mmin", "-amin", "-cmin", "-newer", "-anewer", "-cnewer", "-newermt",
        "-maxdepth",
        "-mindepth", "-perm", "-user", "-group", "-uid", "-gid", "-links", "-inum", "-samefile", "-lname",
        "-ilname",
        "-fstype", "-printf",
    ]
    private static let findFlags: Set<String> = [
        "-print", "-print0", "-prune", "-not", "!", "-a", "-and", "-o", "-or", "(", ")", ",", "-empty",
        "-true", "-false",
        "-follow", "-xdev", "-mount", "-depth", "-readable", "-writable", "-executable", "-ls", "-quit", "-L",
        "-P", "-H",
        "-nouser", "-nogroup", "-noleaf", "-daystart", "-warn", "-nowarn", "-O3", "-O2", "-O1",
    ]

    private static let find: Program.Body = { judge, parsed, call in
        var words = parsed.operands[...]
        var starts: [Value] = []
        while let flag = words.first?.literal, ["-L", "-P", "-H"].contains(flag) { words = words.dropFirst() }
        while let word = words.first, !word.prefix.hasPrefix("-"), word.literal != "(", word.literal != "!" {
            starts.append(word)
            words = words.dropFirst()
        }
        let isInside = judge.isListing(starts.isEmpty ? [Value(".")] : starts, call, isDeep: true)
        if starts.contains(where: { $0.isUnknown || $0.pieces.first == .glob || $0.isSplit }) {
            judge.find(.ask, .unknownOption, "A name could be taken for an option of 'find'.")
        }
        var output: Stream = isInside ? .listing : .unknown
        while let word = words.popFirst() {
            guard let name = word.literal else {
                judge.find(.ask, .unknownOption, "'find' with \(word.shown.quoted) isn't understood.")
                continue
            }
            if findFlags.contains(name) { continue }
            if findTests.contains(name) {
                let argument = words.popFirst()
                if argument?.isSplit ?? true {
                    judge.find(.ask, .unknownOption, "'find' with \(name.quoted) isn't understood.")
                }
                if name == "-printf" { output = .unknown }
                if let argument, Territory.isSecret(argument.asPattern) {
                    output = .unknown
                }
                continue
            }
            if name == "-exec" || name == "-execdir" {
                execute(&words, &judge, call, isInside: isInside && output == .listing && name == "-exec")
                continue
            }
            judge.find(.ask, .deletion, "'find' with \(name.quoted) isn't understood, or changes files.")
        }
        return output
    }

    /// `-exec command {} ;`.
    private static func execute(
        _ words: inout ArraySlice<Value>, _ judge: inout Judge, _ call: Call, isInside: Bool
    ) {
        var command: [Value] = []
        while let word = words.popFirst() {
            if word.literal == ";" || word.literal == "+" && command.last?.literal == "{}" { break }
            command.append(word)
        }
        let found = Value([isInside ? .listing : .unknown])
        let replaced = command.map { $0.replacing("{}", by: found) }
        guard !replaced.isEmpty else {
            return judge.find(.ask, .notUnderstood, "'find -exec' runs nothing.")
        }
        _ = judge.run(replaced, call.state, .unknown, skipsFunctions: true)
    }
}

extension Value {
    /// The value with the wildcards in what is known of it, which the shell left alone.
    fileprivate var asPattern: Value {
        var result = Value([])
        for piece in pieces {
            guard case .text(let text) = piece else {
                result.append(piece)
                continue
            }
            for character in text {
                if "*?[".contains(character) {
                    result.append(.glob)
                } else {
                    result.append(.text(String(character)))
                }
            }
        }
        return result
    }
}
