internal import Glibc
internal import Linux

/// The program that a person reads long texts with, chosen as Git chooses it.
struct Pager: ~Copyable {
    private let input: Descriptor
    private let process: ProcessHandle

    /// Starts the pager; nil when the person wants none.
    init?(in folder: String) throws {
        guard let command = Pager.command(in: folder), command != "cat" else { return nil }
        let pipe = try Pipe()
        // less would take a descriptor that doesn't block for one that failed.
        _ = fcntl(pipe.reading.number, F_SETFL, 0)
        var environment = Environment.all
        // Git's own defaults (git-config(1), core.pager).
        environment["LESS"] = environment["LESS"] ?? "FRX"
        environment["LV"] = environment["LV"] ?? "-c"
        let spawn = Spawn(["/bin/sh", "-c", command], environment: environment)
        let process = try ProcessHandle(spawn.start(descriptors: [pipe.reading.number, 1, 2]))
        // Quitting the pager, and Ctrl-C in it, end it and not us.
        Signals.ignore(SIGPIPE)
        Signals.ignore(SIGINT)
        input = try pipe.writing.duplicate()
        self.process = process
    }

    /// Gives the pager all of `bytes`, and waits until the person has left it.
    consuming func show(_ bytes: [UInt8]) throws {
        try Pager.feed(input, bytes)
        let poller = try Poller()
        try poller.add(process.descriptor, .input, token: 0)
        while try poller.wait().isEmpty {}
        _ = try Ending.reap(process.pid)
    }

    /// Writes all of `bytes`, as far as they are wanted, and closes.
    private static func feed(_ input: consuming Descriptor, _ bytes: [UInt8]) throws(SystemError) {
        do {
            try input.writeAll(bytes)
        } catch {
            guard error.number == EPIPE else { throw error }
        }
    }

    /// What `git var GIT_PAGER` says: GIT_PAGER, core.pager, PAGER, or Git's default.
    private static func command(in folder: String) -> String? {
        guard let pipe = try? Pipe() else { return nil }
        var spawn = Spawn(["git", "var", "GIT_PAGER"], environment: Environment.all)
        spawn.folder = folder
        guard let pid = try? spawn.start(descriptors: [-1, pipe.writing.number, -1]),
            let process = try? ProcessHandle(pid)
        else { return nil }
        let reading = pipe.takeReading()
        _ = fcntl(reading.number, F_SETFL, 0)
        let said = (try? reading.readToEnd(most: 65_536)) ?? []
        if let poller = try? Poller(), (try? poller.add(process.descriptor, .input, token: 0)) != nil {
            _ = try? poller.wait()
        }
        _ = try? Ending.reap(pid)
        let words = String(decoding: said, as: UTF8.self).split(separator: "\n").first.map(String.init)
        return words.flatMap { $0.isEmpty ? nil : $0 }
    }
}
