/// A repository that was moved or copied: from where its root was to where it is.
public struct RootChange: Equatable, Sendable {
    /// The former root, absolute.
    public let from: String
    /// The root as it is now, absolute.
    public let to: String
    /// Whether the repository at `from` may still be in use: nothing outside `to` is touched then.
    public let isCopy: Bool

    /// A change, part by part.
    public init(from: String, to: String, isCopy: Bool) {
        (self.from, self.to, self.isCopy) = (from, to, isCopy)
    }

    /// Where what lay at `path` is now; nil when that lies outside a repository that was copied.
    public func place(of path: String) -> String? {
        if isInside(path) { return path }
        if path == from { return to }
        guard path.hasPrefix(from + "/") else { return isCopy ? nil : path }
        return to + path.dropFirst(from.count)
    }

    /// Where what lies at `path` was before.
    func former(_ path: String) -> String {
        isInside(path) ? from + path.dropFirst(to.count) : path
    }

    /// Whether `path` lies in the root as it is now.
    func isInside(_ path: String) -> Bool { path == to || path.hasPrefix(to + "/") }
}
