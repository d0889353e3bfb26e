internal import Agents
internal import Glibc
internal import Linux
internal import Supervisor

/// A conversation that came with a session, on its way to where the agent's program looks for it.
struct ArrivedConversation {
    /// The program that goes on with it.
    let program: any AgentProgram
    let place: ConversationPlace
    /// As it came.
    let content: [UInt8]

    /// Bytes past which a file that is there isn't compared with what came.
    private static let sizeMax = 1 << 28

    /// Makes its file, or gives one that is there what was said since: whether it is there now.
    ///
    /// Anything else that is there stays, and isn't gone on with: it may be one that the sender only knows the id of.
    func put() throws -> Bool {
        let said = program.arriving(content)
        guard let path = Conversations.file(in: place) else {
            guard let first = place.folders.first else { return false }
            try ArrivedConversation.makeFolder(first).replace(place.name, with: said, durable: false)
            Console.notice("its conversation lies at \(first)/\(place.name)")
            return true
        }
        guard let slash = path.lastIndex(of: "/") else { return false }
        let folder = try Folder(at: String(path[..<slash]))
        let name = String(path[path.index(after: slash)...])
        let present = (try? folder.read(name, most: ArrivedConversation.sizeMax)).map(program.arriving)
        guard let present, said.starts(with: present) else {
            Console.notice(
                "another conversation of its id is there already and stays, so the agent begins a new one: \(path)"
            )
            return false
        }
        // Who talks on in it at this moment goes on writing at its end, too.
        try folder.open(name, O_WRONLY | O_APPEND).writeAll(Array(said.dropFirst(present.count)))
        Console.notice("its conversation is there already: \(path)")
        return true
    }

    /// Opens the folder at an absolute path, made with those above it where they are missing.
    private static func makeFolder(_ path: String) throws -> Folder {
        // Above the agent's own folder there may be links of the person's.
        if let folder = try Folder.openIfThere(at: path) { return folder }
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            return try Folder(at: "/")
        }
        return try makeFolder(String(path[..<slash])).makeFolder(String(path[path.index(after: slash)...]))
    }
}
