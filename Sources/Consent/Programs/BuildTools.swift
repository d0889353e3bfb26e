extension ProgramTable {
    /// Tools of JavaScript: they run what the worktree's own settings say, as its tests do.
    static let buildTools: [Program] = [
        Program(
            "npm", "-svg! version silent quiet loglevel: prefix@ workspace: workspaces if-present help",
            .stopping, inWorktree: true, Operands.commands(npm)),
        Program("yarn", "-sv version silent cwd@", .stopping, inWorktree: true, yarn),
        Program(
            "pnpm", "-srvF:wC@ version silent recursive filter: workspace-root dir@ parallel", .stopping,
            inWorktree: true, yarn),
        Program("bun", "-v version silent", .stopping, inWorktree: true, yarn),
        Program(
            "npx bunx pnpx", "no no-install yes! -y! package! -p! call! -c! version -v", .stopping,
            inWorktree: true, npx),
        Program(
            "node nodejs", "-vc@ version check@ test test-reporter@ test-name-pattern: test-only", .stopping,
            inWorktree: true, node),
        Program(
            "tsc vue-tsc tsgo",
            """
            noEmit p@ project@ w watch b build skipLibCheck pretty outDir> outFile> declaration \
            emitDeclarationOnly strict incremental version v listFiles target: module: \
            moduleResolution: jsx: lib: t: m: esModuleInterop noEmitOnError showConfig diagnostics \
            extendedDiagnostics allowJs checkJs force f verbose dry d clean isolatedModules \
            noUnusedLocals noUnusedParameters types: help resolveJsonModule
            """,
            .single, inWorktree: true, Operands.stay),
        Program(
            "eslint",
            """
            -c@f:o>vhq config@ fix fix-dry-run fix-type: ext: format: quiet max-warnings: \
            no-eslintrc cache cache-location> ignore-path@ ignore-pattern: no-ignore \
            report-unused-disable-directives debug output-file> color no-color version print-config \
            env: rule: global: no-error-on-unmatched-pattern no-warn-ignored
            """,
            inWorktree: true, Operands.stay),
        Program(
            "prettier",
            """
            -clwuv check list-different write config@ ignore-path@ ignore-unknown no-config \
            loglevel: log-level: parser: cache version tab-width: print-width: single-quote \
            no-error-on-unmatched-pattern
            """,
            inWorktree: true, Operands.stay),
        Program(
            "stylelint biome oxlint xo standard knip depcheck madge tslint dprint",
            """
            -f: fix write check quiet version config@ formatter: apply unsafe circular extensions: \
            max-warnings:
            """,
            .gnu, inWorktree: true, checks),
        Program(
            "jest vitest ava tap mocha jasmine uvu",
            """
            -it:wubvco:R:g:u watch watchAll? watch=false run ci coverage? runInBand bail? verbose \
            silent testPathPattern: testPathPatterns: testNamePattern: test-name-pattern: grep: \
            reporter@ reporters@ updateSnapshot update maxWorkers: passWithNoTests no-coverage \
            no-cache config@ root@ findRelatedTests@ json changedSince: onlyChanged lastCommit \
            selectProjects: project: listTests showConfig forceExit detectOpenHandles timeout: \
            testTimeout: recursive exit colors no-color color version no-watch globals environment@ \
            pool@ coverageReporters: no-file-parallelism typecheck require@ spec@ minWorkers: retry: \
            shard: silent? noStackTrace
            """,
            inWorktree: true, Operands.text),
        Program(
            "playwright cypress",
            """
            -g:x grep: project: reporter@ headed workers: retries: list update-snapshots config@ \
            version spec@ browser: headless ui debug trace: last-failed max-failures: repeat-each:
            """,
            .stopping, inWorktree: true,
            Operands.commands([
                Program(
                    "test run",
                    """
                    -g:x grep: project: reporter@ headed workers: retries: list update-snapshots \
                    config@ spec@ browser: headless trace: last-failed max-failures: repeat-each:
                    """,
                    Operands.text), Program("--version", "", Operands.none),
            ])),
        Program(
            """
            vite next nuxt astro remix webpack rollup esbuild parcel tsup turbo nx lerna ng \
            vue-cli-service react-scripts svelte-check svelte-kit
            """,
            """
            -c@w mode: config@ outDir> outdir> outfile> sourcemap? minify watch bundle version \
            filter: parallel? format: platform: target: production development stats profile dry-run \
            tsconfig@ fail-on-warnings output: emptyOutDir run-many all --target: external: loader: \
            skip-nx-cache
            """,
            .gnu, inWorktree: true, bundlers),
    ]

    private static let npm: [Program] = [
        Program("test t tst", "-sw: silent workspace: workspaces if-present", testArguments),
        Program("run run-script rum", "-sw: silent workspace: workspaces if-present", .stopping, npmScript),
        Program("start stop", "", Operands.none),
        Program(
            "ls list ll la explain why root prefix bin version help help-search",
            "-algp depth: json long global parseable all omit: prod dev", Operands.text),
        Program("pkg", "", Operands.commands([Program("get", "", Operands.text)])),
    ]

    private static let testArguments: Program.Body = { _, _, _ in .unknown }

    /// Words in a script's name that tell of more than building and testing.
    private static let publishing: Set<String> = [
        "deploy", "publish", "release", "push", "upload", "migrate", "migration",
        "seed", "reset",
        "drop", "destroy", "delete", "remove", "purge", "nuke", "install", "postinstall", "preinstall",
        "prepublish",
        "prepare", "eject", "login", "logout", "ship", "rollback", "infra", "terraform", "db", "database",
        "sync", "commit",
        "tag", "bump", "version", "setup", "bootstrap", "provision", "send", "notify", "wipe", "rm",
        "uninstall", "flush",
    ]
    private static let building: Set<String> = [
        "test", "tests", "build", "lint", "format", "fmt", "typecheck", "type", "types", "tsc", "check",
        "checks", "compile",
        "watch", "dev", "start", "serve", "coverage", "cov", "e2e", "unit", "integration", "spec", "docs",
        "doc", "storybook",
        "typings", "verify", "validate", "ci", "bundle", "clean", "generate", "codegen", "prettier", "eslint",
        "jest", "vitest",
        "stylelint", "analyze", "bench", "benchmark", "preview", "all", "debug", "example", "examples",
        "mypy", "ruff", "pytest",
        "style", "quality", "smoke", "dist", "default", "help", "vet", "tidy", "style", "schema", "fix",
        "lib", "ts", "js",
    ]

    /// Whether a script or target by this name builds or tests, as far as a name can tell.
    static func isBuilding(_ name: String) -> Bool {
        guard !name.contains("."), !name.contains("/") else { return false }
        let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        guard let first = words.first else { return false }
        return (building.contains(first) || words.contains(where: building.contains))
            && !words.contains(where: publishing.contains)
    }

    private static let node: Program.Body = { judge, parsed, call in
        if !parsed.has("test") {
            if parsed.operands.isEmpty, !parsed.has("v", "version", "c", "check") {
                judge.find(.ask, .runsCode, "What \(call.name.quoted) is given to run isn't known.")
            }
            return Operands.none(&judge, parsed, call)
        }
        return Operands.stay(&judge, parsed, call)
    }

    /// Options that a package manager takes even after a script's name, and that change what is run.
    private static func refuseRedirection(_ words: ArraySlice<Value>, _ judge: inout Judge, _ call: Call) {
        for word in words {
            let path = String((word.literal ?? word.prefix).split(separator: "=").last ?? "")
            if path.hasPrefix("/") || path.split(separator: "/").contains("..") {
                judge.stay(Value(path), call.state)
            }
        }
        let known: Set<String> = [
            "--silent", "-s", "--if-present", "--workspaces", "--watch", "--fix", "--coverage",
        ]
        for word in words.prefix(while: { $0.literal != "--" })
        where word.prefix.hasPrefix("-") || word.isSplit {
            let isKnown = word.literal.map {
                known.contains($0) || $0.hasPrefix("--watch=") || $0.hasPrefix("--reporter=")
            }
            if isKnown != true {
                judge.find(
                    .ask, .unknownOption, "\(call.name.quoted) with \(word.shown.quoted) isn't understood.")
            }
        }
    }

    private static let npmScript: Program.Body = { judge, parsed, call in
        guard let first = parsed.operands.first else { return .unknown }
        guard let name = first.literal, isBuilding(name) else {
            judge.find(.ask, .runsCode, "What the script \(first.shown.quoted) does isn't known.")
            return .unknown
        }
        refuseRedirection(parsed.operands.dropFirst(), &judge, call)
        return .unknown
    }

    private static let yarn: Program.Body = { judge, parsed, call in
        guard let first = parsed.operands.first?.literal else {
            if !parsed.has("version", "v") {
                judge.find(.ask, .install, "\(call.name.quoted) alone installs packages.")
            }
            return .unknown
        }
        var parsed = parsed
        if ["list", "ls", "why", "workspaces"].contains(first) {
            return .unknown
        }
        if ["run", "workspace"].contains(first) { parsed.operands.removeFirst() }
        if first == "workspace", !parsed.operands.isEmpty { parsed.operands.removeFirst() }
        if parsed.operands.first?.literal == "run" { parsed.operands.removeFirst() }
        if ["exec", "dlx", "x"].contains(first) {
            return npx(&judge, Parsed(operands: Array(parsed.operands.dropFirst())), call)
        }
        if [
            "add", "install", "i", "ci", "remove", "up", "upgrade", "update", "link", "unlink", "create",
            "global",
        ].contains(first) {
            judge.find(.ask, .install, "\((call.name + " " + first).quoted) changes packages.")
            return .unknown
        }
        if let program = programs[parsed.operands.first?.literal ?? ""],
            buildTools.contains(where: { $0.names == program.names })
        {
            return judge.run(parsed.operands, call.state, call.input, skipsFunctions: true).output
        }
        return npmScript(&judge, parsed, call)
    }

    private static let npx: Program.Body = { judge, parsed, call in
        guard let first = parsed.operands.first else { return .unknown }
        let known = buildTools.dropFirst(6).contains { $0.names.contains(first.literal ?? "") }
        guard known else {
            judge.find(.ask, .install, "\(call.name.quoted) may fetch and run \(first.shown.quoted).")
            return .unknown
        }
        return judge.run(parsed.operands, call.state, call.input, skipsFunctions: true).output
    }

    private static let checks: Program.Body = { judge, parsed, call in
        let commands: Set<String> = ["check", "lint", "format", "ci", "fmt"]
        for (index, operand) in parsed.operands.enumerated() {
            if index == 0, let literal = operand.literal, commands.contains(literal) { continue }
            judge.stay(operand, call.state)
        }
        return .unknown
    }

    private static let bundlers: Program.Body = { judge, parsed, call in
        guard let first = parsed.operands.first else { return .unknown }
        let known: Set<String> = [
            "build", "test", "lint", "check", "run", "dev", "serve", "preview", "start", "typecheck", "sync",
            "run-many", "affected",
        ]
        let isFile = first.literal?.contains(".") ?? false
        if isFile {
            for operand in parsed.operands { judge.stay(operand, call.state) }
        } else if !(first.literal.map(known.contains) ?? false)
            || parsed.operands.contains(where: { $0.literal.map { publishing.contains($0) } ?? true })
        {
            judge.find(.ask, .unknownOption, "\((call.name + " " + first.shown).quoted) isn't understood.")
        }
        return .unknown
    }
}
