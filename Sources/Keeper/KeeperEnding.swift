internal import KeeperProtocol
internal import Linux

/// The session's end, as `StopPlan` has it.
extension Keeper {
    /// Reaps what has ended: the agent, and what of its descendants came to this subreaper.
    func reap() {
        var isAgent = false
        while let ended = try? Ending.reap() {
            guard ended.pid == agentPID else { continue }
            isAgent = true
            state.ended = KeeperEnding(code: ended.code, signal: ended.signal, atMs: Clock.realMs)
        }
        if state.ended != nil, !Ending.hasChildren { carryOut(plan.treeDidEnd()) }
        if isAgent {
            putRestAside()
            carryOut(plan.agentDidEnd())
        }
    }

    func carryOut(_ actions: [StopPlan.Action]) {
        state.isStopping = plan.isAsked
        for action in actions {
            switch action {
            case .terminate:
                tree.terminate()
                state.isFrozen = false
            case .kill: tree.kill()
            case .drain: beginDrain()
            case .record: writeRecord()
            case .announce:
                if let ending = state.ended { announce(.ended(ending)) }
            case .leave: isOver = true
            }
        }
    }
}
