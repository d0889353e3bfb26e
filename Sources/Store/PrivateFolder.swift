public import Linux
public import SessionModel

/// The private folder, `<common git folder>/claudia`, held open: what brings a wiped public folder back.
public struct PrivateFolder: ~Copyable, Sendable {
    /// The common Git folder.
    public let gitFolder: Folder
    /// The private folder itself.
    public let folder: Folder
    /// `sessions` in it.
    public let sessions: Folder

    /// Opens the private folder in the common Git folder `path`, making what is missing of it.
    public init(making path: String) throws(StoreError) {
        let gitFolder = try calling { () throws(SystemError) in try Folder(at: path) }
        let folder = try makeFolder(FileNames.privateFolder, in: gitFolder)
        let sessions = try makeFolder(FileNames.sessions, in: folder)
        self.gitFolder = gitFolder
        self.folder = folder
        self.sessions = sessions
    }

    /// Opens the private folder in the common Git folder `path`; nil when it isn't there.
    public init?(existing path: String) throws(StoreError) {
        let gitFolder = try calling { () throws(SystemError) in try Folder(at: path) }
        guard let folder = try openIfThere(FileNames.privateFolder, in: gitFolder),
            let sessions = try openIfThere(FileNames.sessions, in: folder)
        else { return nil }
        self.gitFolder = gitFolder
        self.folder = folder
        self.sessions = sessions
    }

    /// The private folder of a session, made when missing.
    public borrowing func makeSession(_ name: SessionName) throws(StoreError) -> Folder {
        try makeFolder(name.text, in: sessions)
    }

    /// The private folder of a session; nil when it isn't there.
    public borrowing func session(_ name: SessionName) throws(StoreError) -> Folder? {
        try openIfThere(name.text, in: sessions)
    }

    /// The sessions that have a private folder, in order.
    public borrowing func sessionNames() throws(StoreError) -> [SessionName] {
        try calling { () throws(SystemError) in try sessions.names() }.compactMap(SessionName.init).sorted()
    }
}
