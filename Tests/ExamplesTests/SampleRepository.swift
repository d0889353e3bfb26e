import Glibc
import Linux
import Testing

/// A repository of two commits in a folder of its own, with the real supervisor on it.
///
/// The PATH holds two stand-ins: `claude`, which tells its arguments, that it is ready and what it is asked, and
/// `notify-send`, which tells what it was given.
final class SampleRepository {
    struct Late: Error, CustomStringConvertible {
        let description: String
    }

    private static let secondsMax = 60
    let folder: String
    let repository: String
    private let environment: [String: String]

    init() throws {
        var template = Array("/tmp/claudia-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError.last("mkdtemp") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        repository = folder + "/repository"
        let own = try Executable.own()
        let programs = String(own[..<(own.lastIndex(of: "/") ?? own.endIndex)])
        environment = [
            "PATH": "\(folder)/bin:\(programs):/usr/local/bin:/usr/bin:/bin", "HOME": folder,
            "TOLD": folder + "/told",
        ]
        try run(
            """
            set -e
            mkdir bin repository
            mkfifo told
            cat >bin/claude <<'end'
            #!/bin/sh
            printf 'argument: %s\\n' "$@"
            printf '\\033]7501;state=idle\\033\\\\'
            while read -r line; do echo "asked: $line"; done
            end
            printf '#!/bin/sh\\necho "$*" >"$TOLD"\\n' >bin/notify-send
            chmod +x bin/*
            git config --global user.name Test
            git config --global user.email test@localhost
            git init -q -b main repository
            cd repository
            printf 'untidy  \\n' >untidy.txt
            git add . && git commit -q -m first
            echo second >second.txt
            git add . && git commit -q -m second
            claudia up --detach
            """, in: folder)
    }

    deinit {
        _ = try? run("claudia down --all")
        _ = try? run("rm -rf '\(folder)'", in: "/")
    }

    /// Runs a script to its end; what it printed.
    ///
    /// Anything but success is a failure.
    @discardableResult func run(_ script: String, in place: String? = nil) throws -> String {
        let printed = try Descriptor.memory("printed", [])
        var spawn = Spawn(["/bin/sh", "-c", script], environment: environment)
        spawn.folder = place ?? repository
        let process = try ProcessHandle(
            try spawn.start(descriptors: [-1, printed.number, printed.number]))
        try SampleRepository.wait(for: process.descriptor.number, script)
        let text = String(decoding: try printed.read(at: 0, most: 1 << 20), as: UTF8.self)
        guard try Ending.reap(process.pid)?.code == 0 else { throw Late(description: "\(script): \(text)") }
        return text
    }

    /// Copies an example to the sessions.
    func start(_ example: String) throws {
        try run("cp '\(Examples.folder)/\(example).json' .claudia/sessions/")
    }

    /// Waits until the agent's terminal has shown each of these lines, in this order.
    func awaitLines(_ lines: [String], of session: String) throws {
        let pipe = try Pipe()
        var spawn = Spawn(["claudia", "output", session, "--follow"], environment: environment)
        spawn.folder = repository
        try run("claudia wait \(session) running --timeout \(SampleRepository.secondsMax)")
        let process = try ProcessHandle(try spawn.start(descriptors: [-1, pipe.writing.number, -1]))
        defer {
            try? process.send(SIGKILL)
            try? SampleRepository.wait(for: process.descriptor.number, "the end of output --follow")
            _ = try? Ending.reap(process.pid)
        }
        var text = ""
        var missing = lines[...]
        while let next = missing.first {
            if let end = SampleRepository.end(of: next, in: text) {
                text = String(text[end...])
                missing = missing.dropFirst()
                continue
            }
            try SampleRepository.wait(for: pipe.reading.number, "“\(next)” after “\(text)”")
            text += String(decoding: try pipe.reading.read(most: 65_536) ?? [], as: UTF8.self)
        }
    }

    /// The next line that the stand-in `notify-send` tells.
    func notification() throws -> String {
        // Open for writing too, so that it has no end.
        let told = Descriptor(adopting: open(folder + "/told", O_RDWR | O_CLOEXEC))
        try SampleRepository.wait(for: told.number, "a notification")
        return String(decoding: try told.read(most: 4096) ?? [], as: UTF8.self)
    }

    /// Where a line that is exactly `line` ends; nil when there is none yet.
    private static func end(of line: String, in text: String) -> String.Index? {
        var start = text.startIndex
        while let newline = text[start...].firstIndex(where: \.isNewline) {
            let end = text.index(after: newline)
            if text[start..<newline] == line { return end }
            start = end
        }
        return nil
    }

    static func wait(for number: CInt, _ what: String) throws {
        var wanted = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        guard poll(&wanted, 1, CInt(secondsMax * 1000)) > 0 else {
            throw Late(description: "Waited in vain for \(what).")
        }
    }
}
