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

    /// Makes its file, or gives one that is there what was said since; anything else that is there stays, and is told.
    func put() throws {
        let said = program.arriving(content)
        guard let path = Conversations.file(in: place) else {
            guard let first = place.folders.first else { return }
            try ArrivedConversation.makeFolder(first).replace(place.name, with: said, durable: false)
            return Console.notice("its conversation lies at \(first)/\(place.name)")
        }
        guard let slash = path.lastIndex(of: "/") else { return }
        let folder = try Folder(at: String(path[..<slash]))
        let name = String(path[path.index(after: slash)...])
        let present = (try? folder.read(name, most: ArrivedConversation.sizeMax)).map(program.arriving)
        guard let present, said.starts(with: present) else {
            return Console.notice(
                "a conversation of its id is there already, and stays as it is, without what came: \(path)")
        }
        // Who talks on in it at this moment goes on writing at its end, too.
        try folder.open(name, O_WRONLY | O_APPEND).writeAll(Array(said.dropFirst(present.count)))
        Console.notice("its conversation is there already: \(path)")
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
