internal import Glibc
internal import Linux

/// Every process of the session: the descendants of this keeper, which as a subreaper loses none.
///
/// Soon after the start in a control group of its own, where one can be made, so that freezing is one step for
/// all; else by signals, walking until nothing is new.
struct ProcessTree: ~Copyable {
    /// The most rounds of one walk: a tree that forks faster than that is met again at the next `kill`.
    private static let roundsMax = 100

    private var group: ControlGroup?
    private var hasGroup = false
    /// Those that a freeze stopped, parents first.
    private var stopped: [ProcessTable.Entry] = []
    /// Whether the processes are frozen.
    private(set) var isFrozen = false

    /// Puts every process into a control group called `name`, where one can be made.
    ///
    /// Not part of the start, which it would hold up; those that a freeze has stopped by then stand still until
    /// they are let go on, like others. What is forked meanwhile is met in the next round; a tree
    /// that can't be had whole stays with the signals.
    mutating func gather(into name: String) {
        guard group == nil, let made = ControlGroup(name) else { return }
        for _ in 0..<ProcessTree.roundsMax {
            let members = (try? made.members()) ?? []
            let others = ProcessTable.allDescendants(of: getpid()).filter { !members.contains($0.pid) }
            if others.isEmpty {
                hasGroup = true
                break
            }
            do throws(SystemError) {
                for entry in others { try made.add(entry.pid) }
            } catch {
                if error.number != ESRCH { break }
            }
        }
        group = consume made
    }

    /// Stops every process where it stands.
    mutating func freeze() {
        guard !isFrozen else { return }
        isFrozen = true
        if hasGroup, (try? group?.freeze(true)) != nil { return }
        stopped = ProcessTree.stopAll()
        ProcessTree.awaitStop(of: stopped)
    }

    /// Lets them go on, children first, but for those that stood still before the freeze.
    mutating func thaw() {
        guard isFrozen else { return }
        isFrozen = false
        if hasGroup { try? group?.freeze(false) }
        for entry in stopped.reversed() { ProcessTree.send(SIGCONT, to: entry) }
        stopped = []
    }

    /// Asks every process to end, and lets those that stand still do so.
    mutating func terminate() {
        let all = ProcessTable.allDescendants(of: getpid())
        for entry in all { ProcessTree.send(SIGTERM, to: entry) }
        if hasGroup { try? group?.freeze(false) }
        for entry in all { ProcessTree.send(SIGCONT, to: entry) }
        stopped = []
        isFrozen = false
    }

    /// Ends every process.
    borrowing func kill() {
        if hasGroup { try? group?.kill() }
        // Stopped first: what stands still forks no more.
        _ = ProcessTree.stopAll()
        for entry in ProcessTable.allDescendants(of: getpid()) { ProcessTree.send(SIGKILL, to: entry) }
    }

    /// Removes the control group.
    borrowing func remove() { try? group?.remove() }

    /// Stops all descendants, round after round until a round finds nothing new: those that it stopped.
    private static func stopAll() -> [ProcessTable.Entry] {
        var (stopped, seen): ([ProcessTable.Entry], Set<Int32>) = ([], [])
        for _ in 0..<roundsMax {
            var new = ProcessTable.descendants(of: getpid()).filter { !seen.contains($0.pid) }
            if new.isEmpty {
                new = ProcessTable.allDescendants(of: getpid()).filter { !seen.contains($0.pid) }
            }
            if new.isEmpty { break }
            for entry in new {
                seen.insert(entry.pid)
                guard entry.state != "T" else { continue }
                send(SIGSTOP, to: entry)
                stopped.append(entry)
            }
        }
        return stopped
    }

    /// Waits until all stand still, at most 20 ms: SIGSTOP acts when its process next comes out of the
    /// kernel.
    private static func awaitStop(of entries: [ProcessTable.Entry]) {
        let deadline = Clock.bootNs + 20_000_000
        for entry in entries {
            while let now = ProcessTable.entry(entry.pid), !["T", "t", "Z", "X"].contains(now.state),
                Clock.bootNs < deadline
            {
                sched_yield()
            }
        }
    }

    /// Sends a signal to the process that `entry` describes, and to no later one of its number.
    private static func send(_ signal: CInt, to entry: ProcessTable.Entry) {
        guard let process = try? ProcessHandle(entry.pid),
            ProcessTable.entry(entry.pid)?.startTicks == entry.startTicks
        else { return }
        try? process.send(signal)
    }
}
