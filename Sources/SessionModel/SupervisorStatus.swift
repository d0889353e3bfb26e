/// What is true of a repository's supervisor: the content of `supervisor.json`.
public struct SupervisorStatus: Codable, Equatable, Sendable {
    /// The supervisor's process.
    public var pid: Int32
    /// Counts the supervisors of this repository, from 1.
    public var generation: Int
    /// When it started.
    public var startedAt: Timestamp
    /// claudia's version.
    public var version: String
    /// How many sessions are in each phase.
    public var counts: [String: Int]
    /// What is wrong with `config.json`; the last good one is in force.
    public var configError: FileProblem?

    /// A status, part by part.
    public init(
        pid: Int32, generation: Int, startedAt: Timestamp, version: String, counts: [String: Int],
        configError: FileProblem?
    ) {
        self.pid = pid
        self.generation = generation
        self.startedAt = startedAt
        self.version = version
        self.counts = counts
        self.configError = configError
    }

    /// Keys as they stand in the file.
    public enum CodingKeys: String, CodingKey {
        case pid, generation
        case startedAt = "started_at"
        case version, counts
        case configError = "config_error"
    }
}
