/// `git -c name=value`.
enum GitSetting {
    private static let harmless: Set<String> = [
        "core.quotepath", "core.quotePath", "color.ui", "color.status", "color.diff", "color.branch",
        "user.name", "user.email",
        "advice.detachedHead", "core.abbrev", "diff.renames", "diff.renameLimit", "log.decorate", "log.date",
        "core.autocrlf",
        "commit.gpgsign", "commit.gpgSign", "tag.gpgsign", "init.defaultBranch", "merge.conflictStyle",
        "diff.algorithm",
        "status.short", "status.branch", "column.ui", "log.showSignature", "gc.auto", "maintenance.auto",
        "diff.noprefix",
    ]

    static func refusal(_ setting: Value) -> Decision? {
        let literal = setting.literal ?? setting.prefix
        let name = String(literal.prefix { $0 != "=" })
        let value = String(literal.dropFirst(name.count + 1))
        if harmless.contains(name) {
            // Signing runs a program.
            let signs = name.lowercased().hasSuffix("gpgsign") || name == "log.showSignature"
            return !signs || value == "false"
                ? nil : Decision(.ask, .gitSettings, "\(name.quoted) runs a program.")
        }
        if name == "core.pager" || name.hasPrefix("pager."), ["cat", "", "false"].contains(value),
            setting.literal != nil
        {
            return nil
        }
        return Decision(.never, .gitSettings, "The setting \(name.quoted) may make Git run a program.")
    }
}
