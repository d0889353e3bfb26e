extension ProgramReport {
    /// What asks a terminal whether it speaks the protocol: it answers with the same bytes.
    public static let question = Array("\u{1B}]7501;?\u{1B}\\".utf8)

    /// A report for the terminal that a session is shown in: the content of one, as a record below `id=<session>`.
    ///
    /// nil for what is to be discarded, and where the id becomes longer than the protocol allows.
    public static func relayed(_ content: some Collection<UInt8>, of session: String) -> [UInt8]? {
        guard let report = ProgramReport(content) else { return nil }
        let id = [String(session.prefix(Limit.segment))] + report.id
        let path = id.joined(separator: "/")
        guard id.count <= Limit.depth, path.utf8.count <= Limit.id else { return nil }
        let pairs = content.split(separator: UInt8(ascii: ":")).filter { !$0.starts(with: "id=".utf8) }
        let bytes = Array("id=\(path)".utf8) + pairs.flatMap { [UInt8(ascii: ":")] + Array($0) }
        guard ProgramReport(bytes) != nil else { return nil }
        return sequence(bytes)
    }

    /// Drops all records of a session.
    public static func clearing(_ session: String) -> [UInt8] {
        sequence(Array("id=\(session.prefix(Limit.segment)):state=clear".utf8))
    }

    private static func sequence(_ content: [UInt8]) -> [UInt8] {
        Array("\u{1B}]7501;".utf8) + content + Array("\u{1B}\\".utf8)
    }
}
