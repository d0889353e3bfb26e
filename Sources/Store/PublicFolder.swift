internal import Glibc
public import Linux
public import SessionModel

/// The public folder, `.claudia`, held open.
///
/// A wiped folder stays open and reads as empty: `isWhole` tells, `mend` makes it anew.
public struct PublicFolder: ~Copyable, Sendable {
    /// The folder that `.claudia` lies in.
    public let root: Folder
    /// `.claudia` itself.
    public private(set) var folder: Folder
    /// `.claudia/sessions`.
    public private(set) var sessions: Folder

    /// Opens the public folder in the folder `path`, making what is missing of it.
    ///
    /// Throws `.refused` when `.claudia` or a folder in it is a symbolic link or no folder.
    public init(making path: String) throws(StoreError) {
        let root = try calling { () throws(SystemError) in try Folder(at: path) }
        let folder = try makeFolder(FileNames.publicFolder, in: root)
        let sessions = try PublicFolder.fill(folder)
        self.root = root
        self.folder = folder
        self.sessions = sessions
    }

    /// Opens the public folder in the folder `path`; nil when it isn't there.
    public init?(existing path: String) throws(StoreError) {
        let root = try calling { () throws(SystemError) in try Folder(at: path) }
        guard let folder = try openIfThere(FileNames.publicFolder, in: root),
            let sessions = try openIfThere(FileNames.sessions, in: folder)
        else { return nil }
        self.root = root
        self.folder = folder
        self.sessions = sessions
    }

    /// Whether the folders that are held are still the ones that their paths name.
    public borrowing func isInPlace() -> Bool {
        isSame(folder, FileNames.publicFolder, in: root) && isSame(sessions, FileNames.sessions, in: folder)
    }

    /// Whether that is so, and nothing else is missing.
    public borrowing func isWhole() -> Bool {
        isInPlace()
            && [FileNames.gitignore, FileNames.hooks, FileNames.trash].allSatisfy { name in
                (try? folder.status(name)) != .some(nil)
            }
    }

    /// Makes anew what was wiped and opens it: true when anything was.
    ///
    /// Watches, and logs that are held open, must be made anew then too.
    public mutating func mend() throws(StoreError) -> Bool {
        guard !isWhole() else { return false }
        folder = try makeFolder(FileNames.publicFolder, in: root)
        sessions = try PublicFolder.fill(folder)
        return true
    }

    /// The public folder of a session, made when missing.
    public borrowing func makeSession(_ name: SessionName) throws(StoreError) -> Folder {
        try makeFolder(name.text, in: sessions)
    }

    /// The public folder of a session; nil when it isn't there.
    public borrowing func session(_ name: SessionName) throws(StoreError) -> Folder? {
        try openIfThere(name.text, in: sessions)
    }

    /// `trash`, made when missing.
    public borrowing func trash() throws(StoreError) -> Folder { try makeFolder(FileNames.trash, in: folder) }

    /// Makes `.gitignore` and the folders in `folder`; returns `sessions`.
    ///
    /// The trash gets an empty Git repository of its own, since `git clean -fdx` and `git stash -a` spare
    /// what looks like one (git-clean(1), the second `-f`).
    private static func fill(_ folder: borrowing Folder) throws(StoreError) -> Folder {
        try calling { () throws(SystemError) in
            if try folder.status(FileNames.gitignore) == nil {
                try folder.replace(FileNames.gitignore, with: Array("*\n".utf8), durable: true)
            }
        }
        _ = try makeFolder(FileNames.hooks, in: folder)
        let guardian = try makeFolder(".git", in: makeFolder(FileNames.trash, in: folder))
        _ = try makeFolder("objects", in: guardian)
        _ = try makeFolder("refs", in: guardian)
        try calling { () throws(SystemError) in
            if try guardian.status("HEAD") == nil {
                try guardian.replace("HEAD", with: Array("ref: refs/heads/trash\n".utf8), durable: false)
            }
        }
        return try makeFolder(FileNames.sessions, in: folder)
    }
}
