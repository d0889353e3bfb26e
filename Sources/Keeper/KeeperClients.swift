internal import Glibc
internal import KeeperProtocol
internal import Linux

/// The clients: who they are, what they want, what they are told.
extension Keeper {
    /// The most clients at once.
    private static let clientsMax = 64
    /// The most messages that one client's turn takes.
    private static let messagesMax = 32
    /// How long the wrong size of a jiggle lasts, in nanoseconds: long enough that a program asks for it.
    private static let jiggleNs: Int64 = 60_000_000

    func acceptClients() {
        while let socket = try? listener.accept() {
            guard clients.count < Keeper.clientsMax else { continue }
            let client = Client(socket, token: nextToken, logEnd: log.end)
            guard (try? poller.add(client.socket.descriptor, .input, token: nextToken)) != nil else {
                continue
            }
            clients[nextToken] = client
            nextToken += 1
        }
    }

    /// Tells those who connected while the session ended how it did.
    func dismissClients() {
        let known = Set(clients.keys)
        acceptClients()
        for client in clients.values where !known.contains(client.token) {
            receive(from: client)
            if let ending = state.ended { send(.ended(ending), to: client) }
        }
    }

    func receive(from client: Client) {
        for _ in 0..<Keeper.messagesMax where !client.isLost && !client.isHeldBack {
            guard let arrival = try? client.socket.receive() else { return client.lose() }
            switch arrival {
            case .nothing: return
            case .closed: return client.lose()
            case .message(let bytes, let passed):
                let descriptor = passed.map { Descriptor(adopting: $0) }
                if let request = Request(decoding: bytes) { serve(request, descriptor, client) }
            }
        }
    }

    func send(_ report: Report, to client: Client) { send(report.encoded(), to: client) }

    func send(_ message: [UInt8], to client: Client) {
        if client.send(message) { watch(client) }
    }

    /// Tells everybody.
    func announce(_ report: Report) {
        let message = report.encoded()
        for client in clients.values where client.role != nil { send(message, to: client) }
    }

    /// Tells the supervisor.
    func report(_ report: Report) {
        for client in clients.values where client.role == .supervisor { send(report, to: client) }
    }

    func setTrouble(_ subject: Troubles.Subject, _ text: String?) {
        troubles[subject] = text
        guard troubles.text != state.trouble else { return }
        state.trouble = troubles.text
        announce(.trouble(state.trouble))
    }

    func watch(_ client: Client) {
        guard !client.isHeldBack else { return }
        try? poller.modify(client.socket.descriptor, client.interest, token: client.token)
    }

    /// Doesn't listen to who typed more than there is room for, unless it is the supervisor.
    private func holdBack(_ client: Client) {
        guard input.isFull, client.role != .supervisor else { return }
        client.isHeldBack = true
        poller.remove(client.socket.descriptor)
    }

    /// The text in a passed file; nil for anything that could block, and for one that is too long.
    private static func text(in file: borrowing Descriptor) -> String? {
        guard let status = try? file.status(), status.kind == .file, status.size <= InputBuffer.bytesMax,
            let bytes = try? file.read(at: 0, most: Int(status.size))
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Listens again to those who typed more than there was room for.
    func listenAgain() {
        for client in clients.values where client.isHeldBack {
            client.isHeldBack = false
            try? poller.add(client.socket.descriptor, client.interest, token: client.token)
        }
    }

    func forgetLostClients() {
        guard clients.values.contains(where: \.isLost) else { return }
        clients = clients.filter { !$0.value.isLost }
    }

    /// When the client's `quiet` is due; nil when it doesn't wait for one.
    func quietAtNs(_ client: Client) -> Int64? {
        client.quiet.map { max($0.sinceNs, lastOutputNs) + $0.restNs }
    }

    func resize(to size: TerminalSize) {
        guard size.columns > 0, size.rows > 0, size != state.size,
            (try? terminal.master.setTerminalSize(size)) != nil
        else { return }
        state.size = size
        log.resized(to: size)
        cursor.resize(to: size)
    }

    private func serve(_ request: Request, _ passed: consuming Descriptor?, _ client: Client) {
        if case .hello(_, let role) = request { return hello(role, client) }
        // Who doesn't say who it is speaks another protocol.
        guard client.role != nil else { return client.lose() }
        switch request {
        case .hello: break
        case .attach(let size): attach(client, size)
        case .detach: client.isAttached = false
        case .resize(let size):
            jiggleBack = nil
            resize(to: size)
        case .type(let bytes):
            put(bytes)
            holdBack(client)
        case .prompt(let number, let text):
            guard client.role == .supervisor else { return }
            if let content = passed {
                guard let long = Keeper.text(in: content) else { return }
                prompt(number, long, for: client)
            } else {
                prompt(number, text, for: client)
            }
        case .look: lookOrRetry()
        case .folder:
            guard client.role == .supervisor, let folder = passed else { return }
            folders.open = Folder(adopting: folder)
            publishAll()
        case .signal(let number): try? agent.send(number)
        case .freeze: freeze(client)
        case .thaw: thaw(client)
        case .stop(let ms): carryOut(plan.stop(graceMs: ms, atNs: Clock.bootNs))
        case .tellWhenQuiet(let ms): client.quiet = (Int64(ms) * 1_000_000, Clock.bootNs)
        case .tellOutput:
            client.wantsGrowth = true
            tellGrowth(to: client)
        case .ask: send(.state(state), to: client)
        case .tellNotice(let kinds, let from):
            client.wantsNotice = (kinds, from)
            tellNotice(to: client)
        case .press(let bytes, let offset): send(.pressed(at: offset, press(bytes, at: offset)), to: client)
        }
    }

    private func hello(_ role: Request.Role, _ client: Client) {
        if role == .supervisor {
            for other in clients.values where other.role == .supervisor && other !== client { other.lose() }
        }
        client.role = role
        send(.state(state), to: client)
    }

    private func attach(_ client: Client, _ size: TerminalSize) {
        jiggleBack = nil
        if size == state.size, size.rows > 0, size.columns > 0 {
            resize(to: TerminalSize(columns: size.columns, rows: size.rows > 1 ? size.rows - 1 : 2))
            jiggleBack = (Clock.bootNs + Keeper.jiggleNs, size)
        } else {
            resize(to: size)
        }
        client.isAttached = true
        send(.attached(offset: shownEnd), to: client)
    }

    private func lookOrRetry() {
        if retry != nil { tryAgain() }
        look()
    }

    private func publishAll() {
        log.publishAll(in: folders)
        if plan.record == .written { folders.publish(ExitFile.name) }
    }

    private func freeze(_ client: Client) {
        if state.ended == nil, !plan.isAsked { tree.freeze() }
        state.isFrozen = tree.isFrozen
        send(.state(state), to: client)
    }

    private func thaw(_ client: Client) {
        tree.thaw()
        state.isFrozen = false
        send(.state(state), to: client)
        type()
    }
}
