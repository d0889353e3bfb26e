public import SessionModel

/// `config.json` as text.
public enum ConfigFile {
    /// What `config.json` says.
    public struct Content: Equatable, Sendable {
        /// The settings, defaults filled in.
        public var config: RepositoryConfig
        /// A key that isn't known: the rest of the file is in force all the same.
        public var notice: FileProblem?
    }

    /// Reads the settings; what is left out, or all of a blank file, is as in `RepositoryConfig()`.
    public static func parse(_ bytes: [UInt8]) throws(FileProblem) -> Content {
        Content(config: RepositoryConfig(), notice: nil)
    }
}
