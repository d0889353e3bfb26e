extension Territory {
    /// Settings and start-up files of shells, agents and tools, by name, outside the worktree.
    private static let startupNames = [
        ".bashrc", ".bash_profile", ".bash_login", ".bash_logout", ".bash_aliases", ".profile", ".zshrc",
        ".zshenv",
        ".zprofile", ".zlogin", ".zlogout", ".kshrc", ".cshrc", ".tcshrc", ".login", ".inputrc", ".xprofile",
        ".xinitrc",
        ".xsession", ".xsessionrc", ".pam_environment", ".gitconfig", ".ssh", ".gnupg", ".config", ".claude",
        ".claude.json", ".codex", ".gemini", ".cursor", ".npmrc", ".vimrc", ".vim", ".exrc", ".emacs",
        ".emacs.d",
        ".tmux.conf", ".screenrc", ".netrc", ".aws", ".kube", ".docker", ".local", ".cargo", ".rustup",
        ".pypirc",
        ".pythonrc", ".gdbinit", ".lldbinit", ".gitignore_global", "crontab", "authorized_keys",
        ".pythonstartup",
    ]
    /// Names in the worktree that decide what runs outside an agent's own commands.
    private static let settingsNames = [
        ".claude", ".codex", ".gemini", ".cursor", ".mcp.json", ".claude.json",
    ]
    private static let system: Set<String> = [
        "bin", "sbin", "lib", "lib32", "lib64", "usr", "etc", "boot", "dev", "proc", "sys", "root", "var",
        "opt", "run",
        "srv",
    ]
    private static let sinks: Set<String> = ["null", "stdout", "stderr", "tty", "zero"]

    /// Why writing the place is no matter of course; nil when it is.
    func refusal(writing place: Place) -> Decision? {
        if place.tail.contains(where: \.isListing) {
            return Decision(.ask, .unknownPath, "Which files would be changed isn't known before it runs.")
        }
        if let other = others.first(where: {
            place.isIn($0) || place.tail.isEmpty == false && place.holds($0)
        }) {
            let name = other.last ?? ""
            return Decision(.never, .otherSession, "\(place.shown) belongs to the session \(name.quoted).")
        }
        guard place.isIn(worktree) else { return refusalOutside(writing: place) }
        let names = place.below(worktree)
        if names.contains(where: { $0.couldBe(".git") || $0.couldBe(".claudia") }) {
            return Decision(.never, .protectedPath, "\(place.shown) belongs to Git or claudia.")
        }
        if let first = names.first(where: { name in Self.settingsNames.contains(where: name.couldBe) }) {
            return refusal(writing: place, settings: first)
        }
        if names.contains(where: {
            [".envrc", ".vscode", ".idea", ".gitmodules"].contains(where: $0.couldBe)
        }) {
            return Decision(.ask, .protectedPath, "\(place.shown) decides what other programs run.")
        }
        // Quoted it is a name, elsewhere the person's home.
        if names.contains(where: { $0.prefix.hasPrefix("~") }) {
            return Decision(.ask, .unknownPath, "The name \(place.shown) could be taken for a home.")
        }
        if names.contains(where: { $0.prefix.hasPrefix("-") }) {
            return Decision(.ask, .unknownPath, "The name \(place.shown) could be taken for an option.")
        }
        return nil
    }

    private func refusal(writing place: Place, settings: Value) -> Decision {
        let texts: Set<String> = ["commands", "agents", "skills", "plans", "docs"]
        let next = place.below(worktree).drop { $0 != settings }.dropFirst().first?.literal
        let isText = next.map(texts.contains) ?? false
        return Decision(isText ? .ask : .never, .protectedPath, "\(place.shown) are an agent's settings.")
    }

    private func refusalOutside(writing place: Place) -> Decision? {
        let names = place.components
        if names.first?.literal == "dev", names.count == 2, let name = names[1].literal,
            Self.sinks.contains(name)
        {
            return nil
        }
        if names.first?.literal == "dev", names.count > 2,
            names[1].literal == "tcp" || names[1].literal == "udp"
        {
            return Decision(.never, .network, "\(place.shown) is a connection to another machine.")
        }
        if names.first?.literal == "dev", names.count == 3, names[1].literal == "fd" { return nil }
        let protected = [".git", ".claudia"]
        if place.isIn(gitFolder) || names.contains(where: { name in protected.contains(where: name.couldBe) })
        {
            return Decision(.never, .protectedPath, "\(place.shown) belongs to Git or claudia.")
        }
        let isStartup = names.contains { name in Self.startupNames.contains(where: name.couldBe) }
        if isStartup {
            return Decision(.never, .protectedPath, "\(place.shown) are settings of the person's own.")
        }
        if place.isIn(home) || place.isIn(repository) || place.isIn(["home"]) {
            return Decision(.ask, .outsideWorktree, "\(place.shown) lies outside the worktree.")
        }
        guard let first = names.first?.literal, !Self.system.contains(first) else {
            return Decision(.never, .system, "\(place.shown) belongs to the system.")
        }
        return Decision(.ask, .outsideWorktree, "\(place.shown) lies outside the worktree.")
    }

    /// Why deleting the place, with all below it, is no matter of course; nil when it is.
    func refusal(deleting place: Place) -> Decision? {
        let isWhole = place.path.count <= 1 && !place.isIn(worktree)
        let keep = [worktree, home, repository, gitFolder] + others
        if isWhole || keep.contains(where: place.holds) {
            return Decision(.never, .deletion, "\(place.shown) is more than what the session works on.")
        }
        if place.isIn(home), !place.isIn(worktree), !place.tail.isEmpty, place.path == home {
            return Decision(.never, .deletion, "\(place.shown) is all that the person has.")
        }
        // `*` in the worktree itself is all work that there is, though not what Git keeps of it.
        if place.path == worktree, let only = place.tail.first, place.tail.count == 1,
            only.pieces.allSatisfy({ $0 == .glob })
        {
            return Decision(.ask, .deletion, "\(place.shown) is all work in the worktree.")
        }
        if place.components.contains(where: Self.isSecret) {
            return refusal(writing: place) ?? Decision(.ask, .secret, "\(place.shown) may hold secrets.")
        }
        if let refusal = refusal(writing: place) { return refusal }
        // What an option of the shell would let a pattern match too.
        let mayBeGit = place.tail.contains { name in
            !name.pieces.allSatisfy { $0 == .glob } && name.couldBe(".git", anyDot: true)
        }
        return mayBeGit ? Decision(.ask, .protectedPath, "\(place.shown) may be what belongs to Git.") : nil
    }
}
