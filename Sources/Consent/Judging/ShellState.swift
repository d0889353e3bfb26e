/// What is known of a shell at one point of a script.
struct ShellState: Equatable {
    struct Variable: Equatable {
        var values: [Value]
        var isArray = false

        static let unknown = Variable(values: [.unknown])
    }

    /// Folders past which it isn't known in which one a command runs.
    private static let foldersMax = 6

    /// The folders in one of which the shell is, as components; nil when that isn't known.
    var folders: [[String]]?
    var oldFolders: [[String]]?
    /// What `pushd` keeps; nil when that isn't known.
    var stack: [[[String]]?]? = []
    var variables: [String: Variable] = [:]
    /// Functions by their number; -1 when it isn't known which one.
    var functions: [String: Int] = [:]
    /// `$1` and the following; nil when they aren't known.
    var parameters: [Value]?
    /// Names that the running function has made its own.
    var locals: Set<String> = []

    /// Whether a plain `sh` runs it.
    var isPlain = false

    init(folder: [String]?) { folders = folder.map { [$0] } }

    /// What holds at a point that is reached in both ways.
    func joined(_ other: ShellState) -> ShellState {
        guard self != other else { return self }
        var result = self
        result.folders = Self.joined(folders, other.folders)
        result.oldFolders = Self.joined(oldFolders, other.oldFolders)
        if stack != other.stack { result.stack = nil }
        result.variables.merge(other.variables) { ours, theirs in
            if ours == theirs { return ours }
            guard !ours.isArray, !theirs.isArray, let one = ours.values.first, let two = theirs.values.first
            else {
                return .unknown
            }
            return Variable(values: [one.joined(two)])
        }
        for name in result.variables.keys where variables[name] == nil || other.variables[name] == nil {
            result.variables[name] = .unknown
        }
        result.functions.merge(other.functions) { $0 == $1 ? $0 : -1 }
        for name in result.functions.keys where functions[name] == nil || other.functions[name] == nil {
            result.functions[name] = -1
        }
        if parameters != other.parameters { result.parameters = nil }
        result.locals.formUnion(other.locals)
        return result
    }

    private static func joined(_ ours: [[String]]?, _ theirs: [[String]]?) -> [[String]]? {
        guard let ours, let theirs else { return nil }
        let all = ours + theirs.filter { !ours.contains($0) }
        return all.count <= foldersMax ? all : nil
    }
}

/// The states in which a command leaves the shell; nil for an outcome that doesn't happen.
struct Flow {
    var succeeded: ShellState?
    var failed: ShellState?
    var output: Stream = .unknown

    /// Either outcome leaves this state.
    init(_ state: ShellState, _ output: Stream = .unknown) {
        succeeded = state
        failed = state
        self.output = output
    }

    init(succeeded: ShellState?, failed: ShellState?, output: Stream = .unknown) {
        self.succeeded = succeeded
        self.failed = failed
        self.output = output
    }

    /// The state after the command, however it ended.
    var state: ShellState? { Flow.joined(succeeded, failed) }

    static func joined(_ one: ShellState?, _ two: ShellState?) -> ShellState? {
        guard let one, let two else { return one ?? two }
        return one.joined(two)
    }
}
