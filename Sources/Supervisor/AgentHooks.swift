internal import Agents
internal import KeeperProtocol
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// A call of a tool whose hook waits for an answer.
struct OpenCall {
    let session: SessionName
    let call: PermissionCall
}

/// What agents' hooks tell, through `claudia hook`.
extension Supervisor {
    /// Bytes of an event past which it isn't read; a file that is written whole is in it.
    static let hookBytesMax = 16 * 1024 * 1024

    /// Takes an event; whoever asks for a permission is answered later, or never.
    func hearHook(of id: String, _ content: consuming Descriptor?, from number: Int) {
        // Only of memory: reading anything else that a stranger passes may wait for ever.
        guard let session = sessions.values.first(where: { $0.record.id == id }), let content,
            content.isMemory, let bytes = try? content.readToEnd(most: Supervisor.hookBytesMax),
            let event = HookEvent(json: bytes)
        else { return answer(number, .ok) }
        log.debug("hook", metadata: ["session": "\(session.name)", "event": "\(event.name.rawValue)"])
        if let conversation = event.conversation {
            session.record.conversation = SessionRecord.Conversation(
                id: conversation, path: event.transcriptPath, kind: program(of: session).kind)
        }
        if event.name == .userPromptSubmit { turnBegan(event.prompt, of: session) }
        if let call = PermissionCall(event) {
            if let words = ownAnswer(to: call, in: event.folder, of: session) {
                return answer(number, .say(words))
            }
            if program(of: session).permissionHook.runsBesideDialog {
                calls[number] = OpenCall(session: session.name, call: call)
            } else {
                answer(number, .ok)
            }
        } else {
            answer(number, .ok)
        }
        observe(.hook(event), session)
    }

    /// Whoever waits for an answer about the session need wait no longer: it was given elsewhere.
    func closeCalls(of session: ManagedSession) {
        for number in calls.filter({ $0.value.session == session.name }).keys.sorted() { answer(number, .ok) }
    }

    /// Gives a person's answer to the question `id`, if that is still what is asked.
    func give(_ text: String, to id: String, of session: ManagedSession) {
        guard let question = session.record.heard.view.reading.question, question.id == id else {
            return refuse(text, to: id, of: session, Supervisor.goneReason)
        }
        guard session.answering == nil else {
            return refuse(text, to: id, of: session, "another answer is being given.")
        }
        // The call whose words were shown, and no other that is open too.
        let shown = calls.filter {
            $0.value.session == session.name && $0.value.call.kind == question.kind
                && $0.value.call.text == question.text
        }
        guard let open = shown.min(by: { $0.key < $1.key }) else {
            return answerOnScreen(text, to: id, of: session)
        }
        do {
            answer(open.key, .say(try open.value.call.decision(PermissionCall.Answer(text))))
            personAnswered(text, open.value.call.tool, open.value.call.input, of: session)
            tell(
                .decision, of: session,
                [
                    "source": .string("person"), "answer_to": .string(id),
                    "tool": .string(open.value.call.tool), "answer": .string(text),
                ])
        } catch {
            refuse(text, to: id, of: session, error.message)
        }
    }

    /// Tells why a person's answer was not given.
    func refuse(_ text: String, to id: String, of session: ManagedSession, _ why: String) {
        let message = "The answer “\(text)” was not given: \(why)"
        log.warning("\(message)", metadata: ["session": "\(session.name)"])
        tell(.error, of: session, ["message": .string(message), "answer_to": .string(id)])
    }
}
