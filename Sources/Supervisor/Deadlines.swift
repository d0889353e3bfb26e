internal import Linux
internal import SessionModel

/// What is to happen at a later time.
enum Deadline: Hashable {
    case confirmDeletion(SessionName)
    case lookAgain(SessionName)
    case again
    case configAgain
    case gitAgain
    case putBack
    case keeperAnswer(SessionName)
    case keeperStart(SessionName)
    case keeperRetry(SessionName)
    case outputAgain(SessionName)
    case growth(SessionName)
    case tellReading(SessionName)
    case orphanKill(SessionName)
    case tearDown(SessionName)
    case restart(SessionName)
    case blocked(SessionName)
    case screen(SessionName)
    case keyAnswer(SessionName)
    case submission(SessionName)
    case hook(Int)
    case terminalAnswer
    case trash
    case pool
    case compare
    case personsFiles
    case settleMemory
}

/// All deadlines behind the one timer of the loop, in nanoseconds of `Clock.bootNs`.
struct Deadlines: ~Copyable {
    let timer: Timer
    private var times: [Deadline: Int64] = [:]
    private var armed: Int64?

    init() throws(SystemError) { timer = try Timer() }

    mutating func set(_ deadline: Deadline, afterMs ms: Int64) {
        times[deadline] = Clock.bootNs + ms * 1_000_000
        arm()
    }

    mutating func cancel(_ deadline: Deadline) {
        if times.removeValue(forKey: deadline) != nil { arm() }
    }

    func isSet(_ deadline: Deadline) -> Bool { times[deadline] != nil }

    /// The deadlines whose time has come, earliest first; each is told once.
    mutating func due() -> [Deadline] {
        try? timer.acknowledge()
        armed = nil
        let now = Clock.bootNs
        let due = times.filter { $0.value <= now }.sorted { $0.value < $1.value }.map(\.key)
        for deadline in due { times[deadline] = nil }
        arm()
        return due
    }

    private mutating func arm() {
        let next = times.values.min()
        guard next != armed else { return }
        // Arming can't fail for a timer that exists and a time that isn't negative (timerfd_settime(2)).
        try? timer.arm(at: next)
        armed = next
    }
}
