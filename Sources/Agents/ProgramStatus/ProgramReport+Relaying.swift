internal import SessionModel

extension ProgramReport {
    /// What asks a terminal whether it speaks the protocol: it answers with the same bytes.
    public static let question = Array("\u{1B}]7501;?\u{1B}\\".utf8)

    /// The content of a report for the terminal that a session is shown in, as a record below `id=<session>`.
    ///
    /// nil for what is to be discarded.
    public static func relayed(_ content: some Collection<UInt8>, of session: String) -> [UInt8]? {
        ProgramReport(content)?.relayed(of: session)
    }

    /// This report as a record below `id=<session>`; nil where the id becomes longer than the protocol allows.
    ///
    /// Written anew, so that nothing of a program reaches a person's terminal but what was understood.
    public func relayed(of session: String) -> [UInt8]? {
        let id = [ProgramReport.segment(session)] + id
        let path = id.joined(separator: "/")
        guard id.count <= Limit.depth, path.utf8.count <= Limit.id else { return nil }
        let pairs = [
            "id=\(path)", "state=\(state.rawValue)", kind.map { "kind=\($0.rawValue)" },
            progress.map { "progress=\($0)" }, app.map { "app=\($0)" },
            title.map { "title=\(Base64.encoded($0))" }, message.map { "msg=\(Base64.encoded($0))" },
        ]
        return ProgramReport.sequence(pairs.compactMap(\.self).joined(separator: ":"))
    }

    /// Drops all records of a session.
    public static func clearing(_ session: String) -> [UInt8] {
        sequence("id=\(segment(session)):state=clear")
    }

    /// A session's name as part of an id; a long one is cut, and told from others by its digest.
    private static func segment(_ session: String) -> String {
        guard session.utf8.count > Limit.segment else { return session }
        let digest = ContentDigest.of(session.utf8).prefix(8)
        return "\(session.prefix(Limit.segment - 1 - digest.count)).\(digest)"
    }

    private static func sequence(_ content: String) -> [UInt8] {
        Array("\u{1B}]7501;\(content)\u{1B}\\".utf8)
    }
}
