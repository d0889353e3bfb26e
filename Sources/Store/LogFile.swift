public import Linux

/// The supervisor's own log: lines in, parts rotated.
public struct LogFile: ~Copyable, Sendable {
    private var file: RotatingFile

    /// Opens `supervisor.log` in the public folder, made when missing.
    ///
    /// Made anew after the folder was wiped: a log that is held goes on into a file without a name.
    public init(
        in folder: borrowing Folder, name: String = FileNames.supervisorLog,
        partBytesMax: Int = 16_777_216, keep: Int = 4
    ) throws(StoreError) {
        do {
            file = try RotatingFile(name, in: folder, partBytesMax: partBytesMax, keep: keep)
        } catch {
            throw .system(error)
        }
    }

    /// Appends a line; `bytes` end in a newline.
    public mutating func append(_ bytes: [UInt8]) throws(StoreError) {
        do {
            _ = try file.append(bytes)
        } catch {
            throw .system(error)
        }
    }
}
