extension ProgramTable {
    /// Programs that run what a project's own file says, by targets.
    static let buildDrivers: [Program] = [
        Program(
            "make gmake",
            """
            -j?knsBiwC@f@l?dqrRSvO? jobs? keep-going dry-run just-print silent quiet always-make \
            ignore-errors print-directory no-print-directory directory@ file@ makefile@ \
            load-average? debug? question output-sync? version help
            """,
            inWorktree: true, make),
        Program("ninja samu", "-C@f@j:k:l:nvd: verbose version quiet", inWorktree: true, targets),
        Program("just task", "-lnf@ list dry-run summary version show: evaluate", inWorktree: true, targets),
        Program(
            "cmake",
            """
            -B@S@G:D:A:T:LNW:j? build@ target: t: config: parallel? clean-first verbose v version \
            fresh preset: list-presets? log-level: Wno-dev Wdev install! open! E! P! i! toolchain! \
            find-package! workflow!
            """,
            .gnu, inWorktree: true, cmake),
        Program(
            "ctest",
            """
            -j?R:E:L:VQNC:T! test-dir@ output-on-failure parallel? verbose extra-verbose \
            tests-regex: exclude-regex: label-regex: rerun-failed timeout: repeat: stop-on-failure \
            progress quiet show-only? build-config: version no-tests: preset:
            """,
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
            "mvn mvnw",
            """
            -qBoUeVX^fapl:T:P:D: version batch-mode quiet offline fail-at-end also-make \
            no-transfer-progress -ntp projects: am ff fae f@
            """,
            inWorktree: true, maven),
        Program(
            "gradle gradlew",
            """
            -qism:x:P:D! tests: info stacktrace no-daemon daemon offline parallel continue quiet \
            console: dry-run rerun-tasks exclude-task: version warning-mode: build-cache \
            no-build-cache scan! init-script! I! build-file@
            """,
            inWorktree: true, gradle),
        Program(
            "dotnet", "version info list-sdks list-runtimes", .stopping, inWorktree: true,
            Operands.commands([
                Program(
                    "build test format clean",
                    """
                    -c:v:q configuration: no-restore no-build verbosity: filter: logger: collect: \
                    nologo verify-no-changes framework: f:
                    """,
                    Operands.stay), Program("--version --info", "", Operands.none),
            ])),
    ]

    private static let make: Program.Body = { judge, parsed, call in
        let assignments: Set<String> = [
            "V", "VERBOSE", "DEBUG", "BUILD", "CONFIG", "BUILD_TYPE", "MODE", "Q", "CI", "COVERAGE",
            "RELEASE", "T", "TEST", "TESTS",
        ]
        if parsed.values("f", "file", "makefile").contains(where: { $0.literal == "-" }) {
            judge.find(.ask, .runsCode, "What 'make' is given to run isn't known.")
        }
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
        for target in parsed.values("t", "target") where !(target.literal.map(isBuilding) ?? false) {
            judge.find(.ask, .runsCode, "What the target \(target.shown.quoted) does isn't known.")
        }
        for operand in parsed.operands {
            judge.stay(operand, call.state)
            // What follows `--` is for the program that builds.
            let isPlain =
                operand.literal.map { !$0.contains("=") && (!$0.hasPrefix("-") || $0.hasPrefix("-j")) }
                ?? false
            if !isPlain {
                judge.find(.ask, .unknownOption, "'cmake' with \(operand.shown.quoted) isn't understood.")
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
            """
            clean validate compile test-compile test package verify integration-test process-classes \
            checkstyle:check spotless:check spotless:apply dependency:tree
            """
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
}
