internal import SessionModel

/// Names what a polled descriptor belongs to.
enum Token: Hashable {
    case watcher
    case signals
    case timer
    case worker
    case differ
    case sweeper
    case pooler
    case reader
    case terminalAnswer
    case terminalRoom
    case control
    case controlClient(Int)
    case keeperReady(SessionName)
    case keeperLink(SessionName)
    case keeperProcess(SessionName)
    case hook(Int)
}

/// Gives each token the number that epoll(7) carries, and never the same number twice.
struct TokenTable {
    private var numbers: [Token: UInt64] = [:]
    private var tokens: [UInt64: Token] = [:]
    private var last: UInt64 = 0

    subscript(number: UInt64) -> Token? { tokens[number] }

    mutating func add(_ token: Token) -> UInt64 {
        last += 1
        if let old = numbers.updateValue(last, forKey: token) { tokens[old] = nil }
        tokens[last] = token
        return last
    }

    mutating func remove(_ token: Token) {
        if let number = numbers.removeValue(forKey: token) { tokens[number] = nil }
    }
}
