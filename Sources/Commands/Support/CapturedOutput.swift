internal import Glibc
internal import Linux

/// What a short helper program writes to standard output.
enum CapturedOutput {
    /// Bytes past which the output is given up.
    private static let bytesMax = 65_536

    /// The first line that `arguments` print in `folder`; nil when the program is missing or says nothing.
    static func firstLine(of arguments: [String], in folder: String) -> String? {
        guard let pipe = try? Pipe() else { return nil }
        var spawn = Spawn(arguments, environment: Environment.all)
        spawn.folder = folder
        guard let pid = try? spawn.start(descriptors: [-1, pipe.writing.number, -1]),
            let process = try? ProcessHandle(pid)
        else { return nil }
        let reading = pipe.takeReading()
        _ = fcntl(reading.number, F_SETFL, 0)
        let said = (try? reading.readToEnd(most: bytesMax)) ?? []
        process.waitUntilEnded()
        let line = String(decoding: said, as: UTF8.self).split(separator: "\n").first.map(String.init)
        return line.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension ProcessHandle {
    /// Waits for the process, a child of this one, and reaps it.
    borrowing func waitUntilEnded() {
        var waiting = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
        while poll(&waiting, 1, -1) < 0, errno == EINTR {}
        _ = try? Ending.reap(pid)
    }
}
