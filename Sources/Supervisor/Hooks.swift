internal import Glibc
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// A hook that runs.
final class RunningHook {
    let event: Event
    let process: ProcessHandle
    let output: Descriptor

    init(event: Event, process: consuming ProcessHandle, output: consuming Descriptor) {
        self.event = event
        self.process = process
        self.output = output
    }
}

/// Running `.claudia/hooks/<type>` for an event: one at a time for each session, and not for ever.
extension Supervisor {
    /// Bytes of a hook's output that go into the log.
    private static let outputMax = 4096
    /// Events of one session that may wait for its hook; past it the oldest go.
    private static let waitingMax = 100

    /// Runs the event's hook now, or after those that wait or run for the same session.
    func runHook(for event: Event) {
        guard isHookThere(event.type) else { return }
        let owner = event.session?.text ?? ""
        hooksWaiting[owner, default: []].append(event)
        if hooksWaiting[owner, default: []].count > Supervisor.waitingMax {
            hooksWaiting[owner]?.removeFirst()
            log.warning("hook skipped: too many events wait", metadata: ["session": "\(owner)"])
        }
        startHook(of: owner)
    }

    /// Starts the first of the session's waiting hooks that can be, unless one runs.
    func startHook(of owner: String) {
        while let event = hooksWaiting[owner]?.first,
            !hooks.values.contains(where: { $0.event.session?.text ?? "" == owner })
        {
            if isHookThere(event.type) {
                switch hookVerdict(event.type.rawValue) {
                case .wait: return
                case .free, .trusted: start(event)
                case .refused: break
                }
            }
            hooksWaiting[owner]?.removeFirst()
            if hooksWaiting[owner]?.isEmpty == true { hooksWaiting[owner] = nil }
        }
    }

    private func isHookThere(_ type: EventType) -> Bool {
        guard let status = try? publicFolder.folder.status("\(FileNames.hooks)/\(type.rawValue)") else {
            return false
        }
        return status.kind == .file && status.permissions & 0o111 != 0 && status.owner == geteuid()
    }

    private func start(_ event: Event) {
        let path = "\(FileNames.hooks)/\(event.type.rawValue)"
        do {
            let input = try Descriptor.memory("event", MachineFile.line(event))
            let output = try Descriptor.memory("output", [])
            var spawn = Spawn(
                ["\(root)/\(FileNames.publicFolder)/\(path)"], environment: environment(for: event))
            spawn.folder = root
            spawn.newSession = true
            let pid = try spawn.start(descriptors: [input.number, output.number, output.number])
            children.insert(pid)
            let process = try ProcessHandle(pid)
            hookLast += 1
            try poller.add(process.descriptor, .input, token: tokens.add(.hook(hookLast)))
            hooks[hookLast] = RunningHook(event: event, process: process, output: output)
            deadlines.set(.hook(hookLast), afterMs: Patience.hookMs)
        } catch {
            log.error("hook can't be started", metadata: ["hook": "\(path)", "why": "\(describe(error))"])
        }
    }

    private func environment(for event: Event) -> [String: String] {
        var all = environment.filter { !Supervisor.notInherited.contains($0.key) }
        all["CLAUDIA_EVENT"] = event.type.rawValue
        all["CLAUDIA_SEQ"] = "\(event.seq)"
        all["CLAUDIA_REPO"] = root
        guard let session = event.session else { return all }
        all["CLAUDIA_SESSION"] = session.text
        guard let worktree = sessions[session]?.record.worktree else { return all }
        all["CLAUDIA_WORKTREE"] = worktree.path
        all["CLAUDIA_BRANCH"] = worktree.branch
        return all
    }

    /// A hook has ended: its output goes into the log, and the next one starts.
    func hookEnded(_ number: Int) {
        guard let hook = hooks.removeValue(forKey: number) else { return }
        deadlines.cancel(.hook(number))
        tokens.remove(.hook(number))
        poller.remove(hook.process.descriptor)
        let output = (try? hook.output.read(at: 0, most: Supervisor.outputMax)) ?? []
        log.info(
            "hook ended",
            metadata: [
                "hook": "\(hook.event.type.rawValue)", "seq": "\(hook.event.seq)",
                "output": "\(String(decoding: output, as: UTF8.self))",
            ])
        startHook(of: hook.event.session?.text ?? "")
    }

    /// Gives the hooks that run a little time to end by themselves, and ends the others.
    func endHooks() {
        let endNs = Clock.bootNs + Patience.hookEndMs * 1_000_000
        for (number, hook) in hooks {
            guard let poller = try? Poller(),
                (try? poller.add(hook.process.descriptor, .input, token: 0)) != nil,
                let ready = try? poller.wait(timeoutMs: CInt(max(0, endNs - Clock.bootNs) / 1_000_000)),
                !ready.isEmpty
            else {
                killHook(number)
                continue
            }
        }
    }

    /// A hook ran too long: it and all of its session are ended.
    func killHook(_ number: Int) {
        guard let hook = hooks[number] else { return }
        log.warning("hook took too long", metadata: ["hook": "\(hook.event.type.rawValue)"])
        _ = kill(-hook.process.pid, SIGKILL)
    }
}
