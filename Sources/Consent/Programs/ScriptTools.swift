extension ProgramTable {
    /// Tools of Python and other languages that need no compiler.
    static let scriptTools: [Program] = [
        Program(
            "python python3 python2 python3.9 python3.10 python3.11 python3.12 python3.13 python3.14", "",
            .free, inWorktree: true, python),
        Program("pip pip3", "-V version", .stopping, inWorktree: true, Operands.commands(pip)),
        Program("uv", "-V version", .stopping, inWorktree: true, runner),
        Program("poetry pdm hatch pipenv rye", "-V version", .stopping, inWorktree: true, runner),
        Program("pytest py.test", pytestOptions, inWorktree: true, tests),
        Program(
            "ruff", "-V version", .stopping, inWorktree: true,
            Operands.commands([
                Program(
                    "check format rule version",
                    """
                    -qvse: fix unsafe-fixes show-fixes diff check select: ignore: extend-select: \
                    extend-ignore: output-format: config@ exclude: line-length: statistics watch \
                    no-cache quiet verbose preview target-version: exit-zero force-exclude no-fix \
                    add-noqa
                    """,
                    Operands.stay)
            ])),
        Program(
            "black isort autopep8 yapf autoflake pyupgrade",
            """
            -qvl:t:ird check diff line-length: target-version: quiet verbose fast config@ profile: \
            color check-only in-place recursive exclude: extend-exclude: include: version \
            skip-string-normalization preview settings-path@ settings@ remove-all-unused-imports
            """,
            inWorktree: true, Operands.stay),
        Program(
            """
            mypy pyright basedpyright pyre pytype flake8 pylint pycodestyle pydocstyle vulture \
            bandit pyflakes ty
            """,
            """
            -p:m:qvrf:jl:x: strict ignore-missing-imports show-error-codes no-error-summary \
            config-file@ project@ outputjson max-line-length: select: ignore: extend-ignore: \
            exclude: count statistics show-source disable: enable: output-format: score: jobs: \
            rcfile@ errors-only version pretty follow-imports: warn-unused-ignores no-incremental \
            explicit-package-bases namespace-packages check-untyped-defs disallow-untyped-defs \
            python-version: level: warnings stats verbose no-color-output show-column-numbers quiet
            """,
            inWorktree: true, Operands.stay),
        Program("coverage", "", .stopping, inWorktree: true, coverage),
        Program(
            "tox nox pre-commit", "-e:s: version V", .stopping, inWorktree: true,
            Operands.commands([
                Program("run", "-ae:s: all-files files@ show-diff-on-failure verbose color:", Operands.text),
                Program("--version", "", Operands.none),
            ])),
        Program(
            "rspec rubocop standardrb minitest",
            """
            -afde:p:DAI@lo>t: format: fail-fast autocorrect auto-correct autocorrect-all only: \
            parallel example: tag: color no-color version seed: order: profile? only-failures
            """,
            inWorktree: true, Operands.stay),
        Program("bundle", "v version", .stopping, inWorktree: true, bundle),
        Program("rake", "-TAPqvj:m tasks version", inWorktree: true, targets),
        Program(
            "phpunit phpstan psalm php-cs-fixer phpcs pint pest",
            """
            -vlc@ version filter: testsuite: level: memory-limit: no-progress dry-run diff testdox \
            colors? stop-on-failure stop-on-error standard: config@ group:
            """,
            .gnu, inWorktree: true, stayAfterCommand),
        Program(
            "composer", "", .stopping, inWorktree: true,
            Operands.commands([
                Program(
                    "show validate test lint check outdated --version licenses",
                    "-iD no-interaction direct strict", Operands.text)
            ])),
        Program(
            "mix", "", .stopping, inWorktree: true,
            Operands.commands([
                Program(
                    "test compile format credo dialyzer help",
                    """
                    only: include: exclude: trace failed stale seed: cover warnings-as-errors force \
                    check-formatted strict max-failures:
                    """,
                    Operands.text)
            ])),
        Program(
            "markdownlint markdownlint-cli2 yamllint actionlint hadolint taplo codespell vale typos",
            "-fqsd:c@f: fix strict format: config@ ignore: check write-changes skip: diff", inWorktree: true,
            Operands.stay),
    ]

    private static let pytestOptions =
        """
        -vqsxlk:m:r:n:h tb: maxfail: lf last-failed ff failed-first sw stepwise nf durations: \
        durations-min: collect-only co no-header no-summary cov? cov-report: cov-config@ no-cov \
        cov-fail-under: cov-append cov-branch timeout: dist: capture: color: junitxml> junit-xml> ignore@ \
        ignore-glob: deselect: strict-markers strict-config disable-warnings exitfirst verbose quiet \
        setup-show fixtures markers version runslow full-trace show-capture: asyncio-mode: reruns: \
        snapshot-update benchmark-only benchmark-skip benchmark-disable numprocesses: import-mode: \
        cache-clear rootdir@ -W: showlocals runxfail count: randomly-seed: override-ini! -o! -p! -c@ \
        maxprocesses: noconftest doctest-modules sugar
        """

    /// Operands are files of tests, with `::name` after them.
    private static let tests: Program.Body = { judge, parsed, call in
        for operand in parsed.operands {
            guard let text = operand.literal, let file = text.split(separator: ":").first, text.contains("::")
            else {
                judge.stay(operand, call.state)
                continue
            }
            judge.stay(Value(String(file)), call.state)
        }
        return .unknown
    }

    private static let python: Program.Body = { judge, parsed, call in
        var words = parsed.operands[...]
        while let flag = words.first?.literal,
            ["-u", "-B", "-O", "-OO", "-I", "-s", "-E", "-q", "-bb", "-b"].contains(flag)
        {
            words = words.dropFirst()
        }
        while words.first?.literal == "-W", words.count > 1 { words = words.dropFirst(2) }
        guard let first = words.popFirst()?.literal else {
            judge.find(.ask, .runsCode, "What \(call.name.quoted) runs isn't known.")
            return .unknown
        }
        if ["--version", "-V", "-VV"].contains(first), words.isEmpty { return .unknown }
        if first == "manage.py", ["test", "check"].contains(words.first?.literal) { return .unknown }
        guard first == "-m", let module = words.popFirst()?.literal else {
            judge.find(.ask, .runsCode, "What \(call.name.quoted) runs isn't known.")
            return .unknown
        }
        return pythonModule(module, Array(words), &judge, call)
    }

    private static func pythonModule(_ module: String, _ words: [Value], _ judge: inout Judge, _ call: Call)
        -> Stream
    {
        switch module {
        case "unittest", "doctest", "compileall", "py_compile", "venv", "json.tool", "ensurepip_", "tabnanny",
            "trace_":
            let known: Set<String> = [
                "-v", "-q", "-f", "-b", "discover", "-s", "-p", "-t", "-k", "-c", "--verbose", "--quiet",
                "--failfast", "--buffer", "--indent", "--sort-keys", "--compact", "--clear", "--upgrade-deps",
            ]
            for (index, word) in words.enumerated() where !(word.literal.map(known.contains) ?? false) {
                if word.prefix.hasPrefix("-") {
                    judge.find(
                        .ask, .unknownOption, "\(module.quoted) with \(word.shown.quoted) isn't understood.")
                } else if index > 0, ["-k", "-p", "--indent"].contains(words[index - 1].literal ?? "") {
                    continue
                } else if module == "json.tool", index == 0 {
                    judge.read(word, call.state)
                } else {
                    judge.write(word, call.state)
                }
            }
            return .unknown
        case "pytest", "mypy", "black", "ruff", "flake8", "pylint", "isort", "coverage", "pip", "pyright",
            "tox", "nox", "bandit", "autopep8", "yapf", "pyflakes", "pycodestyle", "vulture", "pre_commit":
            let name = module == "pre_commit" ? "pre-commit" : module
            return judge.run([Value(name)] + words, call.state, call.input, skipsFunctions: true).output
        default:
            judge.find(.ask, .runsCode, "What the module \(module.quoted) does isn't known.")
            return .unknown
        }
    }

    private static let pip: [Program] = [
        Program(
            "list freeze show check help debug inspect",
            "-lofv outdated format: files local user not-required", Operands.text),
        Program("--version", "", Operands.none),
    ]

    private static let runner: Program.Body = { judge, parsed, call in
        let first = parsed.operands.first?.literal ?? ""
        if ["--version", "version", "check", "show", "tree", "env"].contains(first),
            parsed.operands.count == 1
        {
            return .unknown
        }
        guard first == "run", parsed.operands.count > 1, parsed.operands[1].literal?.hasPrefix("-") == false
        else {
            judge.find(.ask, .install, "\((call.name + " " + first).quoted) may change packages.")
            return .unknown
        }
        let name = parsed.operands[1].literal ?? ""
        let isTool = scriptTools.contains { $0.names.contains(name) }
        guard isTool else {
            judge.find(.ask, .runsCode, "What \(name.quoted) runs isn't known.")
            return .unknown
        }
        return judge.run(Array(parsed.operands.dropFirst()), call.state, call.input, skipsFunctions: true)
            .output
    }

    private static let coverage: Program.Body = { judge, parsed, call in
        let words = parsed.operands
        switch words.first?.literal {
        case "report", "html", "xml", "json", "combine", "erase", "--version": return .unknown
        case "run" where words.count > 2 && words[1].literal == "-m":
            return judge.run([Value("python"), Value("-m")] + words.dropFirst(2), call.state, call.input)
                .output
        default:
            judge.find(.ask, .runsCode, "What 'coverage' runs isn't known.")
            return .unknown
        }
    }

    private static let bundle: Program.Body = { judge, parsed, call in
        let words = parsed.operands
        if words.first?.literal == "exec", let name = words.dropFirst().first?.literal,
            ["rspec", "rubocop", "rake", "standardrb"].contains(name)
        {
            return judge.run(Array(words.dropFirst()), call.state, call.input, skipsFunctions: true).output
        }
        if !["list", "check", "show", "info", "--version"].contains(words.first?.literal ?? "") {
            judge.find(.ask, .install, "What 'bundle' runs isn't known.")
        }
        return .unknown
    }

    static let targets: Program.Body = { judge, parsed, call in
        for operand in parsed.operands {
            guard let name = operand.literal, isBuilding(name) else {
                judge.find(.ask, .runsCode, "What the target \(operand.shown.quoted) does isn't known.")
                continue
            }
        }
        return .unknown
    }

    private static let stayAfterCommand: Program.Body = { judge, parsed, call in
        let commands: Set<String> = ["analyse", "analyze", "fix", "check"]
        for operand in parsed.operands where !(operand.literal.map(commands.contains) ?? false) {
            judge.stay(operand, call.state)
        }
        return .unknown
    }
}
