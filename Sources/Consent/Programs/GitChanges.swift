extension ProgramTable {
    /// Commands of Git that change something.
    static let gitChanging: [Program] = [
        Program(
            "add stage",
            """
            -Aunf!vpN all update dry-run force! verbose no-all ignore-removal intent-to-add refresh \
            ignore-errors patch renormalize chmod: sparse pathspec-from-file<
            """,
            gitPaths),
        Program(
            "commit",
            """
            -m:aqvsF<n!eSi!oupC!c!t<z message: all quiet verbose signoff no-signoff file< author: \
            date: allow-empty allow-empty-message! amend! no-edit dry-run short porcelain branch \
            status no-status no-verify! fixup: squash: reset-author! cleanup: no-gpg-sign gpg-sign! \
            trailer: only patch! interactive! untracked-files? long no-post-rewrite! reuse-message! \
            reedit-message! template< edit!
            """,
            commit),
        Program(
            "branch",
            """
            -avrlqtid!D^m!M^c!C^f^u! all verbose remotes list show-current contains? no-contains? \
            merged? no-merged? sort: format: color? no-color column? no-column points-at: abbrev: \
            no-abbrev ignore-case track? no-track delete! move! copy! force^ set-upstream-to! \
            unset-upstream! edit-description!
            """,
            Operands.text),
        Program(
            "tag",
            """
            -ln?d^f^a!s!u!m!F! list delete^ force^ sort: contains? no-contains? merged? no-merged? \
            points-at: format: column? color? ignore-case verify! -v!
            """,
            tag),
        Program(
            "switch",
            """
            -c:qtdC!f! create: quiet track? no-track detach guess no-guess progress no-progress \
            force! discard-changes! force-create! merge! -m! orphan! ignore-other-worktrees!
            """,
            Operands.text),
        Program(
            "checkout",
            """
            -b:qtB!f!p!m! quiet track? no-track progress no-progress force! detach! ours! theirs! \
            patch! orphan! merge! conflict! ignore-other-worktrees!
            """,
            checkout),
        Program(
            "restore", "-SqWs:p! staged quiet worktree source: patch! ours! theirs! progress no-progress",
            restore),
        Program("reset", "-qp! quiet mixed soft! hard! merge! keep! patch! no-refresh", reset),
        Program(
            "stash", "-qukm: quiet include-untracked keep-index message:", .stopping, Operands.commands(stash)
        ),
        Program("mv", "-vkn verbose dry-run", moveTracked),
        Program("rm", "-rqnf! cached dry-run quiet ignore-unmatch force! sparse", removeTracked),
        Program(
            "fetch",
            """
            -aqvptnj: all append quiet verbose prune tags no-tags dry-run progress no-progress \
            depth: jobs: unshallow no-recurse-submodules multiple atomic force! -f! upload-pack! \
            update-head-ok! -u! refmap! server-option! -o! deepen: shallow-since: \
            no-write-fetch-head
            """,
            fetch),
        Program("push", "", .free, push),
        Program("clean", "-ndfxXqe:i! dry-run force quiet exclude: interactive!", clean),
        Program(
            "apply",
            """
            -vp:R check stat numstat summary verbose index! cached! reverse 3way! directory! \
            unsafe-paths^ include: exclude: allow-empty recount
            """,
            apply),
    ]

    private static let stash: [Program] = [
        Program("list", "oneline format: -n: max-count: stat -p", Operands.text),
        Program(
            "show", "-pu patch stat name-only include-untracked only-untracked name-status", Operands.text),
        Program(
            "push save", "-ukqSm: include-untracked keep-index no-keep-index quiet message: staged",
            Operands.text),
        // The stash belongs to all worktrees: what is taken from it may be another session's.
        Program("pop apply branch create store", "", .free) { judge, _, call in
            judge.find(.ask, .otherSession, "The stash is shared by all sessions.")
            return .unknown
        },
        Program("drop clear", "", .free) { judge, _, call in
            judge.find(
                .never, .gitHistory, "\(call.name.quoted) takes away work that may be another session's.")
            return .unknown
        },
    ]

    private static let commit: Program.Body = { judge, parsed, call in
        let hasMessage = parsed.has("m", "message", "F", "file", "fixup", "squash", "dry-run", "no-edit")
        if !hasMessage || parsed.has("e") {
            judge.find(.ask, .runsCode, "'git commit' without a message starts an editor.")
        }
        if parsed.has("S") { judge.find(.ask, .secret, "Signing uses the person's key.") }
        return .unknown
    }

    private static let tag: Program.Body = { judge, parsed, call in
        let lists =
            parsed.operands.isEmpty
            || parsed.has("l", "list", "n", "contains", "merged", "points-at", "no-merged")
        if !lists { judge.find(.ask, .gitHistory, "A tag belongs to the whole repository.") }
        return .unknown
    }

    private static let checkout: Program.Body = { judge, parsed, call in
        if !parsed.has("b") || parsed.operands.count > 1 {
            judge.find(.ask, .discardsWork, "'git checkout' may take back changes that aren't committed.")
        }
        return .unknown
    }

    private static let restore: Program.Body = { judge, parsed, call in
        let isIndexOnly = parsed.has("S", "staged") && !parsed.has("W", "worktree")
        if !isIndexOnly {
            judge.find(.ask, .discardsWork, "'git restore' takes back changes that aren't committed.")
        }
        return .unknown
    }

    private static let reset: Program.Body = { judge, parsed, call in
        // `git reset`, `git reset HEAD`, `git reset [HEAD] -- path` change the index only.
        let dashes = call.arguments.firstIndex { $0.literal == "--" }
        let first = parsed.operands.first?.literal
        let isIndexOnly =
            parsed.operands.isEmpty || first == "HEAD"
            || dashes.map { call.arguments[..<$0].allSatisfy { $0.prefix.hasPrefix("-") } } ?? false
        if !isIndexOnly {
            judge.find(.ask, .gitHistory, "'git reset' may move the branch.")
        }
        return .unknown
    }

    private static let moveTracked: Program.Body = { judge, parsed, call in
        for operand in parsed.operands { judge.delete(operand, call.state) }
        return .unknown
    }

    private static let removeTracked: Program.Body = { judge, parsed, call in
        for operand in parsed.operands {
            judge.delete(operand, call.state)
        }
        return .unknown
    }

    private static let fetch: Program.Body = { judge, parsed, call in
        for operand in parsed.operands {
            // `git fetch <url>` and `<from>:<to>` are more than looking what there is.
            let isPlain =
                operand.literal.map {
                    $0.utf8.allSatisfy { $0.isName || "-./".utf8.contains($0) } && !$0.hasPrefix(".")
                        && !$0.hasPrefix("/")
                } ?? false
            if !isPlain {
                judge.find(.ask, .network, "'git fetch' from \(operand.shown.quoted) isn't understood.")
            }
        }
        return .unknown
    }

    private static let push: Program.Body = { judge, parsed, call in
        let destructive = [
            "--force", "--force-with-lease", "--force-if-includes", "--delete", "--mirror", "--prune",
        ]
        judge.find(.ask, .gitRemote, "'git push' shows the work to others.")
        for operand in parsed.operands {
            let text = operand.prefix
            let isShort =
                text.hasPrefix("-") && !text.hasPrefix("--") && (text.contains("f") || text.contains("d"))
            let name = String(text.prefix { $0 != "=" })
            let isLong = text.hasPrefix("--") && name.count > 3 && destructive.contains { $0.hasPrefix(name) }
            if isShort || isLong || text.hasPrefix("+") || text.hasPrefix(":") {
                judge.find(
                    .never, .gitHistory,
                    "'git push' with \(operand.shown.quoted) changes or removes others' history.")
            }
            if text.hasPrefix("--receive-pack") || text.hasPrefix("--exec") || text.contains("ext::") {
                judge.find(.never, .runsCode, "'git push' with \(operand.shown.quoted) runs a program.")
            }
        }
        return .unknown
    }

    private static let clean: Program.Body = { judge, parsed, call in
        if !parsed.has("n", "dry-run") {
            judge.find(.ask, .discardsWork, "'git clean' deletes files that Git doesn't keep.")
        }
        return .unknown
    }

    private static let apply: Program.Body = { judge, parsed, call in
        if !parsed.has("check", "stat", "numstat", "summary") {
            judge.find(.ask, .unknownPath, "Which files 'git apply' changes isn't known.")
        }
        for operand in parsed.operands where operand.literal != "-" { judge.read(operand, call.state) }
        return .unknown
    }
}
