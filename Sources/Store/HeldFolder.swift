internal import Glibc
internal import Linux

/// Opens `name` in `parent`, made with mode 0700 when missing; `.refused` when it is no folder.
func makeFolder(_ name: String, in parent: borrowing Folder) throws(StoreError) -> Folder {
    do {
        return try parent.makeFolder(name)
    } catch {
        throw refusal(error, name)
    }
}

/// Opens `name` in `parent`; `.refused` when it is no folder.
func openFolder(_ name: String, in parent: borrowing Folder) throws(StoreError) -> Folder {
    do {
        return try parent.folder(name)
    } catch {
        throw refusal(error, name)
    }
}

/// Opens `name` in `parent`; nil when nothing is there.
func openIfThere(_ name: String, in parent: borrowing Folder) throws(StoreError) -> Folder? {
    do {
        return try parent.folder(name)
    } catch {
        if error.number == ENOENT { return nil }
        throw refusal(error, name)
    }
}

/// Whether `held` is what `name` in `parent` names now.
func isSame(_ held: borrowing Folder, _ name: String, in parent: borrowing Folder) -> Bool {
    guard let now = try? parent.status(name), let then = try? held.descriptor.status() else { return false }
    return now.inode == then.inode && now.device == then.device
}

private func refusal(_ error: SystemError, _ name: String) -> StoreError {
    switch error.number {
    case ELOOP: .refused(name, "is a symbolic link, where claudia wants a folder of its own")
    case ENOTDIR: .refused(name, "is no folder")
    default: .system(error)
    }
}
