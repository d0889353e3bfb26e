/// Whose the places are, and what may be done to them.
struct Territory: Sendable {
    /// Links past which a path isn't followed.
    private static let linksMax = 40
    /// Components past which a path isn't followed.
    private static let componentsMax = 512

    let worktree: [String]
    let repository: [String]
    let gitFolder: [String]
    let home: [String]
    let others: [[String]]
    /// Where the call is made; nil when that isn't known.
    let folder: [String]?
    private let link: @Sendable (String) -> String?

    init(_ room: Room) {
        link = room.link
        func resolve(_ path: String) -> [String] {
            let parts = path.split(separator: "/").map(String.init)
            return Self.resolve(parts, from: [], room.link, followsLast: true) ?? parts
        }
        worktree = resolve(room.worktree)
        repository = resolve(room.repository)
        gitFolder = resolve(room.gitFolder)
        home = resolve(room.home)
        others = room.otherWorktrees.map(resolve)
        folder = room.folder.map(resolve)
    }

    /// Where the value leads from the folder; nil when that isn't known.
    func place(_ value: Value, from folder: [String]?, followsLast: Bool = true) -> Place? {
        guard !value.isUnknown, let components = Self.components(of: value) else { return nil }
        let known = components.prefix { $0.literal != nil }.compactMap(\.literal)
        let tail = Array(components.dropFirst(known.count)).filter { $0.literal != "" && $0.literal != "." }
        guard !tail.contains(where: { !$0.isListing && $0.couldBe("..") }) else { return nil }
        let start: [String]
        if value.prefix.hasPrefix("/") {
            start = []
        } else if let folder {
            start = folder
        } else {
            return nil
        }
        let path = Self.resolve(known, from: start, link, followsLast: followsLast || !tail.isEmpty)
        return path.map { Place(path: $0, tail: tail) }
    }

    /// The folders in which `cd` ends: by the names, and by the links.
    func folders(_ value: Value, from folder: [String]) -> [[String]]? {
        guard let physical = place(value, from: folder), physical.tail.isEmpty else { return nil }
        guard let literal = value.literal else { return nil }
        var byName = literal.hasPrefix("/") ? [] : folder
        for part in literal.split(separator: "/").map(String.init) where part != "." {
            if part == ".." { _ = byName.popLast() } else { byName.append(part) }
        }
        let followed = Self.resolve(byName, from: [], link, followsLast: true)
        guard let followed else { return nil }
        return followed == physical.path ? [followed] : [physical.path, followed]
    }

    private static func components(of value: Value) -> [Value]? {
        var components: [Value] = []
        var current = Value([])
        for piece in value.pieces {
            guard case .text(let text) = piece else {
                current.append(piece)
                continue
            }
            var parts = text.split(separator: "/", omittingEmptySubsequences: false)[...]
            if let first = parts.popFirst() { current.append(.text(String(first))) }
            for part in parts {
                components.append(current)
                current = Value(String(part))
            }
        }
        components.append(current)
        return components.count <= componentsMax ? components : nil
    }

    private static func resolve(
        _ parts: [String], from start: [String], _ link: (String) -> String?, followsLast: Bool
    ) -> [String]? {
        var path = start
        var waiting: [String] = parts.reversed()
        var links = 0
        while let part = waiting.popLast() {
            if part.isEmpty || part == "." { continue }
            if part == ".." {
                _ = path.popLast()
                continue
            }
            path.append(part)
            if waiting.isEmpty, !followsLast { return path }
            guard let target = link("/" + path.joined(separator: "/")) else { continue }
            links += 1
            guard links <= linksMax, waiting.count < componentsMax else { return nil }
            if target.hasPrefix("/") { path = [] } else { _ = path.popLast() }
            waiting += target.split(separator: "/").map(String.init).reversed()
        }
        return path
    }
}
