/// What the programs on one terminal last said of themselves, record by record.
///
/// By the Program Status Protocol, revision 0.2: each report replaces its record whole; `clear` drops the record
/// and those below it; when the program ends or a shell's prompt begins, what works or is blocked is over.
public struct ProgramRecords: Codable, Equatable, Sendable {
    /// The most records that are kept; a report of one more is dropped.
    public static let countMax = 256

    private var records: [[String]: ProgramReport] = [:]
    /// The ids, those that were reported last at the end.
    private var order: [[String]] = []

    /// No report yet.
    public init() {}

    /// Whether no program has anything to say.
    public var isEmpty: Bool { records.isEmpty }

    /// The records, those that were reported last at the end.
    public var all: [ProgramReport] { order.compactMap { records[$0] } }

    /// Takes a report: whether anything is different now.
    public mutating func take(_ report: ProgramReport) -> Bool {
        let before = records
        if report.state == .clear {
            drop { id, _ in id.starts(with: report.id) }
        } else if records[report.id] != nil || records.count < Self.countMax {
            records[report.id] = report
            order.removeAll { $0 == report.id }
            order.append(report.id)
        }
        return records != before
    }

    /// The program ended, or a shell's prompt began (OSC 133 A): whether anything is different now.
    public mutating func programEnded() -> Bool {
        let before = records.count
        drop { _, report in report.state == .working || report.state == .blocked }
        return records.count != before
    }

    /// The terminal was reset (RIS): whether anything is different now.
    public mutating func terminalWasReset() -> Bool {
        defer { self = ProgramRecords() }
        return !isEmpty
    }

    /// The record that tells what the session does.
    ///
    /// Whoever is blocked waits for a person, wherever it stands. Else the root speaks for all; where there is no
    /// root, who works does, before those that are over or wait.
    public var leading: ProgramReport? {
        let latest = Array(all.reversed())
        if let root = records[[]], root.state == .blocked { return root }
        if let blocked = latest.first(where: { $0.state == .blocked }) { return blocked }
        if let root = records[[]] { return root }
        for state in [ProgramReport.State.working, .error, .done, .idle] {
            if let report = latest.first(where: { $0.state == state }) { return report }
        }
        return nil
    }

    private mutating func drop(_ isOver: ([String], ProgramReport) -> Bool) {
        records = records.filter { !isOver($0.key, $0.value) }
        order.removeAll { records[$0] == nil }
    }
}
