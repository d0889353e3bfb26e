internal import Glibc
internal import Linux
internal import SessionModel

/// Reading a file that a person may be writing at this moment.
enum PeoplesFile {
    /// Writes that may come between, before what was read is taken as it is.
    private static let triesMax = 4

    /// Reads `path`; what is empty or no JSON5 while somebody has the file open to write is no answer yet.
    static func read(_ path: String, in folder: borrowing Folder) throws(StoreError) -> FileReading {
        do throws(SystemError) {
            // Looked at before it is opened: opening a device may do something.
            if let kind = try folder.status(path)?.kind, let refusal = refusal(of: kind) { return refusal }
            return try read(try folder.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY))
        } catch {
            switch error.number {
            case ENOENT: return .missing
            case ELOOP: return refusal(of: .symbolicLink) ?? .missing
            case EACCES, EPERM: return refused("can't be read by this user")
            case ENXIO: return refused("is no regular file")
            case EFBIG: return refused("is larger than \(SessionFile.sizeMax) bytes")
            // Opened without waiting while another process holds a lease on it.
            case EWOULDBLOCK: return .beingWritten
            default: throw .system(error)
            }
        }
    }

    private static func read(_ file: consuming Descriptor) throws(SystemError) -> FileReading {
        let status = try file.status()
        if let refusal = refusal(of: status.kind) { return refusal }
        var (bytes, modifiedNs) = try stable(file)
        if bytes.isEmpty || (try? JSON5Document(bytes)) == nil {
            switch FileLease.takeRead(file) {
            case .busy: return .beingWritten
            case .granted:
                // Under the lease nobody can write: what is there now is what was meant.
                defer { FileLease.give(file) }
                (bytes, modifiedNs) = try stable(file)
            case .unsupported: break
            }
        }
        if bytes.isEmpty { return .empty(mtimeNs: modifiedNs) }
        return .content(bytes, digest: ContentDigest.of(bytes), mtimeNs: modifiedNs)
    }

    private static func refusal(of kind: FileStatus.Kind) -> FileReading? {
        switch kind {
        case .file: nil
        case .folder: refused("is a folder")
        case .symbolicLink: refused("is a symbolic link; claudia follows none here")
        case .other: refused("is no regular file")
        }
    }

    private static func refused(_ reason: String) -> FileReading {
        .refused(FileProblem(message: "The file \(reason)."))
    }

    /// Content and time that belong together.
    private static func stable(
        _ file: borrowing Descriptor
    ) throws(SystemError) -> ([UInt8], modifiedNs: Int64) {
        var before = try file.status()
        var bytes: [UInt8] = []
        for _ in 0..<triesMax {
            bytes = try file.read(at: 0, most: min(Int(before.size), SessionFile.sizeMax) + 1)
            let after = try file.status()
            if after == before { break }
            before = after
        }
        guard bytes.count <= SessionFile.sizeMax else { throw SystemError(EFBIG, "read") }
        return (bytes, before.modifiedNs)
    }
}
