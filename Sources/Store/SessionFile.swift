public import SessionModel

/// Session files as text: read, written and edited.
public enum SessionFile {
    /// Bytes past which a file is refused.
    public static let sizeMax = 1_048_576

    /// What a session file says.
    public struct Content: Equatable, Sendable {
        /// What the owner wants, defaults filled in.
        public var spec: SessionSpec
        /// A key that isn't known: the rest of the file is in force all the same.
        public var notice: FileProblem?
    }

    /// Reads a session file; what is left out comes from `defaults`, and so does all of a blank file.
    public static func parse(_ bytes: [UInt8], defaults: SessionSpec) throws(FileProblem) -> Content {
        Content(spec: defaults, notice: nil)
    }

    /// The file that says `spec`: plain JSON, every key, in the order of `SessionSpec.CodingKeys`.
    public static func text(of spec: SessionSpec) -> String { "" }

    /// `bytes` with the value at `path` (such as `["environment_vars", "K"]`) set, every other byte kept.
    ///
    /// A missing key is added at the end, in the file's own style. Throws when `bytes` is no JSON5 object.
    public static func setting(
        _ path: [String], to value: JSONValue, in bytes: [UInt8]
    ) throws(FileProblem) -> [UInt8] { bytes }

    /// `bytes` with command-line assignments made: `KEY=VALUE`, `environment_vars.K=V`, `prompts+=TEXT`.
    ///
    /// VALUE is read as JSON5 where that gives what the key wants, else as text. The problem of an unknown
    /// key or an impossible value has no line.
    public static func assigning(
        _ assignments: [String], in bytes: [UInt8]
    ) throws(FileProblem) -> [UInt8] { bytes }
}
