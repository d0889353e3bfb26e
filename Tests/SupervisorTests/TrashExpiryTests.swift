import Glibc
import Linux
import SessionModel
import Store
import Testing

@testable import Supervisor

@Suite struct TrashExpiryTests {
    private func makeFolder() throws -> String {
        var template = Array("/tmp/claudia-trash-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    @Test(.enabled(if: geteuid() == 0, "only root may mount"))
    func `what is mounted in the trash is not emptied`() throws {
        let path = try makeFolder()
        let own = try Folder(at: path).makeFolder(FileNames.publicFolder)
        let trash = try own.makeFolder(FileNames.trash)
        let folder = try trash.makeFolder("old")
        let name = try #require(SessionName("fix"))
        let entry = TrashEntry(name: name, id: "x", at: Timestamp(ms: 1_000), sessionFile: "")
        try MachineFile.write(entry, to: FileNames.trashRecord, in: folder)
        let place = "\(path)/\(FileNames.publicFolder)/\(FileNames.trash)/old/mounted"
        let mounted = try folder.makeFolder("mounted").path()
        #expect(mount("none", place, "tmpfs", 0, "size=64k") == 0 && mounted == place)
        let expired = "\(path)/\(FileNames.publicFolder)/\(FileNames.trash)/.expired-old/mounted"
        defer { umount2(expired, CInt(MNT_DETACH)) }
        try Folder(at: place).replace("file", with: [1], durable: false)
        let held = try Folder(at: place)
        let job = TrashExpiryJob(
            root: path, trashBesideGit: "\(path)/beside", oldest: Timestamp(ms: 5_000), pool: nil)
        guard case ([], .some) = job.run() else { return #expect(Bool(false), "no problem") }
        #expect(try held.read("file", most: 9) == [1])
        umount2(expired, CInt(MNT_DETACH))
        guard case (let gone, nil) = job.run() else {
            return #expect(Bool(false), "a problem")
        }
        #expect(gone.count == 1)
        try own.removeFolder(FileNames.trash)
        try Folder(at: path).removeFolder(FileNames.publicFolder)
        rmdir(path)
    }

    @Test func `only whole entries that are old enough go, and no link is followed`() throws {
        let path = try makeFolder()
        let root = try Folder(at: path)
        try root.replace("outside", with: [1], durable: false)
        let own = try root.makeFolder(FileNames.publicFolder)
        let trash = try own.makeFolder(FileNames.trash)
        let name = try #require(SessionName("fix"))
        for (entryName, ms) in [("old", Int64(1_000)), ("new", 9_000)] {
            let folder = try trash.makeFolder(entryName)
            let entry = TrashEntry(name: name, id: "x", at: Timestamp(ms: ms), sessionFile: "")
            try MachineFile.write(entry, to: FileNames.trashRecord, in: folder)
            let worktree = try folder.makeFolder("worktree")
            try worktree.replace("file", with: [1], durable: false)
            try worktree.symbolicLink("link", to: "../../../../outside")
        }
        // Deeper than there are descriptors.
        try #require(
            system("cd '\(path)' && p=$(printf 'd/%.0s' $(seq 1500)) && mkdir -p .claudia/trash/old/$p") == 0)
        _ = try trash.makeFolder("no entry")
        guard
            case (let gone, nil) = TrashExpiryJob(
                root: path, trashBesideGit: "\(path)/beside", oldest: Timestamp(ms: 5_000), pool: nil
            ).run()
        else { return #expect(Bool(false), "a problem") }
        #expect(gone == ["old"])
        #expect(try trash.names().sorted() == ["new", "no entry"])
        #expect(try root.read("outside", most: 10) == [1])
        // Nor is the trash itself taken for one when it is a link.
        try own.rename(FileNames.trash, to: root, "elsewhere")
        try own.symbolicLink(FileNames.trash, to: "../elsewhere")
        _ = TrashExpiryJob(
            root: path, trashBesideGit: "\(path)/beside", oldest: Timestamp(ms: 10_000), pool: nil
        ).run()
        #expect(try trash.names().sorted() == ["new", "no entry"])
        try own.remove(FileNames.trash)
        try root.rename("elsewhere", to: own, FileNames.trash)
        _ = TrashExpiryJob(
            root: path, trashBesideGit: "\(path)/beside", oldest: Timestamp(ms: 10_000), pool: nil
        ).run()
        #expect(try trash.names() == ["no entry"])
        try trash.removeFolder("no entry")
        try own.removeFolder(FileNames.trash)
        try root.removeFolder(FileNames.publicFolder)
        try root.remove("outside")
        rmdir(path)
    }
}
