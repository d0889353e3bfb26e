internal import ArgumentParser
internal import Git
internal import Linux
internal import SessionModel
internal import Store

/// `claudia new`: writes a session file.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a session: a worktree on a branch of its own, and an agent in it.",
        discussion: """
            Writes .claudia/sessions/NAME.json, starts a supervisor in the background if none runs, and prints \
            the name; a name is made up when none is given. What stands after '--' is the agent's whole \
            command.
            """)

    @Argument(help: "The session's name: a-z, 0-9, '.', '_' and '-'.")
    var name: String?

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Type this to the agent; several are typed one after another.", valueName: "P"))
    var prompt: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What the branch starts from: a branch, also a remote's or another session's, a tag, a commit.",
            valueName: "R"))
    var base: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Start from another session's last checkpoint instead.", valueName: "name"),
        completion: .sessions)
    var from: String?

    @Flag(name: .long, help: "Fetch the base from its remote first, such as origin/main.")
    var fetch = false

    @Option(name: .long, help: ArgumentHelp("The branch, new or existing.", valueName: "B"))
    var branch: String?

    @Flag(name: .long, help: "Let questions be answered in your place, by the rules of config.json.")
    var autoYes = false

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A variable of the agent's environment.", valueName: "K=V"))
    var env: [String] = []

    @Option(
        name: .long, help: ArgumentHelp("A folder in the worktree that the agent starts in.", valueName: "D"))
    var dir: String?

    @OptionGroup var common: CommonOptions

    @Argument(parsing: .postTerminator, help: "The agent's whole command, after '--'.")
    var agent: [String] = []

    func validate() throws {
        if from != nil, base != nil { throw ValidationError("--from and --base exclude each other.") }
        if fetch, base == nil { throw ValidationError("--fetch needs --base, such as --base origin/main.") }
    }

    func run() throws {
        let variables = try environment()
        let asked = try name.map(NewCommand.valid)
        let place = try Place.discover()
        let workspace = try Workspace(makingAt: place)
        var spec = workspace.config().sessionDefaults
        if !agent.isEmpty { spec.agent = agent }
        spec.prompts = prompt
        if fetch, let base { try Remotes.fetch(base: base, in: Repository(at: place.commonDirectory)) }
        if let base { spec.base = base }
        if let from { try start(&spec, from: from, in: workspace) }
        spec.branch = branch
        spec.autoYes = autoYes
        spec.environmentVars = variables
        spec.workingDirectory = dir
        let name = try create(asked, Array(SessionFile.text(of: spec).utf8), in: workspace)
        common.trace("\(name): wrote \(FileNames.sessionFilePath(name))")
        try Console.line(name.text)
        if try !SupervisorAccess.isRunning(workspace) {
            common.trace("no supervisor runs; starting one for \(place.root)")
            do {
                try SupervisorAccess.startDetached(at: place, verbose: common.verbose)
            } catch {
                var failure = CommandError(describing: error)
                failure.sentence = "The file of '\(name)' is written, but no supervisor: " + failure.sentence
                throw failure
            }
        }
        if Console.isTerminal(2) { try MakingNotice.show(name, in: workspace) }
    }

    /// Writes the file of a session that must be new; makes a name up when none is given.
    private func create(
        _ asked: SessionName?, _ bytes: [UInt8], in workspace: borrowing Workspace
    ) throws -> SessionName {
        let taken = Set(try workspace.names())
        if let asked {
            guard !taken.contains(asked), try workspace.publicFolder.createSessionFile(asked, bytes) else {
                throw CommandError(
                    "There is already a session '\(asked)'; nothing was changed.",
                    hint: "Choose another name, or remove that one with 'claudia rm \(asked)'.")
            }
            return asked
        }
        var random = SystemRandomNumberGenerator()
        for candidate in MadeUpName.candidates(using: &random) where !taken.contains(candidate) {
            if try workspace.publicFolder.createSessionFile(candidate, bytes) { return candidate }
        }
        throw CommandError(
            "Every name that could be made up is taken.", hint: "Give one: 'claudia new NAME'.")
    }

    /// Has it start from another session's last state, and go home to where that one goes.
    private func start(
        _ spec: inout SessionSpec, from word: String, in workspace: borrowing Workspace
    ) throws {
        let work = try SessionWork(of: workspace.selection().session(word), in: workspace)
        spec.base = try state(of: work).description
        spec.baseBranch = work.status.baseBranch
    }

    /// The last checkpoint of another session, as a commit on top of what its HEAD was then.
    private func state(of work: SessionWork) throws -> ObjectID {
        let repository = try Repository(at: work.commonDirectory)
        let name = work.name
        guard let last = try Checkpoints.newest(name: name.text, in: repository),
            last.session == work.status.id, let head = last.head
        else {
            Console.notice(
                "'\(name)' has no checkpoint yet, so this starts from its branch, without what isn't committed."
            )
            return try work.head()
        }
        common.trace("\(name): checkpoint \(last.number), \(last.commit), made at \(head)")
        return try Checkpoints.commit(
            last.commit, onto: head, message: "State of the session '\(name)', checkpoint \(last.number)\n",
            in: repository)
    }

    private static func valid(_ text: String) throws -> SessionName {
        guard let name = SessionName(text) else {
            throw CommandError.usage(
                "'\(text)' can't be a session's name: it \(SessionName.problem(in: text) ?? "is none").",
                hint: "Names are of a-z, 0-9, '.', '_' and '-', such as 'fix-login'.")
        }
        return name
    }

    private func environment() throws -> [String: String] {
        var variables: [String: String] = [:]
        for assignment in env {
            guard let equals = assignment.firstIndex(of: "="), equals != assignment.startIndex else {
                throw CommandError.usage(
                    "'--env \(assignment)' is no K=V.", hint: "Such as '--env PORT=3001'.")
            }
            variables[String(assignment[..<equals])] = String(assignment[assignment.index(after: equals)...])
        }
        return variables
    }
}
