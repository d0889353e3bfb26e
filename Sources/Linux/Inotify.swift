internal import Glibc

/// An inotify(7) instance: tells that something changed; what, is for the caller to look up.
public struct Inotify: ~Copyable {
    /// What to be told of.
    public struct Mask: OptionSet, Sendable {
        /// The bits of inotify_add_watch(2).
        public let rawValue: UInt32
        /// Takes bits as they are.
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        /// A file that was open for writing was closed.
        public static let closedWrite = Mask(rawValue: UInt32(IN_CLOSE_WRITE))
        /// Content changed.
        public static let modified = Mask(rawValue: UInt32(IN_MODIFY))
        /// Times, permissions or links changed.
        public static let attributes = Mask(rawValue: UInt32(IN_ATTRIB))
        /// A name came by rename.
        public static let movedTo = Mask(rawValue: UInt32(IN_MOVED_TO))
        /// A name went by rename.
        public static let movedFrom = Mask(rawValue: UInt32(IN_MOVED_FROM))
        /// A name was made.
        public static let created = Mask(rawValue: UInt32(IN_CREATE))
        /// A name was removed.
        public static let deleted = Mask(rawValue: UInt32(IN_DELETE))
        /// The watched folder itself was removed.
        public static let deletedSelf = Mask(rawValue: UInt32(IN_DELETE_SELF))
        /// The watched folder itself was renamed.
        public static let movedSelf = Mask(rawValue: UInt32(IN_MOVE_SELF))
        /// The kernel's queue was full and events were dropped: look at everything again.
        public static let overflow = Mask(rawValue: UInt32(IN_Q_OVERFLOW))
        /// The watch is gone.
        public static let ignored = Mask(rawValue: UInt32(IN_IGNORED))
        /// What changed is a folder.
        public static let folder = Mask(rawValue: 0x4000_0000)
    }

    /// One event.
    public struct Event: Equatable, Sendable {
        /// What `watch` returned; -1 for an overflow.
        public let watch: Int32
        /// What happened.
        public let mask: Mask
        /// The name in the watched folder; empty for the folder itself.
        public let name: String
    }

    /// Readable while events are queued.
    public let descriptor: Descriptor

    /// Makes an instance that watches nothing; EMFILE past fs.inotify.max_user_instances.
    public init() throws(SystemError) {
        descriptor = Descriptor(
            adopting: try check("inotify_init1") { inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC)) })
    }

    /// Watches an open folder; a second call for the same folder returns the same number.
    ///
    /// ENOSPC past fs.inotify.max_user_watches.
    public borrowing func watch(_ folder: borrowing Folder, _ mask: Mask) throws(SystemError) -> Int32 {
        let (inotify, path) = (descriptor.number, "/proc/self/fd/\(folder.descriptor.number)")
        return try check("inotify_add_watch") { inotify_add_watch(inotify, path, mask.rawValue) }
    }

    /// Watches no longer; nothing happens when the watch is gone already.
    public borrowing func unwatch(_ watch: Int32) { _ = inotify_rm_watch(descriptor.number, watch) }

    /// All events that are queued, at most 64 KiB of them; empty when none is.
    public borrowing func events() throws(SystemError) -> [Event] {
        guard let bytes = try descriptor.read(most: 65_536) else { return [] }
        var events: [Event] = []
        var offset = 0
        bytes.withUnsafeBytes { all in
            while offset + 16 <= all.count {
                let length = Int(all.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
                let name = all[(offset + 16)..<(offset + 16 + length)].prefix { $0 != 0 }
                events.append(
                    Event(
                        watch: all.loadUnaligned(fromByteOffset: offset, as: Int32.self),
                        mask: Mask(rawValue: all.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)),
                        name: String(decoding: name, as: UTF8.self)))
                offset += 16 + length
            }
        }
        return events
    }
}
