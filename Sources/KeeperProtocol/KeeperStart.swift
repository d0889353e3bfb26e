public import Linux

/// A keeper that was started and has yet to say whether its agent runs.
public struct KeeperStart: ~Copyable, Sendable {
    /// The descriptors that a keeper finds open.
    public enum Inherited {
        /// The orders, to be read to their end.
        public static let orders: CInt = 3
        /// The private session folder.
        public static let privateFolder: CInt = 4
        /// The public session folder.
        public static let publicFolder: CInt = 5
        /// The folder that the agent starts in.
        public static let agentFolder: CInt = 6
        /// The pipe that takes the keeper's `Readiness`.
        public static let readiness: CInt = 7
    }

    /// The keeper's process, a child of this one, to be reaped when it ends.
    public let keeperPID: Int32
    /// Readable when `outcome` has something; doesn't block.
    public let readiness: Descriptor

    /// Starts the program `keeper` in a session of its own, with nothing of this process's but what is named.
    ///
    /// `environment` is the keeper's own, such as `CLAUDIA_CGROUP`; that of the agent is in the orders.
    public init(
        _ keeper: String, _ orders: KeeperOrders, privateFolder: borrowing Folder,
        publicFolder: borrowing Folder, agentFolder: borrowing Folder, environment: [String: String] = [:]
    ) throws(SystemError) {
        let content = try Descriptor.memory("orders", orders.encoded())
        let pipe = try Pipe()
        var spawn = Spawn([keeper], environment: environment)
        spawn.folder = "/"
        spawn.newSession = true
        keeperPID = try spawn.start(
            descriptors: [
                -1, -1, -1, content.number, privateFolder.descriptor.number, publicFolder.descriptor.number,
                agentFolder.descriptor.number, pipe.writing.number,
            ])
        readiness = pipe.takeReading()
    }

    /// What the keeper said; nil as long as it hasn't.
    public borrowing func outcome() throws(SystemError) -> Readiness? {
        guard let bytes = try readiness.read(most: 4096) else { return nil }
        return Readiness(decoding: bytes) ?? .failed("The keeper ended before it could say why.")
    }
}
