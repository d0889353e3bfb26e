internal import Linux
internal import Logging

/// Somebody who is connected to the supervisor's socket.
final class ControlConnection {
    let socket: MessageSocket

    init(_ socket: consuming MessageSocket) { self.socket = socket }
}

/// Answering commands.
extension Supervisor {
    func acceptClients() {
        do throws(SystemError) {
            while let socket = try listener.accept() { welcome(socket) }
            if isDeaf { try poller.add(listener.descriptor, .input, token: tokens.add(.control)) }
            isDeaf = false
        } catch {
            // Who waits to be taken would wake the loop again and again.
            if !isDeaf { poller.remove(listener.descriptor) }
            isDeaf = true
            retryLater("Commands can't be answered: \(error.message).\(Supervisor.hint(error))", of: nil)
        }
    }

    private func welcome(_ socket: consuming MessageSocket) {
        clientLast += 1
        let client = ControlConnection(socket)
        let token = tokens.add(.controlClient(clientLast))
        guard (try? poller.add(client.socket.descriptor, .input, token: token)) != nil else { return }
        clients[clientLast] = client
    }

    func serve(_ number: Int) {
        guard let client = clients[number] else { return }
        switch try? client.socket.receive() {
        case .nothing: return
        case .closed, nil: drop(number)
        case .message(let bytes, let passed):
            let content = passed.map { Descriptor(adopting: $0) }
            let text = String(decoding: bytes, as: UTF8.self)
            switch ControlRequest(text) {
            case .ping: answer(number, .pong(generation: generation))
            // Not answered: the connection closes when the supervisor has ended.
            case .down(let all):
                log.notice("asked to end", metadata: ["all": "\(all)"])
                if all { isEndingAll = true } else { isOver = true }
            case .restore(let name, let wanted):
                restore(name, RestoreWish(client: number, number: wanted))
            case .emptyTrash(let seconds): expireTrash(olderThanS: seconds, for: number)
            case .hook(let id): hearHook(of: id, content, from: number)
            case nil: answer(number, .error("This supervisor doesn't know the request '\(text.prefix(40))'."))
            }
        }
    }

    /// Sends an answer and closes the connection.
    func answer(_ number: Int, _ answer: ControlAnswer) {
        // A client that has gone needs no answer.
        _ = try? clients[number]?.socket.send(Array(answer.text.utf8))
        drop(number)
    }

    private func drop(_ number: Int) {
        calls[number] = nil
        tokens.remove(.controlClient(number))
        clients[number] = nil
        if isDeaf { acceptClients() }
    }
}
