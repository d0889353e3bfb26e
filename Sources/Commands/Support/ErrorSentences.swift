internal import Git
internal import Glibc
internal import Linux
internal import SessionModel
internal import Store
internal import Supervisor

extension Program {
    /// What a module's error means to a person; nil for the parser's own, which words itself.
    ///
    /// The one place where errors become sentences.
    static func failure(for error: any Error) -> CommandError? {
        switch error {
        case let error as CommandError: error
        case let error as SystemError: CommandError(error)
        case let error as GitError: CommandError(error)
        case let error as StoreError: CommandError(error)
        case let error as SupervisorError: CommandError(error)
        default: nil
        }
    }
}

extension CommandError {
    /// Any error in words.
    init(describing error: any Error) {
        self = Program.failure(for: error) ?? CommandError("This could not be done: \(error).")
    }

    /// A failed system call: what it concerned, and what to do for the failures that a person can mend.
    init(_ error: SystemError, doing what: String? = nil) {
        let subject = error.subject.map { "'\($0)'" } ?? "a file"
        let start = what ?? "This could not be done"
        switch error.number {
        case EACCES, EPERM:
            self.init(
                "\(start): \(subject) may not be read or written by this user.",
                hint: "Look at the owner and the permissions; 'claudia doctor' shows what is wrong.")
        case ENOSPC, EDQUOT:
            self.init("\(start): the disk is full.", hint: "Make room; nothing was changed.")
        case EROFS: self.init("\(start): the file system is read-only.")
        case EMFILE where error.call.hasPrefix("inotify"):
            self.init(
                "\(start): this user has too many inotify instances.",
                hint: "Raise fs.inotify.max_user_instances, as 'claudia doctor' shows.")
        case ENOSPC where error.call.hasPrefix("inotify"):
            self.init("\(start): no inotify watch is left.", hint: "Raise fs.inotify.max_user_watches.")
        case EMFILE, ENFILE:
            self.init("\(start): too many files are open.", hint: "Raise the limit with 'ulimit -n'.")
        case ELOOP:
            self.init(
                "\(start): \(subject) is, or leads through, a symbolic link, which claudia never follows.",
                hint: "Replace the link by the file itself.")
        case ENOENT: self.init("\(start): \(subject) does not exist.")
        case EFBIG: self.init("\(start): \(subject) is too big.")
        case EINVAL where error.call == "read": self.init("\(start): \(subject) is no regular file.")
        default: self.init("\(start): \(subject): \(error.text).")
        }
    }

    /// What Git reported.
    init(_ error: GitError) {
        if case .system(let cause) = error {
            self.init(cause)
        } else {
            self.init(error.message, hint: error.hint)
        }
    }
}

extension CommandError {
    /// What is wrong with claudia's own files, or with a person's.
    init(_ error: StoreError) {
        switch error {
        case .system(let cause): self.init(cause)
        case .file(let name, let problem): self.init(problem, in: name)
        case .damaged(let name, let why):
            self.init(
                "'\(name)' can't be read: \(why).",
                hint: "The supervisor writes it anew; 'claudia up' starts one where none runs.")
        case .refused(let name, let why):
            self.init("'\(name)' \(why).", hint: "Move it away; claudia touches nothing that isn't its own.")
        case .untrusted(let sentence):
            self.init(sentence, hint: "'claudia trust' shows what it would run, and asks.")
        }
    }

    /// Why a supervisor can't run.
    init(_ error: SupervisorError) {
        switch error {
        case .git(let cause): self.init(cause)
        case .store(let cause): self.init(cause)
        case .system(let cause): self.init(cause)
        case .other(let sentence): self.init(sentence)
        case .alreadyRunning(let pid, let generation):
            let who = [pid.map { "process \($0)" }, generation.map { "generation \($0)" }].compactMap { $0 }
            self.init(
                "A supervisor runs already in this repository"
                    + (who.isEmpty ? "." : " (\(who.joined(separator: ", ")))."),
                hint: "'claudia down' stops it; its agents go on.")
        }
    }

    /// What is wrong with a file that a person wrote, and where.
    init(_ problem: FileProblem, in name: String) {
        self.init("\(name): \(problem.place)\(problem.message)")
    }
}

extension FileProblem {
    /// "line 3, column 5, key 'state': ", as far as it is known.
    var place: String {
        let parts = [
            line.map { "line \($0)" }, column.map { "column \($0)" }, key.map { "key '\($0)'" },
        ].compactMap { $0 }
        return parts.isEmpty ? "" : parts.joined(separator: ", ") + ": "
    }
}
