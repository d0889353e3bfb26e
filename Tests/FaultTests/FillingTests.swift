import Glibc
import Linux
import SessionModel
import Testing

/// Calls by which an empty file is filled in take long, so that a writer comes between any two of them.
@Suite(.serialized) struct `Filling in is slow` {
    @Test(arguments: [false, true]) func `what a writer does meanwhile is kept`(holdsOpen: Bool) throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            // The first takes the only slot, so that what is filled in starts nothing.
            try box.allow(sessions: 1)
            try box.make("first", shell: Agents.echoing)
            try box.wait("first", "running")
            let pid = try box.supervisor().pid
            let trace = try Trace(box, pid, .loop, inject: ["fcntl:delay_enter=100000"])
            let text = "{\"state\": \"parked\", \"base\": \"mine\"}\n"
            // The file is looked at with two such calls, then filled in with two more.
            for ms in stride(from: 200, through: 450, by: 50) {
                let path = box.file("s\(ms)")
                try write("", to: path)
                try box.pause(ms: ms)
                if holdsOpen {
                    let number = open(path, O_WRONLY | O_CLOEXEC)
                    let file = Descriptor(adopting: try #require(number >= 0 ? number : nil))
                    let isEmpty = try Folder(at: box.sessions).status("s\(ms).json")?.size == 0
                    try box.pause(ms: 200)
                    if !isEmpty { try file.truncate(to: 0) }
                    try file.write(Array(text.utf8), at: 0)
                } else {
                    try write(text, to: path)
                }
                try box.until("s\(ms) is understood") {
                    try box.status("s\(ms)")?.spec?.base == "mine" ? true : nil
                }
                #expect(FaultTests.text(of: path) == text, "after \(ms) ms")
            }
            try trace.end()
        }
    }
}
