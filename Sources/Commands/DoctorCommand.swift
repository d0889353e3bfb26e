internal import ArgumentParser
internal import Git
internal import SessionModel
internal import Store

/// `claudia doctor`: tells what is wrong and how to mend it.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Tell what is wrong here, and how to mend it.",
        discussion: """
            Looks at the repository, the programs that are needed, permissions, the file system, limits, and \
            whether sessions, Git's worktrees and processes agree. Ends with 1 when something is wrong. Changes \
            nothing.
            """)

    @OptionGroup var listing: ListingOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let findings = try DoctorCommand.examine()
        if listing.json {
            try listing.print(findings)
        } else {
            try Console.out(DoctorCommand.text(findings, colours: Console.colours))
        }
        if findings.contains(where: { $0.verdict == .wrong }) { throw ExitCode(ExitCodes.failed.rawValue) }
    }

    private static func examine() throws -> [Finding] {
        let place: Place
        do {
            place = try Place.discover()
        } catch {
            let failure = CommandError(describing: error)
            return [Finding("repository", .wrong, failure.sentence, hint: failure.hint)]
                + MachineChecks.findings(.init())
        }
        var findings = repository(place)
        let workspace = try Workspace(existingAt: place)
        guard let workspace else {
            return findings + TrustCommand.findings(place, try place.ownership.standing().refusal)
                + MachineChecks.findings(.init()) + FolderChecks.findings(place)
        }
        findings += TrustCommand.findings(place, workspace.refusal)
        findings.append(supervisor(workspace))
        if let problem = try workspace.configProblem() {
            findings.append(
                Finding(
                    FileNames.config, .wrong, problem.place + problem.message,
                    hint: "Mend \(FileNames.publicFolder)/\(FileNames.config)."))
        }
        findings += MachineChecks.findings(workspace.config()) + FolderChecks.findings(place)
        let pid = (try? workspace.publicFolder.readSupervisor())?.map(\.pid)
        findings += LogoutChecks.findings(supervisor: pid)
        // What a stranger's files say of processes and folders here means nothing.
        if workspace.refusal != nil { return findings }
        return try findings + SessionChecks.findings(workspace)
    }

    /// Whether the repository can be used, and what in it isn't done by libgit2.
    private static func repository(_ place: Place) -> [Finding] {
        let kind = place.isBare ? "a bare repository" : "a repository with a main worktree"
        do {
            let repository = try Repository(at: place.commonDirectory)
            _ = try repository.resolve("HEAD")
            return [Finding("repository", .ok, "\(place.root), \(kind)")]
                + RepositoryProbe(discovering: place.root).findings.map {
                    Finding("repository", $0.topic == .opening ? .wrong : .note, $0.message)
                }
        } catch {
            let failure = CommandError(describing: error)
            return [Finding("repository", .wrong, failure.sentence, hint: failure.hint)]
        }
    }

    private static func supervisor(_ workspace: borrowing Workspace) -> Finding {
        do {
            guard let generation = try SupervisorAccess.generation(workspace) else {
                return Finding("supervisor", .note, "none runs", hint: "'claudia up --detach' starts one.")
            }
            return Finding("supervisor", .ok, "runs, generation \(generation)")
        } catch {
            let failure = CommandError(describing: error)
            return Finding("supervisor", .wrong, failure.sentence, hint: failure.hint)
        }
    }

    /// A line for each finding, with what to do below.
    static func text(_ findings: [Finding], colours: Bool) -> String {
        findings.map { finding in
            let (mark, style): (String, Style) =
                switch finding.verdict {
                case .ok: ("ok   ", .green)
                case .note: ("note ", .yellow)
                case .wrong: ("WRONG", .red)
                }
            let line =
                "\(style.on(mark, colours: colours)) \(PlainText.line("\(finding.check): \(finding.text)"))\n"
            return line + (finding.hint.map { "      \(PlainText.line($0))\n" } ?? "")
        }.joined()
    }
}
