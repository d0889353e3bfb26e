import Lifecycle
import SessionModel
import Testing

@Suite struct PlanTests {
    struct Row: Sendable {
        let wanted: Wanted
        let seen: Seen
        let plan: Plan

        init(_ wanted: Wanted, _ seen: Seen, _ phase: Phase, _ step: Step? = nil) {
            self.wanted = wanted
            self.seen = seen
            plan = Plan(phase, step)
        }
    }

    static func seen(
        _ worktree: Seen.Worktree, _ agent: Seen.Agent, _ ended: Seen.Ended? = nil, slot: Bool = true,
        task: Seen.Task = .agent, needsTearDown: Bool = false
    ) -> Seen {
        Seen(
            worktree: worktree, agent: agent, ended: ended, hasSlot: slot, task: task,
            needsTearDown: needsTearDown)
    }

    static let preparing: [Row] = [
        Row(.state(.running), seen(.present, .up(frozen: false), task: .setUp), .starting),
        Row(.state(.running), seen(.present, .up(frozen: true), task: .setUp), .paused, .thaw),
        Row(.state(.running), seen(.present, .stopping, task: .setUp), .starting),
        Row(.state(.paused), seen(.present, .up(frozen: false), task: .setUp), .starting, .freeze),
        Row(.state(.paused), seen(.present, .up(frozen: true), task: .setUp), .paused),
        Row(.state(.parked), seen(.present, .up(frozen: false), task: .setUp), .starting, .stop),
        Row(.state(.terminated), seen(.present, .stopping, task: .setUp), .starting),
        Row(.removed, seen(.present, .up(frozen: false), task: .setUp), .terminated, .stop),
        Row(.removed, seen(.present, .none, needsTearDown: true), .terminated, .tearDown),
        Row(.removed, seen(.present, .starting, task: .tearDown), .terminated),
        Row(.removed, seen(.present, .up(frozen: false), task: .tearDown), .terminated),
        Row(.removed, seen(.present, .leaving, needsTearDown: true), .terminated),
        Row(.removed, seen(.present, .unreachable, task: .tearDown), .unreachable),
        Row(.state(.running), seen(.present, .up(frozen: false), task: .tearDown), .starting, .stop),
        Row(.state(.paused), seen(.present, .up(frozen: false), task: .tearDown), .starting, .stop),
        Row(.state(.running), seen(.present, .none, needsTearDown: true), .starting, .startKeeper),
    ]

    @Test("setting up and tearing down lead where the table says", arguments: preparing)
    func prepares(_ row: Row) { #expect(Plan.plan(row.wanted, row.seen) == row.plan) }

    static let starting: [Row] = [
        Row(.state(.running), seen(.absent, .none, slot: false), .queued),
        Row(.state(.running), seen(.absent, .none), .creating, .createWorktree),
        Row(.state(.running), seen(.beingMade, .none), .creating),
        Row(.state(.running), seen(.present, .none), .starting, .startKeeper),
        Row(.state(.running), seen(.present, .starting), .starting),
        Row(.state(.running), seen(.present, .up(frozen: false)), .running),
        Row(.state(.running), seen(.present, .up(frozen: true)), .paused, .thaw),
        Row(.state(.running), seen(.present, .stopping), .running),
        Row(.state(.running), seen(.present, .leaving), .starting),
        Row(.state(.running), seen(.present, .unreachable), .unreachable),
        Row(.state(.running), seen(.beingRemoved, .none), .queued),
    ]

    static let ended: [Row] = [
        Row(.state(.running), seen(.present, .none, .exited, slot: false), .exited),
        Row(.state(.running), seen(.present, .leaving, .exited), .exited),
        Row(.state(.running), seen(.absent, .none, .failed), .failed),
        Row(.state(.running), seen(.present, .none, .interrupted), .interrupted),
        Row(.state(.running), seen(.present, .none, .stopped), .terminated),
        Row(.state(.paused), seen(.present, .none, .exited), .exited),
    ]

    static let pausing: [Row] = [
        Row(.state(.paused), seen(.present, .up(frozen: false)), .running, .freeze),
        Row(.state(.paused), seen(.present, .up(frozen: true)), .paused),
        Row(.state(.paused), seen(.absent, .none), .creating, .createWorktree),
        Row(.state(.paused), seen(.present, .none), .paused),
        Row(.state(.paused), seen(.present, .none, slot: false), .queued),
        Row(.state(.paused), seen(.present, .starting), .starting),
        Row(.state(.paused), seen(.present, .unreachable), .unreachable),
    ]

    static let ending: [Row] = [
        Row(.state(.terminated), seen(.present, .up(frozen: true)), .running, .stop),
        Row(.state(.terminated), seen(.present, .up(frozen: false)), .running, .stop),
        Row(.state(.terminated), seen(.present, .starting), .starting),
        Row(.state(.terminated), seen(.present, .stopping), .running),
        Row(.state(.terminated), seen(.present, .leaving, .stopped), .terminated),
        Row(.state(.terminated), seen(.present, .none, .stopped), .terminated),
        Row(.state(.terminated), seen(.absent, .none), .terminated),
        Row(.state(.terminated), seen(.present, .unreachable), .unreachable),
        Row(.state(.parked), seen(.present, .none), .parked),
        Row(.state(.parked), seen(.present, .up(frozen: false)), .running, .stop),
    ]

    static let removing: [Row] = [
        Row(.removed, seen(.present, .up(frozen: true)), .terminated, .stop),
        Row(.removed, seen(.present, .starting), .terminated),
        Row(.removed, seen(.present, .stopping), .terminated),
        Row(.removed, seen(.present, .leaving), .terminated),
        Row(.removed, seen(.present, .unreachable), .unreachable),
        Row(.removed, seen(.present, .none), .terminated, .removeWorktree),
        Row(.removed, seen(.beingMade, .none), .terminated),
        Row(.removed, seen(.beingRemoved, .none), .terminated),
        Row(.removed, seen(.absent, .none), .terminated, .forget),
    ]

    @Test("what is wanted and what is seen lead where the table says", arguments: starting + ended + pausing)
    func keeps(_ row: Row) { #expect(Plan.plan(row.wanted, row.seen) == row.plan) }

    @Test("ending and removing lead where the table says", arguments: ending + removing)
    func ends(_ row: Row) { #expect(Plan.plan(row.wanted, row.seen) == row.plan) }

    static let everything: [(Wanted, Seen)] = {
        let wanted: [Wanted] = DesiredState.allCases.map { .state($0) } + [.removed]
        let worktrees: [Seen.Worktree] = [.absent, .beingMade, .present, .beingRemoved]
        let agents: [Seen.Agent] = [
            .none, .starting, .up(frozen: false), .up(frozen: true), .stopping, .leaving, .unreachable,
        ]
        let endings: [Seen.Ended?] = [nil, .exited, .stopped, .failed, .interrupted]
        return wanted.flatMap { want in
            worktrees.flatMap { worktree in
                agents.flatMap { agent in
                    endings.flatMap { ended in
                        [true, false].flatMap { slot in
                            [Seen.Task.agent, .setUp, .tearDown].map { task in
                                let needs = task == .tearDown
                                return (
                                    want,
                                    seen(worktree, agent, ended, slot: slot, task: task, needsTearDown: needs)
                                )
                            }
                        }
                    }
                }
            }
        }
    }()

    @Test func `an unreachable keeper is never acted on`() {
        for (wanted, seen) in Self.everything where seen.agent == .unreachable {
            #expect(Plan.plan(wanted, seen) == Plan(.unreachable))
        }
    }

    @Test func `a worktree is only moved away when no process of the session is left`() {
        for (wanted, seen) in Self.everything where Plan.plan(wanted, seen).step == .removeWorktree {
            #expect(seen.agent == .none && wanted == .removed)
        }
    }

    @Test func `no agent is started without a slot or a worktree`() {
        for (wanted, seen) in Self.everything where Plan.plan(wanted, seen).step == .startKeeper {
            #expect(seen.hasSlot && seen.worktree == .present && seen.agent == .none && seen.ended == nil)
            #expect(wanted == .state(.running))
        }
    }

    @Test func `whoever has an agent, or wants one, needs a slot, and nobody else`() {
        for (wanted, seen) in Self.everything {
            let wants = wanted == .state(.running) || wanted == .state(.paused)
            let has: Bool =
                switch seen.agent {
                case .none, .leaving: false
                case .starting, .up, .stopping, .unreachable: true
                }
            #expect(Plan.needsSlot(wanted, seen) == (has || wants && seen.ended == nil))
        }
    }
}
