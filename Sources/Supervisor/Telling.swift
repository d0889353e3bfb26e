internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// An event that waits to be written.
struct WaitingEvent {
    let type: EventType
    let session: SessionName?
    let at: Timestamp
    let data: [String: JSONValue]
}

/// What events have told of a session whose record may not know it yet, since its supervisor was killed between the
/// two.
struct ToldBefore {
    var id: String?
    var phase: (Phase, Timestamp)?
    /// The digests of prompts, by number.
    var prompts: [Int: String] = [:]
    var rescue: String?
    var checkpoint: String?
    /// Whether there was a conflict with another session or a base, by its name, when events last told of it.
    var conflicts: [String: Bool] = [:]
    var isTerminated = false
}

/// Telling what happened: each thing once, also by a supervisor that is killed.
extension Supervisor {
    /// Events past which no more are kept that can't be written.
    private static let waitingMax = 10_000
    /// How many of the last events are looked at for what the records don't know yet.
    private static let backMax = 1_000

    /// Appends an event and runs its hook; one that can't be written waits, and past a number of them is counted only.
    func tell(_ type: EventType, of session: ManagedSession?, _ data: [String: JSONValue]) {
        guard eventsWaiting.count < Supervisor.waitingMax else { return eventsLost += 1 }
        eventsWaiting.append(
            WaitingEvent(type: type, session: session?.name, at: Timestamp(ms: Clock.realMs), data: data))
        if eventsWaiting.count == 1 { tellWaiting() }
    }

    /// Writes the events that wait, in order.
    func tellWaiting() {
        while let event = eventsWaiting.first {
            do {
                let written = try events.append(
                    event.type, session: event.session, at: event.at, data: event.data)
                eventsWaiting.removeFirst()
                runHook(for: written)
            } catch {
                noteTrouble("Events can't be written: \(describe(error)).", of: nil)
                return
            }
        }
        guard eventsLost > 0 else { return }
        let lost = eventsLost
        eventsLost = 0
        report("\(lost) events were lost, since they couldn't be written for too long.", of: nil)
    }

    /// Reads what the last events told.
    func readToldBefore() -> [SessionName: ToldBefore] {
        var told: [SessionName: ToldBefore] = [:]
        let start = max(0, events.lastSeq - Supervisor.backMax)
        guard var reader = try? EventReader(in: privateFolder.folder, after: start) else { return [:] }
        while let lines = try? reader.next(), !lines.isEmpty {
            for event in lines.compactMap(\.event) {
                guard let name = event.session else { continue }
                told[name, default: ToldBefore()].add(event)
            }
        }
        return told
    }

    /// Takes over into the record what was told already, so that it isn't told again.
    func takeTold(of session: ManagedSession) {
        guard let told = toldBefore[session.name], told.id == nil || told.id == session.record.id else {
            return
        }
        if let (phase, at) = told.phase { (session.record.phase, session.record.phaseSince) = (phase, at) }
        while let digest = told.prompts[session.record.promptsSent.count + 1] {
            session.record.promptAsked = nil
            session.record.promptsSent.append(digest)
        }
    }
}

extension ToldBefore {
    /// Takes note of an event.
    mutating func add(_ event: Event) {
        switch event.type {
        case .sessionCreated:
            self = ToldBefore()
            if case .string(let text)? = event.data["id"] { id = text }
        case .statusChanged:
            if case .string(let text)? = event.data["phase"] {
                phase = Phase(rawValue: text).map { ($0, event.at) }
            }
        case .promptSent:
            guard case .integer(let number)? = event.data["number"],
                case .string(let digest)? = event.data["digest"]
            else { return }
            prompts[number] = digest
        case .rescue: if case .string(let ref)? = event.data["ref"] { rescue = ref }
        case .checkpoint: if case .string(let commit)? = event.data["commit"] { checkpoint = commit }
        case .conflict:
            guard case .string(let other)? = event.data["with"],
                case .string(let state)? = event.data["state"]
            else { return }
            conflicts[other] = state == Overlap.found
        case .sessionTerminated: isTerminated = true
        case .outputAppended, .diffUpdated, .error, .activityChanged, .blocked, .turnDone, .inputSent,
            .decision, .configChanged:
            break
        }
    }
}
