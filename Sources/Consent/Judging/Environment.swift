/// What variables of the environment do.
enum Environment {
    /// Variables that make programs run code, or load it, or take other settings; `*` stands for any text.
    private static let dangerous = NamePatterns([
        "LD_*", "DYLD_*", "PATH", "BASH_*", "ENV", "SHELLOPTS", "BASHOPTS", "PROMPT_COMMAND", "PS0", "PS1",
        "PS2", "PS4",
        "PROMPT", "IFS", "CDPATH", "HOME", "SHELL", "ZDOTDIR", "FPATH", "GLOBIGNORE", "FIGNORE", "HISTFILE",
        "TMPDIR",
        "GIT_*", "SSH_*", "GPG_*", "SUDO_*", "DOCKER_*", "KUBECONFIG", "*PAGER", "*EDITOR", "VISUAL",
        "BROWSER", "LESS*",
        "MAN*", "GREP_*", "RIPGREP_*", "FZF_*", "TAR_OPTIONS", "RSYNC_*", "CVS_*", "SVN_*", "NODE_OPTIONS",
        "NODE_PATH",
        "NODE_EXTRA_CA_CERTS", "NODE_REPL_*", "NPM_*", "npm_*", "YARN_*", "PNPM_*", "BUN_*", "DENO_*",
        "PYTHON*", "PIP_*",
        "VIRTUAL_ENV", "PERL*", "RUBY*", "GEM_*", "BUNDLE_*", "JAVA*", "_JAVA*", "JDK_*", "CLASSPATH",
        "MAVEN_*", "GRADLE_*",
        "CARGO*", "RUSTC*", "RUSTUP_*", "RUSTFLAGS", "RUSTDOC*", "GO*", "CGO_*", "CC", "CXX", "CPP", "LD",
        "AR", "AS",
        "CFLAGS", "CXXFLAGS", "CPPFLAGS", "LDFLAGS", "MAKE*", "MFLAGS", "CMAKE_*", "CTEST_*", "SWIFT_EXEC",
        "SDKROOT",
        "TOOLCHAINS", "*_proxy", "*_PROXY", "SSL_*", "CURL_*", "WGETRC", "OPENSSL_*", "LOCPATH", "NLSPATH",
        "GCONV_PATH",
        "HOSTALIASES", "RES_OPTIONS", "MALLOC_*", "GLIBC_*", "GCC_*", "COMPILER_PATH", "LIBRARY_PATH",
        "*_INCLUDE_PATH",
        "AWS_*", "AZURE_*", "GOOGLE_*", "GH_*", "GITHUB_*", "CLAUDE*", "ANTHROPIC_*", "OPENAI_*", "CODEX_*",
        "CLAUDIA_*",
        "INPUTRC", "TERMINFO*", "TERMCAP", "XDG_*", "DISPLAY", "EDITOR", "PAGER", "POSIXLY_CORRECT",
        "PYTEST_*",
        "JEST_*", "ESLINT_*", "BABEL_*", "TS_NODE_*", "PHP*", "LUA_*", "R_*", "JULIA_*", "ELECTRON_*", "VIM*",
        "*_SHELL",
        "*_COMMAND", "*_CMD", "*_WRAPPER", "*_LAUNCHER", "*_PRELOAD", "AWKPATH", "AWKLIBPATH", "GAWK*",
        "QT_*", "GTK_*",
    ])
    /// Exceptions: these names, with values that can do no harm.
    private static let harmlessValues: [String: Set<String>] = [
        "GIT_PAGER": ["cat", ""], "PAGER": ["cat", ""], "MANPAGER": ["cat", ""], "GIT_TERMINAL_PROMPT": ["0"],
        "GH_PAGER": ["cat", ""], "GIT_EDITOR": ["true", ":"], "EDITOR": ["true", ":"],
        "GIT_OPTIONAL_LOCKS": ["0", "1"],
        "AWS_PAGER": ["", "cat"], "BUN_ENV": ["test"], "CARGO_TARGET_DIR": ["target"],
        "PYTHONPATH": [".", "./", "src", "./src", "lib", ".:src", "src:.", "src:tests"],
    ]
    private static let harmless: Set<String> = [
        "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "PYTHONIOENCODING", "PYTHONUTF8",
        "CARGO_TERM_COLOR", "CARGO_INCREMENTAL", "GOFLAGS_", "GOMAXPROCS", "CGO_ENABLED", "GOOS", "GOARCH",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD", "CMAKE_BUILD_TYPE", "CTEST_OUTPUT_ON_FAILURE", "GIT_AUTHOR_NAME",
        "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_AUTHOR_DATE",
        "GIT_COMMITTER_DATE",
        "CTEST_PARALLEL_LEVEL", "MAKELEVEL", "PIP_DISABLE_PIP_VERSION_CHECK", "NPM_CONFIG_LOGLEVEL",
    ]
    /// Names that are set for a program, or exported, without doing more than the program's own code does.
    private static let exported = NamePatterns([
        "CI", "DEBUG", "VERBOSE", "V", "LANG", "LANGUAGE", "LC_*", "TZ", "TERM", "COLUMNS", "LINES",
        "NO_COLOR", "*COLOR*",
        "NODE_ENV", "RUST_LOG", "RUST_BACKTRACE", "RUST_TEST_*", "LOG_LEVEL", "*_LOG", "*_LOG_LEVEL",
        "*_DEBUG", "*_ENV",
        "PORT", "HOST", "*_PORT", "*_HOST", "TEST*", "*_TEST*", "SKIP_*", "ENABLE_*", "DISABLE_*", "UPDATE_*",
        "WATCH",
        "RAILS_ENV", "RACK_ENV", "APP_*", "REACT_APP_*", "VITE_*", "NEXT_PUBLIC_*", "NEXT_TELEMETRY_*",
        "DATABASE_URL",
        "SEED", "TIMEOUT", "*_TIMEOUT", "BENCH*", "PROPTEST_*", "HYPOTHESIS_*", "INSTA_*", "SNAPSHOT*",
        "DJANGO_SETTINGS_MODULE",
        "FLASK_*", "MIX_ENV", "DOTNET_*", "GTEST_*", "OMP_NUM_THREADS", "UV_*", "HUSKY", "DEBIAN_FRONTEND",
        "FOO", "BAR",
    ])

    private static func isHarmless(_ name: String, _ value: String?) -> Bool {
        if harmless.contains(name) { return true }
        guard let value, let known = harmlessValues[name] else { return false }
        return known.contains(value)
    }

    /// Why a shell's variable may not be set; programs inherit it only when it stood in the environment before.
    static func refusal(setting name: String, to value: String?) -> Decision? {
        guard !isHarmless(name, value), dangerous.match(name) else { return nil }
        let isLoaded = ["LD_", "DYLD_", "BASH_ENV"].contains(where: name.hasPrefix)
        return Decision(
            isLoaded ? .never : .ask, .environment, "The variable \(name.quoted) decides what programs run.")
    }

    /// Why a variable may not be handed to programs.
    static func refusal(exporting name: String, as value: String?) -> Decision? {
        if let refusal = refusal(setting: name, to: value) { return refusal }
        guard !isHarmless(name, value), !exported.match(name) else { return nil }
        return Decision(.ask, .environment, "What the variable \(name.quoted) does isn't known.")
    }

    /// Whether what the variable holds is nobody else's business.
    static func isSecret(_ name: String) -> Bool {
        let words = [
            "TOKEN", "SECRET", "PASSW", "PASSPHRASE", "CREDENTIAL", "APIKEY", "API_KEY", "PRIVATE",
            "ACCESS_KEY", "_KEY",
        ]
        let upper = name.uppercased()
        return words.contains(where: upper.contains)
    }
}

/// Patterns for names, in which `*` stands for any text; most are looked up at once.
private struct NamePatterns: Sendable {
    private var exact: Set<String> = []
    private var patterns: [[UInt8?]] = []

    init(_ texts: [String]) {
        for text in texts {
            if text.contains("*") { patterns.append(text.wildcard) } else { exact.insert(text) }
        }
    }

    func match(_ name: String) -> Bool {
        if exact.contains(name) { return true }
        let bytes = Array(name.utf8)
        return patterns.contains { Wildcard.matches($0, bytes) }
    }
}
