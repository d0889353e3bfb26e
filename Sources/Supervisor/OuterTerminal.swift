internal import Agents
internal import Glibc
internal import Linux
internal import SessionModel

/// The terminal in which the supervisor itself runs, which is told what the agents tell of themselves, each session a
/// record of its own, where it speaks the Program Status Protocol.
///
/// Told is what differs from what was told before, so that one that stands still misses nothing but steps between.
struct OuterTerminal: ~Copyable {
    private var output: TerminalOutput
    private let input: Descriptor
    /// How it takes what is typed while it is asked; nil afterwards.
    private var mode: RawTerminal?
    private var inquiry: TerminalInquiry
    private var told: [SessionName: [ProgramReport]] = [:]
    private let roomToken: UInt64
    private var awaitsRoom = false

    /// Asks the terminal that is standard input and output; nil where there is none, or another job has it.
    ///
    /// `poller` tells of its answer by `answer`, and of room for more by `room`.
    init?(_ poller: borrowing Poller, answer: UInt64, room: UInt64) {
        guard isatty(0) == 1, isatty(1) == 1, tcgetpgrp(0) == getpgrp() else { return nil }
        let number = fcntl(0, F_DUPFD_CLOEXEC, 3)
        guard number >= 0 else { return nil }
        let input = Descriptor(adopting: number)
        guard let output = try? TerminalOutput(), let mode = try? RawTerminal(0, hearsOnly: true) else {
            return nil
        }
        // A person may put it into the background at any time, where the terminal is another's.
        for signal in [SIGTTIN, SIGTTOU] { Signals.ignore(signal) }
        self.output = output
        self.input = input
        self.mode = mode
        inquiry = TerminalInquiry(atNs: Clock.bootNs)
        roomToken = room
        try? poller.add(self.input, .input, token: answer)
        try? self.output.write(TerminalInquiry.question)
    }

    /// Whether it speaks the protocol.
    var isSpoken: Bool { inquiry.isSpoken }

    /// Takes the answer, if it is there or overdue; keys that were typed meanwhile are for nobody.
    mutating func hear(_ poller: borrowing Poller) {
        guard mode != nil else { return }
        var ready = pollfd(fd: input.number, events: Int16(POLLIN), revents: 0)
        let isReady = poll(&ready, 1, 0) == 1
        let bytes = isReady ? (try? input.read(most: 4096)) ?? [] : []
        _ = inquiry.typed(bytes, atNs: Clock.bootNs)
        _ = inquiry.expire(atNs: isReady && bytes.isEmpty ? .max : Clock.bootNs)
        guard inquiry.deadlineNs == nil else { return }
        poller.remove(input)
        mode?.restore()
        mode = nil
    }

    /// Tells a terminal that speaks the protocol what the sessions' agents have to say now.
    mutating func tell(_ reports: [SessionName: [ProgramReport]]) {
        guard output.pending == 0 else { return }
        var bytes: [UInt8] = []
        for name in Set(told.keys).union(reports.keys).sorted() {
            let (before, now) = (told[name] ?? [], reports[name] ?? [])
            guard before != now else { continue }
            var known = before
            if before.contains(where: { report in !now.contains { $0.id == report.id } }) {
                bytes += ProgramReport.clearing(name.text)
                known = []
            }
            for report in now where !known.contains(report) { bytes += report.relayed(of: name.text) ?? [] }
            told[name] = now.isEmpty ? nil : now
        }
        if !bytes.isEmpty { try? output.write(bytes) }
    }

    /// Writes what waits; `poller` tells when there is room for the rest.
    mutating func flush(_ poller: borrowing Poller) {
        do { try output.flush() } catch { output.drop() }
        guard (output.pending > 0) != awaitsRoom else { return }
        awaitsRoom.toggle()
        if awaitsRoom {
            try? poller.add(output.descriptor, .output, token: roomToken)
        } else {
            poller.remove(output.descriptor)
        }
    }

    /// Takes back all that was told, and gives the terminal back as it was.
    consuming func leave() {
        tell([:])
        mode?.restore()
    }
}
