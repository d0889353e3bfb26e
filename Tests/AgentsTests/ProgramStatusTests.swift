import Agents
import Testing

@Suite struct ProgramStatusTests {
    struct Row: Sendable {
        let bytes: String
        let report: ProgramReport?
    }

    static func report(
        _ state: ProgramReport.State, kind: ProgramReport.Kind? = nil, progress: Int? = nil,
        app: String? = nil,
        id: [String] = [], title: String? = nil, message: String? = nil
    ) -> ProgramReport {
        var report = ProgramReport(state: state)
        (report.kind, report.progress, report.app, report.id) = (kind, progress, app, id)
        (report.title, report.message) = (title, message)
        return report
    }

    static let long = String(repeating: "s", count: 32)

    static let rows: [Row] = [
        Row(bytes: "state=idle", report: report(.idle)),
        Row(bytes: "state=idle:app=claude-code", report: report(.idle, app: "claude-code")),
        Row(
            bytes: "state=blocked:app=claude-code:kind=permission:msg=YXBwcm92ZSBCYXNoOiB0b3VjaCBvc2Mx",
            report: report(
                .blocked, kind: .permission, app: "claude-code", message: "approve Bash: touch osc1")),
        Row(bytes: "state=working:progress=0", report: report(.working, progress: 0)),
        Row(bytes: "state=working:progress=100", report: report(.working, progress: 100)),
        Row(bytes: "state=working:progress=101", report: nil),
        Row(bytes: "state=working:progress=99999999999999999999", report: nil),
        Row(bytes: "state=working:progress=-1", report: report(.working)),
        Row(bytes: "state=working:progress=half", report: report(.working)),
        Row(bytes: "state=working:progress=", report: report(.working)),
        Row(bytes: "kind=permission:app=x", report: nil),
        Row(bytes: "state=", report: nil),
        Row(bytes: "state=busy", report: nil),
        Row(bytes: "", report: nil),
        Row(bytes: "?", report: nil),
        // Malformed pairs and unknown keys.
        Row(bytes: "state=done::nothing:=x:colour=red", report: report(.done)),
        Row(bytes: "state=blocked:kind=coffee", report: report(.blocked)),
        // The last duplicate counts, whole.
        Row(bytes: "state=idle:state=working", report: report(.working)),
        Row(bytes: "state=idle:msg=%%%:msg=aGk=", report: report(.idle, message: "hi")),
        Row(bytes: "state=idle:msg=aGk=:msg=%%%", report: nil),
        // Texts.
        Row(bytes: "state=idle:title=aGk=", report: report(.idle, title: "hi")),
        Row(bytes: "state=idle:title=aGk", report: nil),
        Row(bytes: "state=idle:title=", report: report(.idle, title: "")),
        Row(bytes: "state=idle:msg=/w==", report: nil),
        Row(bytes: "state=idle:msg=G1tt", report: nil),
        Row(bytes: "state=idle:msg=YQpi", report: nil),
        Row(bytes: "state=idle:msg=YcKbYg==", report: nil),
        // Ids.
        Row(bytes: "state=idle:id=a/b.c/d_e+f-g", report: report(.idle, id: ["a", "b.c", "d_e+f-g"])),
        Row(bytes: "state=idle:id=", report: nil),
        Row(bytes: "state=idle:id=a//b", report: nil),
        Row(bytes: "state=idle:id=a b", report: nil),
        Row(bytes: "state=idle:id=ä", report: nil),
        Row(bytes: "state=idle:id=\(long)", report: report(.idle, id: [long])),
        Row(bytes: "state=idle:id=\(long)s", report: nil),
        Row(
            bytes: "state=idle:id=1/2/3/4/5/6/7/8",
            report: report(.idle, id: ["1", "2", "3", "4", "5", "6", "7", "8"])),
        Row(bytes: "state=idle:id=1/2/3/4/5/6/7/8/9", report: nil),
        Row(
            bytes: "state=idle:id=\(long)/\(long)/\(long)/\(long.dropLast(3))",
            report:
                report(.idle, id: [long, long, long, String(long.dropLast(3))])),
        Row(bytes: "state=idle:id=\(long)/\(long)/\(long)/\(long.dropLast(2))", report: nil),
        // Sizes: 192 and 2,048 bytes of text, 4,096 of a report.
        Row(
            bytes: "state=idle:title=" + String(repeating: "YWFh", count: 64),
            report: report(.idle, title: String(repeating: "aaa", count: 64))),
        Row(bytes: "state=idle:title=" + String(repeating: "YWFh", count: 65), report: nil),
        Row(
            bytes: "state=idle:msg=" + String(repeating: "YWFh", count: 682) + "YWE=",
            report: report(.idle, message: String(repeating: "a", count: 2048))),
        Row(bytes: "state=idle:msg=" + String(repeating: "YWFh", count: 683), report: nil),
        Row(bytes: "state=idle:x=" + String(repeating: "y", count: 4083), report: report(.idle)),
        Row(bytes: "state=idle:x=" + String(repeating: "y", count: 4084), report: nil),
        Row(bytes: "state=idle:app=a\u{1B}b", report: report(.idle)),
    ]

    @Test("each report is read as the protocol says", arguments: rows)
    func reading(_ row: Row) { #expect(ProgramReport(Array(row.bytes.utf8)) == row.report) }

    @Test func `bytes that are no UTF-8 are a malformed pair`() {
        #expect(ProgramReport(Array("state=idle:app=".utf8) + [0xFF]) == Self.report(.idle))
    }

    func changed(_ records: inout ProgramRecords, _ change: (inout ProgramRecords) -> Bool) -> Bool {
        change(&records)
    }

    static func records(_ texts: String...) -> ProgramRecords {
        var records = ProgramRecords()
        for report in texts.compactMap({ ProgramReport(Array($0.utf8)) }) { _ = records.take(report) }
        return records
    }

    @Test func `a report replaces its record whole`() {
        let records = Self.records("state=blocked:kind=auth:title=aGk=", "state=idle")
        #expect(records.all == [Self.report(.idle)])
    }

    @Test func `clear drops a record and those below it, and no other`() {
        var records = Self.records(
            "state=idle", "state=working:id=a", "state=working:id=a/b", "state=working:id=ab")
        #expect(changed(&records) { $0.take(Self.report(.clear, id: ["a"])) } == true)
        #expect(records.all.map(\.id) == [[], ["ab"]])
        #expect(changed(&records) { $0.take(Self.report(.clear, id: ["a"])) } == false)
        #expect(changed(&records) { $0.take(Self.report(.clear)) } == true)
        #expect(records.isEmpty)
    }

    @Test func `the end of the program drops what works or is blocked`() {
        var records = Self.records(
            "state=working", "state=blocked:id=b", "state=done:id=d", "state=error:id=e", "state=idle:id=i")
        #expect(changed(&records) { $0.programEnded() } == true)
        #expect(records.all.map(\.id) == [["d"], ["e"], ["i"]])
        #expect(changed(&records) { $0.programEnded() } == false)
    }

    @Test func `a reset drops all`() {
        var records = Self.records("state=done")
        #expect(changed(&records) { $0.terminalWasReset() } == true)
        #expect(records.isEmpty)
        #expect(changed(&records) { $0.terminalWasReset() } == false)
    }

    @Test func `one record more than 256 is dropped, and known ones still change`() {
        var records = ProgramRecords()
        for number in 0..<300 { _ = records.take(Self.report(.idle, id: ["n\(number)"])) }
        #expect(records.all.count == 256)
        #expect(changed(&records) { $0.take(Self.report(.blocked, id: ["n0"])) } == true)
        #expect(records.leading?.id == ["n0"])
        #expect(changed(&records) { $0.take(Self.report(.blocked, id: ["n299"])) } == false)
    }

    struct LeadingRow: Sendable {
        let reports: [String]
        let leading: String?
    }

    static let leadingRows: [LeadingRow] = [
        LeadingRow(reports: [], leading: nil),
        LeadingRow(reports: ["state=working"], leading: "state=working"),
        LeadingRow(reports: ["state=working", "state=blocked:id=a"], leading: "state=blocked:id=a"),
        LeadingRow(reports: ["state=blocked", "state=blocked:id=a"], leading: "state=blocked"),
        LeadingRow(reports: ["state=done", "state=working:id=a"], leading: "state=done"),
        LeadingRow(reports: ["state=working:id=a", "state=done:id=b"], leading: "state=working:id=a"),
        LeadingRow(reports: ["state=idle:id=a", "state=done:id=b"], leading: "state=done:id=b"),
        LeadingRow(reports: ["state=error:id=a", "state=done:id=b"], leading: "state=error:id=a"),
        LeadingRow(reports: ["state=blocked:id=a", "state=idle:id=a"], leading: "state=idle:id=a"),
    ]

    @Test("the record that leads tells what the session does", arguments: leadingRows)
    func leading(_ row: LeadingRow) {
        var records = ProgramRecords()
        for report in row.reports {
            if let read = ProgramReport(Array(report.utf8)) { _ = records.take(read) }
        }
        #expect(records.leading == row.leading.flatMap { ProgramReport(Array($0.utf8)) })
    }
}
