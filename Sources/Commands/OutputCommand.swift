internal import ArgumentParser
internal import Linux
internal import Screen
internal import SessionModel
internal import Store
internal import Supervisor

/// `claudia output`: shows what an agent's terminal printed.
struct OutputCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "output", abstract: "Show what an agent's terminal printed.",
        discussion: """
            As plain lines, the last max_output_buffer of them, without anything that acts on your terminal. \
            --raw gives the exact bytes, all that are kept unless -n says how many lines. --screen shows \
            what stands on its screen now, with --ansi in its colours.
            """)

    @Argument(help: "The session; in a session's worktree that one when left out.", completion: .sessions)
    var name: String?

    @Flag(
        name: [.customShort("f"), .customLong("follow")], help: "Go on as it prints, until the agent ends.")
    var follow = false

    @Option(name: [.customShort("n"), .customLong("lines")], help: "How many of the last lines.")
    var lines: Int?

    @Flag(name: .long, help: "The exact bytes, escape sequences and all.")
    var raw = false

    @Flag(name: .long, help: "What is on its screen now.")
    var screen = false

    @Flag(name: .long, help: "With --screen: colours and the like.")
    var ansi = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let lines, lines < 0 { throw ValidationError("-n takes a number of lines, 0 or more.") }
        if screen && (raw || follow || lines != nil) {
            throw ValidationError("--screen goes with none of -f, -n and --raw.")
        }
        if ansi && !screen {
            throw ValidationError("--ansi goes with --screen; --raw gives the exact bytes.")
        }
    }

    func run() throws {
        let workspace = try Workspace.open(toRead: true)
        let session = try workspace.selection().session(name)
        if screen { return try showScreen(of: session, in: workspace) }
        let watch = try SessionWatch(workspace)
        var printer = Printer(raw: raw)
        guard var reader = try log(of: session, watch, in: workspace) else {
            return Console.notice("\(session): nothing was printed yet")
        }
        let most = try position(&reader, session, in: workspace)
        if !raw { printer.holdBack(most) }
        while true {
            try watch.include(session, of: workspace, growth: true)
            // The end is looked for before the last bytes, which come before it.
            let ended = try !follow || hasEnded(session, in: workspace)
            while case let bytes = try reader.next(), !bytes.isEmpty { try printer.take(bytes) }
            try printer.letGo()
            if ended { break }
            _ = try watch.wait(until: nil)
        }
        try printer.finish()
    }

    private func showScreen(of session: SessionName, in workspace: borrowing Workspace) throws {
        guard let log = try workspace.log(of: session) else {
            return Console.notice("\(session): nothing was printed yet")
        }
        let terminal = try LoggedScreen.terminal(from: log, upTo: try log.end())
        var rows = ansi ? (0..<terminal.rows).map(terminal.styledLine) : terminal.lines
        while rows.last == "" { rows.removeLast() }
        for row in rows { try Console.line(row) }
    }

    /// The log, waited for when it is to be followed; nil when there is none.
    private func log(
        of session: SessionName, _ watch: borrowing SessionWatch, in workspace: borrowing Workspace
    ) throws -> OutputReader? {
        while true {
            try watch.include(session, of: workspace)
            if let reader = try workspace.log(of: session) {
                return reader
            }
            guard try follow && !hasEnded(session, in: workspace) else { return nil }
            _ = try watch.wait(until: nil)
        }
    }

    /// Goes to where the first of the wanted lines begins, and tells how many are wanted.
    private func position(
        _ reader: inout OutputReader, _ session: SessionName, in workspace: borrowing Workspace
    ) throws -> Int {
        if raw && lines == nil { return .max }
        let spec = (try? workspace.publicFolder.readStatus(session))??.spec
        let most = spec?.maxOutputBuffer ?? SessionSpec().maxOutputBuffer
        let wanted = raw ? lines ?? most : min(lines ?? most, most)
        let start = wanted == 0 ? try reader.end() : try reader.startOfLastLines(wanted)
        common.trace("\(session): the last \(wanted) lines begin at byte \(start)")
        try reader.seek(to: start)
        return wanted
    }

    /// Whether no more can come: the agent has ended, or the session is gone.
    private func hasEnded(_ session: SessionName, in workspace: borrowing Workspace) throws -> Bool {
        // Not by the public folder, which may be wiped while the agent goes on.
        if let own = try workspace.privateSession(session) { return try own.status(FileNames.exit) != nil }
        guard let folder = try workspace.publicFolder.session(session) else {
            return try workspace.publicFolder.readSessionFile(session) == .missing
        }
        return try folder.status(FileNames.exit) != nil
    }
}

/// Brings the log's bytes to standard output, exact or as plain lines.
private struct Printer {
    private let raw: Bool
    private var sanitizer = TextSanitizer()
    /// The last lines so far, and how many of them to keep; nil once they were printed.
    private var held: (text: String, most: Int)?

    init(raw: Bool) { self.raw = raw }

    mutating func take(_ bytes: [UInt8]) throws {
        if raw { return try Console.out(bytes) }
        let text = sanitizer.feed(bytes)
        guard let held else { return try Console.out(text) }
        self.held = (Printer.tail(held.text + text, held.most), held.most)
    }

    /// Keeps what comes until `letGo`, and of it the last `most` lines.
    ///
    /// A line of the log can move the cursor and so be many lines of text.
    mutating func holdBack(_ most: Int) { held = ("", most) }

    /// Prints what was held back; what comes from now on is printed at once.
    mutating func letGo() throws {
        guard let held else { return }
        self.held = nil
        try Console.out(held.text)
    }

    private static func tail(_ text: String, _ most: Int) -> String {
        var starts = text.utf8.indices.filter { text.utf8[$0] == 0x0A }.map { text.utf8.index(after: $0) }
        if starts.last == text.endIndex { starts.removeLast() }
        guard starts.count >= most else { return text }
        return most == 0 ? "" : String(text[starts[starts.count - most]...])
    }

    mutating func finish() throws {
        guard !raw else { return }
        let rest = sanitizer.finish()
        if !rest.isEmpty { try Console.line(rest) }
    }
}
