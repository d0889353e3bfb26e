extension ProgramTable {
    /// Git, with the options that stand before its command.
    static let git: [Program] = [
        Program(
            "git",
            """
            -PC:c:hv no-pager no-optional-locks literal-pathspecs glob-pathspecs noglob-pathspecs \
            icase-pathspecs no-replace-objects version exec-path^ git-dir! work-tree! namespace! \
            config-env^ -p! paginate! bare! help
            """,
            .stopping, runGit)
    ]

    private static let runGit: Program.Body = { judge, parsed, call in
        var call = call
        call.state.folders = parsed.values("C").reduce(call.state.folders) { folders, value in
            guard value.literal != nil, let folders else { return nil }
            var targets: [[String]] = []
            for folder in folders {
                guard let found = judge.territory.folders(value, from: folder) else { return nil }
                targets += found
            }
            return targets
        }
        for setting in parsed.values("c") { judge.find(GitSetting.refusal(setting)) }
        guard !parsed.operands.isEmpty else { return .unknown }
        // What Git runs is decided by the settings of where it runs.
        judge.stayInWorktree(call)
        return commands(&judge, parsed, call)
    }

    private static let commands = Operands.commands(gitReading + gitChanging + gitRefused)

    private static let diffOptions =
        """
        -abBCDG:IilL:MN:nO!pqrRsS:uU:wWXz -0 patch no-patch stat? shortstat numstat dirstat? summary \
        name-only name-status color? no-color color-words? word-diff? word-diff-regex: cached staged \
        ignore-space-change ignore-all-space ignore-blank-lines ignore-space-at-eol unified: \
        function-context exit-code quiet check full-index binary abbrev? find-renames? find-copies? \
        no-renames diff-filter: pickaxe-all pickaxe-regex relative? text merge-base minimal patience \
        histogram diff-algorithm: submodule? no-ext-diff ext-diff! textconv! no-textconv output> no-prefix \
        src-prefix: dst-prefix: raw compact-summary inter-hunk-context: no-index! cc combined-all-paths \
        root no-index! ours theirs base
        """
    private static let logOptions =
        """
        -n: -cFgHit graph -v oneline all branches? tags? remotes? decorate? no-decorate format? pretty? \
        since: after: until: before: author: committer: grep: invert-grep regexp-ignore-case max-count: \
        skip: merges no-merges first-parent reverse date: relative-date follow left-right cherry-pick \
        cherry-mark ancestry-path no-walk? topo-order date-order author-date-order abbrev-commit \
        no-abbrev-commit walk-reflogs full-history source show-signature! simplify-by-decoration \
        simplify-merges count left-only right-only boundary parents children stdin not exclude: notes? \
        no-notes all-match fixed-strings extended-regexp perl-regexp max-parents: min-parents: use-mailmap \
        no-expand-tabs expand-tabs? disk-usage? objects timestamp max-age: min-age: encoding: \
        show-linear-break? clear-decorations decorate-refs:
        """

    private static let gitReading: [Program] = [
        Program(
            "status",
            """
            -sbu?vzM short branch show-stash porcelain? long verbose? untracked-files? ignored? \
            ignore-submodules? column? no-column ahead-behind no-ahead-behind renames no-renames \
            find-renames? null
            """,
            Operands.text),
        Program(
            "diff diff-tree diff-index diff-files range-diff", diffOptions + " -r stdin no-commit-id",
            gitNames),
        Program(
            "log show whatchanged shortlog reflog rev-list cherry",
            logOptions + " " + diffOptions + " -e summary numbered email", gitLog),
        Program(
            "blame annotate",
            """
            -lstefnbwCML:pc porcelain line-porcelain incremental show-email show-name show-number \
            root date: since: ignore-rev: ignore-revs-file< abbrev: color-lines color-by-age reverse
            """,
            gitPaths),
        Program(
            "describe",
            """
            all tags long always dirty? abbrev: match: exclude: contains exact-match first-parent \
            candidates: broken?
            """,
            Operands.text),
        Program(
            "rev-parse name-rev merge-base show-ref for-each-ref show-branch merge-tree",
            """
            -qhds abbrev-ref? short? verify show-toplevel git-dir git-common-dir absolute-git-dir \
            is-inside-work-tree is-inside-git-dir is-bare-repository show-prefix show-cdup symbolic \
            symbolic-full-name sq quiet abbrev? all branches? tags? remotes? refs heads head hash? \
            name-only always no-undefined is-ancestor octopus independent fork-point format: sort: \
            count: contains? no-contains? merged? no-merged? points-at: path-format: \
            show-superproject-working-tree show-object-format? resolve-git-dir: local-env-vars \
            write-tree git-path: end-of-options default: not
            """,
            Operands.text),
        Program(
            "ls-files ls-tree",
            """
            -cdmoistuvfkzrlx:X<t cached deleted modified others ignored stage unmerged killed \
            directory exclude: exclude-from< exclude-standard error-unmatch full-name name-only \
            name-status long abbrev? recurse-submodules full-tree eol format: deduplicate
            """,
            gitList),
        Program("cat-file", "-tspe", gitFile),
        Program(
            "grep",
            """
            -aiIwvhHrnlLzocpqEGFPWe:f<A:B:C:m:O! -0 cached untracked no-index! and or not all-match \
            ignore-case word-regexp line-number files-with-matches name-only files-without-match \
            count color? no-color max-depth: max-count: show-function function-context only-matching \
            extended-regexp fixed-strings perl-regexp basic-regexp heading break column recursive \
            no-recursive threads: text after-context: before-context: context: open-files-in-pager! \
            ext-grep! exclude-standard textconv!
            """,
            gitGrep),
        Program(
            """
            count-objects check-ignore check-attr check-mailmap check-ref-format version fsck \
            verify-pack diff-pairs
            """,
            """
            -vHnaz verbose human-readable no-index stdin all non-matching branch full strict \
            connectivity-only no-dangling no-progress build-options
            """,
            Operands.text),
        Program("var", "", Operands.text),
        Program(
            "config",
            """
            -lz list get get-all get-regexp get-urlmatch local global system worktree show-origin \
            show-scope name-only null type: default: includes bool int path add^ unset^ unset-all^ \
            replace-all^ rename-section^ remove-section^ edit^ -e^ file! -f! blob!
            """,
            gitConfig),
        Program("remote", "-v verbose", gitRemote),
        Program("worktree", "-v porcelain verbose", gitWorktree),
        Program(
            "submodule", "-q quiet",
            Operands.commands([Program("status summary", "cached recursive", Operands.text)])),
        Program("symbolic-ref", "-qd^ short quiet delete^ recurse no-recurse", oneOperand),
        Program("help", "-ag", Operands.text),
    ]

    /// Operands are revisions and paths.
    static let gitPaths: Program.Body = { judge, parsed, call in
        judge.readPaths(parsed.operands, call)
        return .unknown
    }

    private static let gitNames: Program.Body = { judge, parsed, call in
        judge.readPaths(parsed.operands, call)
        return parsed.has("name-only") && !parsed.has("no-index", "diff-filter") ? .listing : .unknown
    }

    private static let gitLog: Program.Body = { judge, parsed, call in
        let first = parsed.operands.first?.literal
        if call.name == "git reflog", let first, ["expire", "delete", "drop"].contains(first) {
            judge.find(.never, .gitHistory, "'git reflog \(first)' takes away what could be restored.")
        }
        judge.readRevisions(parsed.operands, call)
        judge.readPaths(parsed.operands, call)
        return parsed.has("count") ? .number : .unknown
    }

    /// The pattern is no path.
    private static let gitGrep: Program.Body = { judge, parsed, call in
        let hasPattern = parsed.has("e", "f")
        judge.readPaths(Array(parsed.operands.dropFirst(hasPattern ? 0 : 1)), call)
        return .unknown
    }

    private static let gitFile: Program.Body = { judge, parsed, call in
        judge.readRevisions(parsed.operands, call)
        return .unknown
    }

    private static let gitList: Program.Body = { judge, parsed, call in
        let isPlain = !parsed.has(
            "o", "others", "i", "ignored", "s", "stage", "format", "full-name", "eol", "l", "long", "t", "v")
        return isPlain && (call.name == "git ls-files" || parsed.has("name-only")) ? .listing : .unknown
    }

    private static let gitConfig: Program.Body = { judge, parsed, call in
        let reads = parsed.has("l", "list", "get", "get-all", "get-regexp", "get-urlmatch")
        let first = parsed.operands.first?.literal
        let names = first == "get" || first == "list" ? parsed.operands.dropFirst() : parsed.operands[...]
        let isWrite = !reads && first != "get" && first != "list" && parsed.operands.count != 1
        if isWrite { judge.find(.never, .gitSettings, "'git config' would change what Git does and runs.") }
        if first == "edit" || first == "unset" || first == "set"
            || first.map({ !$0.contains(".") && !reads && $0 != "get" && $0 != "list" }) ?? false
        {
            judge.find(.never, .gitSettings, "'git config' would change what Git does and runs.")
        }
        if parsed.has("l", "list", "get-regexp") || first == "list"
            || names.contains(where: { $0.shown.contains("credential") || $0.shown.contains("extraheader") })
        {
            judge.find(.ask, .secret, "Settings may hold what Git logs in with.")
        }
        return .unknown
    }

    private static let gitRemote: Program.Body = { judge, parsed, call in
        let first = parsed.operands.first?.literal
        if parsed.operands.isEmpty || first == "get-url" { return .unknown }
        let isRead = first == "show" || first == "update" || first == "prune"
        judge.find(
            isRead ? .ask : .never, isRead ? .network : .gitSettings,
            "\(("git remote " + (first ?? "…")).quoted) changes settings, or speaks with the remote.")
        return .unknown
    }

    private static let gitWorktree: Program.Body = { judge, parsed, call in
        let first = parsed.operands.first?.literal
        if first == "list" { return .unknown }
        let verdict: Verdict = first == "add" ? .ask : .never
        judge.find(
            verdict, .otherSession, "\(("git worktree " + (first ?? "…")).quoted) concerns other worktrees.")
        return .unknown
    }

    private static let oneOperand: Program.Body = { judge, parsed, call in
        if parsed.operands.count != 1 {
            judge.find(.never, .gitHistory, "\(call.name.quoted) would change a reference.")
        }
        return .unknown
    }

    private static let gitRefused: [Program] = [
        refused(
            "update-ref filter-branch filter-repo replace gc prune prune-packed repack pack-refs fast-import",
            .never, .gitHistory, "changes or removes history"),
        refused(
            "hook credential credential-cache credential-store update-server-info daemon", .never,
            .gitSettings, "handles hooks or passwords"),
        refused(
            "rebase merge cherry-pick revert am pull bisect", .ask, .gitHistory,
            "changes many files or commits"),
        refused(
            """
            checkout-index read-tree write-tree commit-tree mktag mktree hash-object update-index \
            sparse-checkout
            """,
            .ask, .protectedPath, "changes what Git keeps of the worktree"),
        refused(
            """
            clone init ls-remote fetch-pack send-pack archive bundle send-email request-pull \
            instaweb svn p4 lfs
            """,
            .ask, .network, "makes repositories, or speaks with other machines"),
        refused(
            """
            difftool mergetool gui citool notes maintenance rerere format-patch stripspace \
            interpret-trailers
            """,
            .ask, .runsCode, "runs other programs, or changes what it doesn't say"),
    ]

    private static func refused(_ names: String, _ verdict: Verdict, _ rule: RuleName, _ what: String)
        -> Program
    {
        Program(names, "", .free) { judge, _, call in
            judge.find(verdict, rule, "\(call.name.quoted) \(what).")
            return .unknown
        }
    }
}

extension Judge {
    /// `HEAD:path` shows a file as it was.
    fileprivate mutating func readRevisions(_ operands: [Value], _ call: Call) {
        for operand in operands {
            guard let literal = operand.literal, let colon = literal.firstIndex(of: ":") else { continue }
            let path = literal[literal.index(after: colon)...]
            if !path.isEmpty { read(Value(String(path)), call.state) }
        }
    }
}
