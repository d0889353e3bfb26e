public import Linux

/// What a keeper is started for; reaches it through a descriptor, never through its argument list.
public struct KeeperOrders: Equatable, Sendable {
    /// The agent's program and arguments.
    public var arguments: [String]
    /// The agent's whole environment.
    public var environment: [String: String]
    /// The session's name.
    public var name: String
    /// The session's UUID.
    public var id: String
    /// The terminal's size until somebody attaches.
    public var size = TerminalSize.unattached
    /// Bytes after which a part of the log is put aside and the next one begun.
    public var rotateBytes: Int64 = 16_777_216
    /// How many such parts are kept.
    public var keep: UInt32 = 4
    /// The number of the last prompt that the agent's conversation has had already.
    public var promptsTyped: UInt32 = 0

    /// Orders with the default sizes.
    public init(arguments: [String], environment: [String: String], name: String, id: String) {
        self.arguments = arguments
        self.environment = environment
        self.name = name
        self.id = id
    }

    /// The most bytes of orders: what Linux lets arguments and environment have in all is less.
    public static let bytesMax = 16_777_216

    /// The orders' bytes.
    public func encoded() -> [UInt8] {
        var wire = WireWriter(UInt8(truncatingIfNeeded: keeperProtocolVersion))
        wire.text(name)
        wire.text(id)
        wire.size(size)
        wire.integer(rotateBytes)
        wire.integer(keep)
        wire.integer(promptsTyped)
        wire.integer(UInt32(arguments.count))
        for argument in arguments { wire.text(argument) }
        wire.integer(UInt32(environment.count))
        for (key, value) in environment.sorted(by: { $0.key < $1.key }) {
            wire.text(key)
            wire.text(value)
        }
        return wire.bytes
    }

    /// Reads orders; nil when they are cut short or of another version.
    public init?(decoding bytes: [UInt8]) {
        var wire = WireReader(bytes)
        guard wire.integer(UInt8.self) == UInt8(truncatingIfNeeded: keeperProtocolVersion),
            let name = wire.text(), let id = wire.text(), let size = wire.size(),
            let rotateBytes = wire.integer(Int64.self), let keep = wire.integer(UInt32.self),
            let promptsTyped = wire.integer(UInt32.self), let count = wire.integer(UInt32.self)
        else { return nil }
        var arguments: [String] = []
        for _ in 0..<count {
            guard let argument = wire.text() else { return nil }
            arguments.append(argument)
        }
        guard let variables = wire.integer(UInt32.self) else { return nil }
        var environment: [String: String] = [:]
        for _ in 0..<variables {
            guard let key = wire.text(), let value = wire.text() else { return nil }
            environment[key] = value
        }
        self.init(arguments: arguments, environment: environment, name: name, id: id)
        self.size = size
        self.rotateBytes = rotateBytes
        self.keep = keep
        self.promptsTyped = promptsTyped
    }
}
