internal import KeeperProtocol
internal import Linux
internal import SessionModel

/// `exit.json`: how the agent ended.
enum ExitFile {
    static let name = "exit.json"

    /// The file's content: JSON, keys sorted.
    static func content(_ ending: KeeperEnding) -> [UInt8] {
        let code = ending.code.map { "\($0)" } ?? "null"
        let signal = ending.signal.map { "\"\(Signals.name($0))\"" } ?? "null"
        return Array(
            "{\"at\":\"\(Timestamp(ms: ending.atMs))\",\"code\":\(code),\"signal\":\(signal)}\n".utf8)
    }
}
