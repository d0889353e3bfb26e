internal import Glibc
internal import Linux

/// The two folders of a session: the private one has the files, the public one further links to them.
struct SessionFolders: ~Copyable {
    /// `<common git dir>/claudia/sessions/<name>`.
    let hidden: Folder
    /// `.claudia/sessions/<name>`; may have been removed under way.
    var open: Folder

    init(hidden: consuming Folder, open: consuming Folder) {
        self.hidden = hidden
        self.open = open
    }

    /// Puts the file `name` of the private folder into the public one too.
    ///
    /// By a symbolic link where a hard one can't be, as on another file system. A public folder that is gone
    /// is no failure: the supervisor makes it anew and says so. False when it may go better later.
    @discardableResult borrowing func publish(_ name: String) -> Bool {
        do {
            try hidden.publish(name, to: open, name)
        } catch {
            guard [EXDEV, EPERM, EMLINK, EOPNOTSUPP].contains(error.number), let path = hidden.path() else {
                return ![ENOSPC, EDQUOT, ENOMEM, EMFILE, ENFILE, EIO].contains(error.number)
            }
            try? open.symbolicLink(name, to: "\(path)/\(name)")
        }
        return true
    }

    /// Removes the file `name` from both.
    borrowing func remove(_ name: String) {
        try? open.remove(name)
        try? hidden.remove(name)
    }
}
