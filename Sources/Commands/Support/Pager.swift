internal import Glibc
internal import Linux

/// The program that a person reads long texts with, chosen as Git chooses it.
struct Pager: ~Copyable {
    private let input: Descriptor
    private let process: ProcessHandle

    /// Shows a text through the pager where standard output is a terminal, else as it is.
    ///
    /// `verb` is Git's own of the same kind, whose `pager.<verb>` counts.
    static func show(_ bytes: [UInt8], as verb: String, in folder: String) throws {
        if Console.isTerminal(1), let pager = try Pager(in: folder, as: verb) {
            try pager.show(bytes)
        } else {
            try Console.out(bytes)
        }
    }

    /// Starts the pager; nil when the person wants none.
    private init?(in folder: String, as verb: String) throws {
        guard let command = Pager.command(in: folder, as: verb), command != "cat" else { return nil }
        let pipe = try Pipe()
        // less would take a descriptor that doesn't block for one that failed.
        _ = fcntl(pipe.reading.number, F_SETFL, 0)
        var environment = Environment.all
        // Git's own defaults (git-config(1), core.pager).
        environment["LESS"] = environment["LESS"] ?? "FRX"
        environment["LV"] = environment["LV"] ?? "-c"
        // The person's own setting is a shell's command by definition (git-var(1), GIT_PAGER).
        let spawn = Spawn(["/bin/sh", "-c", command], environment: environment)
        let process = try ProcessHandle(spawn.start(descriptors: [pipe.reading.number, 1, 2]))
        // Quitting the pager, and Ctrl-C in it, end it and not us.
        Signals.ignore(SIGPIPE)
        Signals.ignore(SIGINT)
        input = try pipe.writing.duplicate()
        self.process = process
    }

    /// Gives the pager all of `bytes`, and waits until the person has left it.
    private consuming func show(_ bytes: [UInt8]) throws {
        try Pager.feed(input, bytes)
        process.waitUntilEnded()
    }

    /// Writes all of `bytes`, as far as they are wanted, and closes.
    private static func feed(_ input: consuming Descriptor, _ bytes: [UInt8]) throws(SystemError) {
        do {
            try input.writeAll(bytes)
        } catch {
            guard error.number == EPIPE else { throw error }
        }
    }

    /// `pager.<verb>`, else what `git var GIT_PAGER` says: GIT_PAGER, core.pager, PAGER, or Git's default.
    private static func command(in folder: String, as verb: String) -> String? {
        switch CapturedOutput.firstLine(of: ["git", "config", "--get", "pager.\(verb)"], in: folder) {
        case "false": nil
        case nil, "", "true": CapturedOutput.firstLine(of: ["git", "var", "GIT_PAGER"], in: folder)
        case let own: own
        }
    }
}
