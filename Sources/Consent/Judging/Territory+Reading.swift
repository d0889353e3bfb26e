extension Territory {
    /// Names of files and folders that hold what nobody else should know, wherever they lie.
    private static let secretNames: Set<String> = [
        ".ssh", ".aws", ".gnupg", ".kube", ".netrc", "_netrc", ".pgpass", ".my.cnf", ".pypirc",
        ".git-credentials",
        ".vault-token", ".password-store", ".azure", ".env", ".envrc", "id_rsa", "id_dsa", "id_ecdsa",
        "id_ed25519",
        "credentials", "credentials.json", ".credentials.json", "credentials.toml", "auth.json",
        "secrets.json",
        "secrets.yml", "secrets.yaml", "service-account.json", "terraform.tfstate", ".htpasswd",
        ".bash_history", ".zsh_history", ".python_history", ".node_repl_history", ".psql_history",
        ".mysql_history", ".sqlite_history", ".lesshst", ".viminfo", "fish_history", ".zhistory", ".secrets",
        "secring.gpg", "master.key", ".dockercfg", ".boto", ".s3cfg", ".claude.json",
    ]
    /// The same outside the worktree, where they aren't names of ordinary code.
    private static let systemSecretNames = [
        "shadow", "gshadow", "shadow-", "gshadow-", "sudoers", "sudoers.d", "keyrings", ".mozilla",
        ".thunderbird",
        "google-chrome", "chromium", ".history", "ssl", "private",
    ]
    private static let secretEndings = [
        ".pem", ".key", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".ppk", ".ovpn", "_history", "_rsa",
        "_ed25519",
        ".asc", ".gpg", ".tfstate", ".env",
    ]
    /// Folders of the home in which programs keep what they log in with.
    private static let secretFolders = [
        [".docker"], [".config", "gh"], [".config", "gcloud"], [".config", "hub"], [".config", "op"],
        [".config", "rclone"], [".config", "claudia"], [".local", "share", "keyrings"], [".npmrc"],
        [".yarnrc"],
        [".yarnrc.yml"], [".cargo", "credentials"], [".gem", "credentials"], [".codex"], [".claude"],
        [".config", "git", "credentials"], [".terraform.d"], [".m2", "settings.xml"],
        [".gradle", "gradle.properties"],
        [".config", "configstore"], [".local", "share", "fish"], [".local", "state"],
    ]
    private static let harmlessEnvironments: Set<String> = [
        ".env.example", ".env.sample", ".env.template", ".env.dist", ".env.defaults",
    ]

    /// Why reading the place is no matter of course; nil when it is.
    func refusal(reading place: Place, isTree: Bool) -> Decision? {
        if let other = others.first(where: { place.isIn($0) || isTree && place.holds($0) }) {
            let name = other.last ?? ""
            return Decision(.ask, .otherSession, "\(place.shown) belongs to the session \(name.quoted).")
        }
        if !place.isIn(worktree) {
            if place.components.contains(where: { $0.couldBe(".claudia") }) {
                return Decision(.ask, .otherSession, "\(place.shown) belongs to claudia.")
            }
            if let refusal = refusalOutside(reading: place, isTree: isTree) { return refusal }
        }
        let names = place.isIn(worktree) ? place.below(worktree) : place.components
        if names.contains(where: Self.isSecret) {
            return Decision(.ask, .secret, "\(place.shown) may hold secrets.")
        }
        return nil
    }

    private func refusalOutside(reading place: Place, isTree: Bool) -> Decision? {
        let secret = Decision(.ask, .secret, "\(place.shown) may hold secrets.")
        for folder in Self.secretFolders
        where place.isIn(home + folder) || place.holds(home + folder) && isTree {
            return secret
        }
        if !place.tail.isEmpty, Self.secretFolders.contains(where: { place.holds(home + $0) }) {
            return secret
        }
        if place.components.contains(where: { name in Self.systemSecretNames.contains(where: name.couldBe) })
        {
            return secret
        }
        if place.path.isEmpty, !place.tail.isEmpty { return secret }
        let first = place.components.first?.literal
        if first == "proc" || first == "sys" || first == "dev" {
            return refusalOfKernel(reading: place, isTree: isTree)
        }
        guard isTree else { return nil }
        let holders = [home, ["etc"], ["proc"], ["dev"], repository, worktree]
        return holders.contains(where: place.holds) || place.isIn(["home"]) && place.path.count < 3
            ? secret : nil
    }

    private func refusalOfKernel(reading place: Place, isTree: Bool) -> Decision? {
        let secret = Decision(.ask, .secret, "\(place.shown) may tell of other programs.")
        let harmless: Set<String> = [
            "null", "zero", "stdin", "stdout", "stderr", "urandom", "random", "tty", "fd",
        ]
        let names = place.components
        guard names.count > 1, let second = names[1].literal else {
            return isTree || !place.tail.isEmpty ? secret : nil
        }
        switch names[0].literal {
        case "dev":
            return harmless.contains(second) || second == "shm" && !isTree ? nil : secret
        case "proc":
            let plain: Set<String> = [
                "cpuinfo", "meminfo", "version", "uptime", "loadavg", "mounts", "stat", "filesystems",
                "cmdline",
                "partitions", "swaps", "vmstat", "devices",
            ]
            if names.count == 2 { return plain.contains(second) ? nil : secret }
            let third = names[2].literal
            return third == "status" || third == "stat" || third == "limits" || third == "comm" ? nil : secret
        default: return isTree ? secret : nil
        }
    }

    /// Whether a pattern for a file's name asks for secrets.
    static func namesSecret(_ pattern: Value) -> Bool {
        guard let literal = pattern.literal else { return isSecret(pattern) }
        guard let name = literal.split(separator: "/").last else { return false }
        let pattern = name.drop { $0 == "!" }
        return isSecret(Value(String(pattern)))
            || pattern.hasPrefix(".")
                && secretNames.contains { Wildcard.matches(String(pattern).wildcard, Array($0.utf8)) }
    }

    static func isSecret(_ name: Value) -> Bool {
        if let literal = name.literal?.lowercased() {
            if secretNames.contains(literal) || secretEndings.contains(where: literal.hasSuffix) {
                return true
            }
            return literal.hasPrefix(".env.") && !harmlessEnvironments.contains(literal)
        }
        // A mere `*`, or `*.x`, means whatever lies there; more than that may mean the one thing.
        if case .text(let ending) = name.pieces.last,
            secretEndings.contains(where: ending.lowercased().hasSuffix)
        {
            return true
        }
        guard case .text(let text) = name.pieces.first, !text.isEmpty else { return false }
        if text.hasPrefix(".") || text.utf8.count > 2 { return secretNames.contains(where: name.couldBe) }
        return false
    }
}
