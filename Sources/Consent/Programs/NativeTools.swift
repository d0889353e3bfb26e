extension ProgramTable {
    /// Compilers and what drives them.
    static let nativeTools: [Program] = [
        Program(
            "cargo", "-qvV version verbose quiet color: list offline locked frozen config! Z! C@", .stopping,
            inWorktree: true, cargo),
        Program(
            "rustc", "-VvO version print: edition: crate-type: o> emit: explain: test", inWorktree: true,
            Operands.stay),
        Program("rustfmt", "-lqv check edition: config-path@ version", inWorktree: true, Operands.stay),
        Program(
            "rustup", "-vV version", .stopping,
            Operands.commands([
                Program("show which --version", "-v", Operands.text),
                Program("target component toolchain", "", Operands.words("list --installed")),
            ])),
        Program("go", "C@", .stopping, inWorktree: true, go),
        Program("gofmt goimports gofumpt", "-lwdse cpuprofile>", inWorktree: true, Operands.stay),
        Program(
            "golangci-lint staticcheck golint revive errcheck govulncheck", "version -v", .stopping,
            inWorktree: true, lint),
        Program("swift", "version", .stopping, inWorktree: true, swift),
        Program(
            "swift-format swiftformat swiftlint",
            """
            -ripq recursive in-place parallel strict lint quiet config@ configuration@ fix \
            autocorrect version
            """,
            .gnu, inWorktree: true, formats),
        Program(
            "xcodebuild",
            """
            scheme: destination: configuration: workspace@ project@ list version showsdks quiet sdk: \
            showBuildSettings
            """,
            .single, inWorktree: true,
            Operands.words("build test clean build-for-testing test-without-building analyze")),
        Program("gcc g++ cc c++ clang clang++", "", .free, inWorktree: true, compile),
        Program(
            "javac",
            """
            d> cp: classpath: source: target: Xlint Xlint:all version g encoding: release: \
            sourcepath: Werror parameters nowarn
            """,
            .single, inWorktree: true, Operands.stay),
        Program("java", "version", .single, Operands.none),
        Program(
            "clang-format clang-tidy cppcheck cpplint",
            """
            -inp@ style: dry-run Werror fix checks: quiet enable: std: error-exitcode: inline-suppr \
            header-filter: version
            """,
            .gnu, inWorktree: true, Operands.stay),
        Program(
            "nm objdump readelf size otool ldd_ lipo",
            "-aCgDlhSsWdrtuTxnL demangle dynamic section-headers syms disassemble help version", Operands.read
        ),
        Program(
            "protoc buf sqlc", "version", .stopping, inWorktree: true,
            Operands.commands([Program("lint build breaking vet", "", Operands.text)])),
        Program(
            """
            elixir erl ghc zig nim dart flutter kotlinc scala sbt crystal ocaml dune opam stack \
            cabal swiftc
            """,
            "v version", .stopping, inWorktree: true, otherCompilers),
    ]

    private static let cargoOptions =
        """
        -p:j:qvrF:Z! release all workspace package: exclude: features: all-features no-default-features \
        lib bins bin: tests test: examples example: benches bench: target: target-dir> manifest-path@ \
        verbose quiet message-format: jobs: frozen locked offline no-run doc all-targets keep-going \
        no-fail-fast fix allow-dirty allow-staged no-deps open! profile: timings? document-private-items \
        check color: config! depth: invert? edges: format-version: no-capture nocapture emit: \
        ignore-rust-version unit-graph! index: edition edition-idioms dry-run
        """
    private static let cargo: Program.Body = { judge, parsed, call in
        var parsed = parsed
        if parsed.operands.first?.literal?.hasPrefix("+") == true { parsed.operands.removeFirst() }
        return cargoCommands(&judge, parsed, call)
    }
    private static let cargoCommands = Operands.commands([
        Program(
            """
            build b check c test t bench doc d fmt tree metadata clean verify-project pkgid \
            locate-project read-manifest nextest fix llvm-cov
            """,
            cargoOptions, Operands.text),
        Program("clippy", cargoOptions, lints),
        Program("run r", cargoOptions, Operands.none),
        Program("version help --version --list", "-v", Operands.text),
    ])

    /// What follows `--` is for the compiler: levels of lints, and nothing else.
    private static let lints: Program.Body = { judge, parsed, call in
        for operand in parsed.operands {
            let isLint = operand.literal.map { word in
                word.utf8.dropFirst(word.hasPrefix("-") ? 2 : 0).allSatisfy {
                    $0.isName || $0 == UInt8(ascii: ":")
                }
                    && (!word.hasPrefix("-") || ["-D", "-W", "-A", "-F"].contains(where: word.hasPrefix))
            }
            if isLint != true {
                judge.find(
                    .ask, .unknownOption, "'cargo clippy' with \(operand.shown.quoted) isn't understood.")
            }
        }
        return .unknown
    }

    private static let goOptions =
        """
        v run: race count: timeout: cover coverprofile> covermode: coverpkg: short failfast bench: \
        benchmem benchtime: tags: o> json list: m x n a p: parallel: cpu: mod: trimpath ldflags: gcflags: \
        vet: shuffle: f: u deps test e i buildvcs: fuzztime: fuzz: skip: cpuprofile> memprofile> C@ exec! \
        toolexec! overlay! modfile! pkgdir!
        """
    private static let go = Operands.commands([
        Program("build test vet fmt list", goOptions, .single, goPackages),
        Program("run", goOptions, .single, onePackage),
        Program("version doc help", "v m all src u c short", .single, Operands.text),
        Program("env", "json w^ u^", .single, Operands.text),
        Program(
            "mod", "", .stopping,
            Operands.commands([Program("verify graph why", "m", .single, Operands.text)])),
        Program(
            "tool", "", .stopping,
            Operands.commands([Program("cover", "func@ html@ o>", .single, Operands.text)])),
        Program("clean", "cache testcache", .single, Operands.none),
    ])

    private static let goPackages: Program.Body = { judge, parsed, call in
        for value in parsed.values("ldflags", "gcflags")
        where value.shown.contains("extld") || value.isUnknown {
            judge.find(.ask, .runsCode, "'go' with another linker isn't understood.")
        }
        return .unknown
    }

    private static let onePackage: Program.Body = { judge, parsed, call in
        for operand in parsed.operands { judge.stay(operand, call.state) }
        let first = parsed.operands.first?.literal ?? ""
        // `go run host/path@version` fetches it.
        if parsed.operands.count != 1 || !(first.hasPrefix(".") || first.hasSuffix(".go")) {
            judge.find(.ask, .runsCode, "What \(call.name.quoted) runs isn't known.")
        }
        return .unknown
    }

    private static let lint: Program.Body = { judge, parsed, call in
        for operand in parsed.operands
        where operand.prefix.hasPrefix("-")
            && !["--fix", "-v", "--fast", "--timeout=5m", "--new"].contains(operand.literal)
        {
            judge.find(
                .ask, .unknownOption, "\(call.name.quoted) with \(operand.shown.quoted) isn't understood.")
        }
        return .unknown
    }

    private static let swiftOptions =
        """
        -c:v configuration: filter: skip: product: target: build-tests enable-code-coverage parallel \
        num-workers: jobs: -j: package-path@ scratch-path> build-path> verbose quiet show-bin-path \
        static-swift-stdlib skip-build xunit-output> list-tests no-parallel sanitize: traits: \
        show-codecov-path enable-swift-testing disable-swift-testing disable-xctest triple: arch: type: \
        format: skip-update disable-sandbox! Xswiftc! Xcc! Xlinker! Xcxx! toolset! sdk! swift-sdk! \
        destination!
        """
    private static let swift = Operands.commands([
        Program("build test", swiftOptions, Operands.none),
        Program("run", swiftOptions, .stopping, oneName),
        Program(
            "package", "package-path@", .stopping,
            Operands.commands([
                Program(
                    "describe dump-package show-dependencies clean tools-version show-traits",
                    "type: format:", Operands.text)
            ])),
        Program("format", "-rip recursive in-place parallel strict configuration@ version", formats),
        Program("--version", "", Operands.none),
    ])

    private static let oneName: Program.Body = { judge, parsed, call in
        if parsed.operands.count > 1 {
            judge.find(.ask, .runsCode, "What the program does with its words isn't known.")
        }
        return .unknown
    }

    static let formats: Program.Body = { judge, parsed, call in
        for (index, operand) in parsed.operands.enumerated() {
            if index == 0, operand.literal == "lint" || operand.literal == "format" { continue }
            judge.stay(operand, call.state)
        }
        return .unknown
    }

    private static let compile: Program.Body = { judge, parsed, call in
        var words = parsed.operands[...]
        let flags: Set<String> = [
            "-c", "-S", "-E", "-g", "-v", "--version", "-shared", "-static", "-pthread", "-pedantic", "-MMD",
            "-MP", "-M", "-MM", "-fPIC", "-fno-exceptions", "-fno-rtti", "-w", "-pipe", "-fsyntax-only",
            "-dumpversion", "-dumpmachine", "-s", "-ansi",
        ]
        while let word = words.popFirst() {
            let text = word.prefix
            if text == "-o" {
                if let file = words.popFirst() { judge.write(file, call.state) }
            } else if ["-I", "-L", "-D", "-U", "-isystem", "-l", "-x"].contains(text) {
                words = words.dropFirst()
            } else if text.hasPrefix("-o") {
                judge.write(word.dropping(2), call.state)
            } else if text.hasPrefix("-") {
                let known = ["-I", "-L", "-l", "-D", "-U", "-std=", "-O", "-m", "-fsanitize="].contains(
                    where: text.hasPrefix)
                let isWarning =
                    text.hasPrefix("-W")
                    && !["-Wl,", "-Wa,", "-Wp,", "-Wrapper"].contains(where: text.hasPrefix)
                if !flags.contains(text) && !known && !isWarning || word.literal == nil {
                    judge.find(
                        .ask, .unknownOption,
                        "\(call.name.quoted) with \(word.shown.quoted) isn't understood.")
                }
            } else {
                if text.hasPrefix("@") {
                    judge.find(.ask, .unknownOption, "\(text.quoted) may hold any options.")
                }
                judge.read(word, call.state)
            }
        }
        return .unknown
    }

    private static let otherCompilers: Program.Body = { judge, parsed, call in
        let known: Set<String> = [
            "--version", "-version", "version", "build", "test", "analyze", "check", "compile",
        ]
        let isKnown = parsed.operands.allSatisfy { $0.literal.map(known.contains) ?? false }
        if !isKnown || parsed.operands.isEmpty && parsed.options.isEmpty {
            judge.find(.ask, .runsCode, "What \(call.name.quoted) runs isn't known.")
        }
        return .unknown
    }
}
