import Glibc
import Linux
import SessionModel
import Store
import Testing

@testable import Supervisor

@Suite struct TrashExpiryTests {
    @Test func `only whole entries that are old enough go, and no link is followed`() throws {
        var template = Array("/tmp/claudia-trash-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let root = try Folder(at: path)
        try root.replace("outside", with: [1], durable: false)
        let trash = try root.makeFolder("trash")
        let name = try #require(SessionName("fix"))
        for (entryName, ms) in [("old", Int64(1_000)), ("new", 9_000)] {
            let folder = try trash.makeFolder(entryName)
            let entry = TrashEntry(name: name, id: "x", at: Timestamp(ms: ms), sessionFile: "")
            try MachineFile.write(entry, to: FileNames.trashRecord, in: folder)
            let worktree = try folder.makeFolder("worktree")
            try worktree.replace("file", with: [1], durable: false)
            try worktree.symbolicLink("link", to: "../../../outside")
        }
        _ = try trash.makeFolder("no entry")
        guard
            case .expired(let gone, problem: nil) = TrashExpiryJob(
                trash: "\(path)/trash", trashBesideGit: "\(path)/beside", oldest: Timestamp(ms: 5_000)
            ).run()
        else { return #expect(Bool(false), "a problem") }
        #expect(gone == ["old"])
        #expect(try trash.names().sorted() == ["new", "no entry"])
        #expect(try root.read("outside", most: 10) == [1])
        _ = TrashExpiryJob(
            trash: "\(path)/trash", trashBesideGit: "\(path)/beside", oldest: Timestamp(ms: 10_000)
        ).run()
        #expect(try trash.names() == ["no entry"])
        try trash.removeFolder("no entry")
        try root.removeFolder("trash")
        try root.remove("outside")
        rmdir(path)
    }
}
