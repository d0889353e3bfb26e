extension ProgramTable {
    /// Compilers and what drives them.
    static let nativeTools: [Program] = [
        Program(
            "make gmake",
            "-j?knsBiwC@f@l?dqrRSvO? jobs? keep-going dry-run just-print silent quiet always-make ignore-errors print-directory no-print-directory directory@ file@ makefile@ load-average? debug? question output-sync? version help",
            inWorktree: true, make),
        Program("ninja samu", "-C@f@j:k:l:nvd: verbose version quiet", inWorktree: true, targets),
        Program("just task", "-lnf@ list dry-run summary version show: evaluate", inWorktree: true, targets),
        Program(
            "cmake",
            "-B@S@G:D:A:T:LNW:j? build@ target: t: config: parallel? clean-first verbose v version fresh preset: list-presets? log-level: Wno-dev Wdev install! open! E! P! i! toolchain! find-package! workflow!",
            .gnu, inWorktree: true, cmake),
        Program(
            "ctest",
            "-j?R:E:L:VQNC:T! test-dir@ output-on-failure parallel? verbose extra-verbose tests-regex: exclude-regex: label-regex: rerun-failed timeout: repeat: stop-on-failure progress quiet show-only? build-config: version no-tests: preset:",
            inWorktree: true, Operands.none),
        Program(
            "meson", "version", .stopping, inWorktree: true,
            Operands.commands([
                Program(
                    "compile test configure introspect",
                    "-C@j:v verbose suite: list print-errorlogs num-processes: targets all", Operands.text),
                Program("setup", "buildtype: reconfigure wipe D:", Operands.write),
            ])),
        Program(
            "bazel bazelisk buck2", "", .stopping, inWorktree: true,
            Operands.commands([
                Program(
                    "build test query info version", "config: test_output: jobs: keep_going -k -c:",
                    Operands.text)
            ])),
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
            "-ripq recursive in-place parallel strict lint quiet config@ configuration@ fix autocorrect version",
            .gnu, inWorktree: true, formats),
        Program(
            "xcodebuild",
            "scheme: destination: configuration: workspace@ project@ list version showsdks quiet sdk: showBuildSettings",
            .single, inWorktree: true,
            Operands.words("build test clean build-for-testing test-without-building analyze")),
        Program("gcc g++ cc c++ clang clang++", "", .free, inWorktree: true, compile),
        Program(
            "javac",
            "d> cp: classpath: source: target: Xlint Xlint:all version g encoding: release: sourcepath: Werror parameters nowarn",
            .single, inWorktree: true, Operands.stay),
        Program("java", "version", .single, Operands.none),
        Program(
            "mvn mvnw",
            "-qBoUeVX^fapl:T:P:D: version batch-mode quiet offline fail-at-end also-make no-transfer-progress -ntp projects: am ff fae f@",
            inWorktree: true, maven),
        Program(
            "gradle gradlew",
            "-qism:x:P:D! tests: info stacktrace no-daemon daemon offline parallel continue quiet console: dry-run rerun-tasks exclude-task: version warning-mode: build-cache no-build-cache scan! init-script! I! build-file@",
            inWorktree: true, gradle),
        Program(
            "dotnet", "version info list-sdks list-runtimes", .stopping, inWorktree: true,
            Operands.commands([
                Program(
                    "build test format clean",
                    "-c:v:q configuration: no-restore no-build verbosity: filter: logger: collect: nologo verify-no-changes framework: f:",
                    Operands.stay), Program("--version --info", "", Operands.none),
            ])),
        Program(
            "clang-format clang-tidy cppcheck cpplint",
            "-inp@ style: dry-run Werror fix checks: quiet enable: std: error-exitcode: inline-suppr header-filter: version",
            .gnu, inWorktree: true, Operands.stay),
        Program(
            "nm objdump readelf size otool ldd_ lipo",
            "-aCgDlhSsWdrtuTxnL demangle dynamic section-headers syms disassemble help version", Operands.read
        ),
        Program(
            "protoc buf sqlc", "version", .stopping, inWorktree: true,
            Operands.commands([Program("lint build breaking vet", "", Operands.text)])),
        Program(
            "elixir erl ghc zig nim dart flutter kotlinc scala sbt crystal ocaml dune opam stack cabal swiftc",
            "v version", .stopping, inWorktree: true, otherCompilers),
    ]

    private static let make: Program.Body = { judge, parsed, call in
        let assignments: Set<String> = [
            "V", "VERBOSE", "DEBUG", "BUILD", "CONFIG", "BUILD_TYPE", "MODE", "Q", "CI", "COVERAGE",
            "RELEASE", "T", "TEST", "TESTS",
        ]
        for operand in parsed.operands {
            let name = String(operand.prefix.prefix { $0 != "=" })
            if operand.prefix.contains("=") {
                let value = operand.literal?.dropFirst(name.count + 1) ?? "$"
                let isPlain = value.allSatisfy { $0.isLetter || $0.isNumber || "._-/".contains($0) }
                if !assignments.contains(name) || !isPlain {
                    judge.find(
                        .ask, .runsCode, "'make' with \(operand.shown.quoted) may run another program.")
                }
            } else if !(operand.literal.map(isTarget) ?? false) {
                judge.find(.ask, .runsCode, "What the target \(operand.shown.quoted) does isn't known.")
            }
        }
        return .unknown
    }

    /// A target that builds or tests, or a file that is built.
    private static func isTarget(_ name: String) -> Bool {
        let file =
            [".o", ".a", ".so", ".html", ".pdf", ".out"].contains(where: name.hasSuffix)
            && !name.contains("..") && !name.hasPrefix("/")
        return isBuilding(name) || file
    }

    private static let cmake: Program.Body = { judge, parsed, call in
        let running = [
            "LAUNCHER", "COMPILER", "COMMAND", "TOOLCHAIN", "INCLUDE", "PROGRAM", "EXECUTABLE", "LINKER",
            "_DIR", "MODULE_PATH", "PREFIX",
        ]
        for value in parsed.values("D") {
            let name = value.prefix.prefix { $0 != "=" }.uppercased()
            let isHarmless = !running.contains(where: name.contains) && value.literal != nil
            if !isHarmless {
                judge.find(.ask, .runsCode, "'cmake' with \(value.shown.quoted) may run another program.")
            }
        }
        for operand in parsed.operands { judge.stay(operand, call.state) }
        return .unknown
    }

    private static let cargoOptions =
        """
        -p:j:qvrF:Z! release all workspace package: exclude: features: all-features no-default-features lib bins bin: tests \
        test: examples example: benches bench: target: target-dir> manifest-path@ verbose quiet message-format: jobs: \
        frozen locked offline no-run doc all-targets keep-going no-fail-fast fix allow-dirty allow-staged no-deps open! \
        profile: timings? document-private-items check color: config! depth: invert? edges: format-version: \
        no-capture nocapture emit: ignore-rust-version unit-graph! index: edition edition-idioms dry-run
        """
    private static let cargo: Program.Body = { judge, parsed, call in
        var parsed = parsed
        if parsed.operands.first?.literal?.hasPrefix("+") == true { parsed.operands.removeFirst() }
        return cargoCommands(&judge, parsed, call)
    }
    private static let cargoCommands = Operands.commands([
        Program(
            "build b check c clippy test t bench doc d fmt tree metadata clean verify-project pkgid locate-project read-manifest nextest fix llvm-cov",
            cargoOptions, Operands.text),
        Program("run r", cargoOptions, Operands.none),
        Program("version help --version --list", "-v", Operands.text),
    ])

    private static let goOptions =
        """
        v run: race count: timeout: cover coverprofile> covermode: coverpkg: short failfast bench: benchmem benchtime: tags: \
        o> json list: m x n a p: parallel: cpu: mod: trimpath ldflags: gcflags: vet: shuffle: f: u deps test e i buildvcs: \
        fuzztime: fuzz: skip: cpuprofile> memprofile> C@ exec! toolexec! overlay! modfile! pkgdir!
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
        -c:v configuration: filter: skip: product: target: build-tests enable-code-coverage parallel num-workers: jobs: -j: \
        package-path@ scratch-path> build-path> verbose quiet show-bin-path static-swift-stdlib skip-build xunit-output> list-tests \
        no-parallel sanitize: traits: show-codecov-path enable-swift-testing disable-swift-testing disable-xctest triple: arch: \
        type: format: skip-update disable-sandbox! Xswiftc! Xcc! Xlinker! Xcxx! toolset! sdk! swift-sdk! destination!
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

    private static let maven: Program.Body = { judge, parsed, call in
        for value in parsed.values("D") {
            let known = [
                "skipTests", "test=", "maven.test.skip", "surefire.", "style.color", "checkstyle.skip",
                "it.test=",
            ]
            if !known.contains(where: value.prefix.hasPrefix) {
                judge.find(.ask, .unknownOption, "'mvn' with \(value.shown.quoted) isn't understood.")
            }
        }
        return Operands.words(
            "clean validate compile test-compile test package verify integration-test process-classes checkstyle:check spotless:check spotless:apply dependency:tree"
        )(&judge, parsed, call)
    }

    private static let gradle: Program.Body = { judge, parsed, call in
        for operand in parsed.operands {
            let name = operand.literal?.split(separator: ":").last.map(String.init) ?? ""
            let known: Set<String> = [
                "build", "test", "check", "assemble", "clean", "compileJava", "compileKotlin", "lint",
                "ktlintCheck", "ktlintFormat", "spotlessCheck", "spotlessApply", "tasks", "dependencies",
                "projects", "help", "testDebugUnitTest", "assembleDebug", "classes", "testClasses", "jar",
                "detekt", "lintDebug", "connectedAndroidTest", "integrationTest",
            ]
            if !known.contains(name) {
                judge.find(.ask, .runsCode, "What the task \(operand.shown.quoted) does isn't known.")
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
