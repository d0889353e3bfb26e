public import Consent
public import SessionModel
internal import Store

/// What `config.json` says, rules and all.
public struct Settings: Equatable, Sendable {
    /// The settings, defaults filled in.
    public var config = RepositoryConfig()
    /// `auto_yes_rules`, each held to its own examples.
    public var rules = ConsentRules()
    /// A key that isn't known: the rest of the file is in force all the same.
    public var notice: FileProblem?

    /// Every default.
    public init() {}

    /// Reads the file's content.
    public init(reading bytes: [UInt8]) throws(FileProblem) {
        let content = try ConfigFile.parse(bytes)
        (config, notice) = (content.config, content.notice)
        do {
            rules = try ConsentRules(reading: config.autoYesRules)
        } catch {
            switch error {
            case .rule(let index, let key, let item, let sentence):
                throw ConfigFile.problem(sentence, ofRule: index, key: key, item: item, in: bytes)
            }
        }
    }
}
