internal import SessionModel
internal import Store

/// Turns the words of a command line into the names of sessions.
struct SessionSelection {
    /// The sessions that exist, in order.
    let existing: [SessionName]
    /// The session whose worktree we are in.
    let here: SessionName?

    /// The sessions that names and patterns stand for, each once, in the order of the words.
    ///
    /// `all` takes no words; without words it is the session whose worktree we are in.
    func sessions(_ words: [String], all: Bool) throws(CommandError) -> [SessionName] {
        if all {
            guard words.isEmpty else { throw .usage("--all and names exclude each other.") }
            return existing
        }
        if words.isEmpty { return [try fallback()] }
        var chosen: [SessionName] = []
        for word in words {
            for name in try sessions(word) where !chosen.contains(name) { chosen.append(name) }
        }
        return chosen
    }

    /// Exactly one session; nil is the one whose worktree we are in.
    func session(_ word: String?) throws(CommandError) -> SessionName {
        guard let word else { return try fallback() }
        let found = try sessions(word)
        guard let only = found.first, found.count == 1 else {
            throw .usage(
                "'\(word)' fits \(found.count) sessions, and this verb takes one.",
                hint: "They are \(Wording.list(found.prefix(5).map(\.text))).")
        }
        return only
    }

    /// Whom words such as `NAME TEXT…` are for, and the rest.
    ///
    /// A single word is for the session that we are in; so are all where the first is no session's name and `isRest`
    /// says that nobody has mistyped one.
    func addressed(
        _ words: [String], isRest: (String) -> Bool = { _ in false }
    ) throws(CommandError) -> (sessions: [SessionName], rest: [String]) {
        if words.count == 1 || here != nil && !names(words[0]) && isRest(words[0]) {
            return ([try fallback()], words)
        }
        do {
            return (try sessions([words[0]], all: false), Array(words.dropFirst()))
        } catch {
            throw hinting(error)
        }
    }

    /// The same, for exactly one session.
    func addressedOne(_ words: [String]) throws(CommandError) -> (SessionName, rest: [String]) {
        if words.count == 1 { return (try fallback(), words) }
        do {
            return (try session(words[0]), Array(words.dropFirst()))
        } catch {
            throw hinting(error)
        }
    }

    /// Whether a word is the name of one that exists, or a pattern.
    func names(_ word: String) -> Bool {
        Glob.isPattern(word) || existing.contains { $0.text == word }
    }

    /// Where NAME may have been left out.
    private func hinting(_ error: CommandError) -> CommandError {
        guard let here else { return error }
        var error = error
        error.hint =
            "If all of it is for '\(here)', whose worktree this is, put it between quotes, as one word."
        return error
    }

    private func fallback() throws(CommandError) -> SessionName {
        guard let here else {
            throw .usage(
                "Which session? This folder is in no session's worktree, so NAME can't be left out.",
                hint: "'claudia ls' lists the sessions.")
        }
        return here
    }

    private func sessions(_ word: String) throws(CommandError) -> [SessionName] {
        if Glob.isPattern(word) {
            let glob = Glob(word)
            let found = existing.filter { glob.matches($0.text) }
            guard !found.isEmpty else {
                throw CommandError("No session fits '\(word)'.", hint: "'claudia ls' lists the sessions.")
            }
            return found
        }
        guard let name = SessionName(word) else {
            throw .usage(
                "'\(word)' can't be a session: a name \(SessionName.problem(in: word) ?? "is otherwise").",
                hint: nearest(word))
        }
        guard existing.contains(name) else {
            throw CommandError(
                "There is no session '\(word)'.", hint: nearest(word) ?? "'claudia ls' lists the sessions.")
        }
        return [name]
    }

    private func nearest(_ word: String) -> String? {
        Suggestion.nearest(to: word, among: existing.map(\.text)).map { "Did you mean '\($0)'?" }
    }
}
