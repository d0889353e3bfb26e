internal import ArgumentParser
internal import Linux
internal import SessionModel
internal import Store

/// `claudia events`: shows what happened.
struct EventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Show what happened, event by event.",
        discussion: "--json prints the lines of events.jsonl as they are.")

    @Flag(name: [.customShort("f"), .customLong("follow")], help: "Go on with what happens from now on.")
    var follow = false

    @Option(name: .long, help: ArgumentHelp("Only events with a higher number than this.", valueName: "SEQ"))
    var since: Int?

    @OptionGroup var listing: ListingOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let workspace = try Workspace.open(toRead: true)
        guard let folder = try workspace.privateFolder?.eventsFolder() else {
            return Console.notice("Nothing happened yet: no supervisor ever ran here.")
        }
        let inotify = try Inotify()
        let poller = try Poller()
        if follow {
            _ = try inotify.watch(folder, [.modified, .created, .movedTo])
            try poller.add(inotify.descriptor, .input, token: 0)
        }
        var reader = try EventReader(in: folder, after: since ?? 0)
        while true {
            while case let lines = try reader.next(), !lines.isEmpty {
                try Console.out(lines.flatMap { listing.json ? $0.bytes + [0x0A] : Array(words($0).utf8) })
            }
            guard follow else { return }
            _ = try poller.wait()
            _ = try inotify.events()
        }
    }

    private func words(_ line: EventReader.Line) -> String {
        guard let event = line.event else {
            return PlainText.line(String(decoding: line.bytes, as: UTF8.self)) + "\n"
        }
        return EventText.line(event, colours: Console.colours) + "\n"
    }
}

extension PrivateFolder {
    /// Where `events.jsonl` has its first link.
    fileprivate borrowing func eventsFolder() throws -> Folder { try folder.duplicate() }
}

/// An event in words.
enum EventText {
    /// `seq time session type: what`.
    static func line(_ event: Event, colours: Bool) -> String {
        let head = [
            Style.dim.on("\(event.seq) \(event.at)", colours: colours),
            Style.bold.on(PlainText.line(event.session?.text ?? "-"), colours: colours),
            style(event.type).on(event.type.rawValue, colours: colours),
        ].joined(separator: " ")
        let what = PlainText.line(words(event))
        return what.isEmpty ? head : "\(head): \(what)"
    }

    private static func words(_ event: Event) -> String {
        func text(_ key: String) -> String? {
            guard case .string(let text) = event.data[key] else { return nil }
            return text
        }
        switch event.type {
        case .statusChanged:
            let change = [text("from"), text("phase")].compactMap { $0 }.joined(separator: " -> ")
            return text("reason").map { "\(change) (\($0))" } ?? change
        case .error: return text("message") ?? plain(event.data)
        case .rescue: return text("ref") ?? plain(event.data)
        case .activityChanged:
            return [text("from"), text("activity")].compactMap { $0 }.joined(separator: " -> ")
        case .sessionCreated, .outputAppended, .diffUpdated, .sessionTerminated, .blocked, .turnDone,
            .promptSent,
            .inputSent, .decision, .checkpoint, .conflict, .configChanged:
            return plain(event.data)
        }
    }

    private static func plain(_ data: [String: JSONValue]) -> String {
        data.sorted { $0.key < $1.key }.map { key, value in
            if case .string(let text) = value { return "\(key)=\(text)" }
            return "\(key)=\(JSONText.text(value))"
        }.joined(separator: " ")
    }

    private static func style(_ type: EventType) -> Style {
        switch type {
        case .error: .red
        case .blocked, .conflict: .yellow
        case .sessionCreated, .sessionTerminated, .rescue: .cyan
        case .statusChanged, .outputAppended, .diffUpdated, .activityChanged, .turnDone, .promptSent,
            .inputSent,
            .decision, .checkpoint, .configChanged:
            .plain
        }
    }
}
