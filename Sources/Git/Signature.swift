import CGit2

/// Who made a change and when, for reflogs and commits.
struct Signature: ~Copyable {
    let pointer: UnsafeMutablePointer<git_signature>

    /// The person of the configuration, now; where there is none, claudia itself, as `git stash` has its own.
    init(_ repository: borrowing Repository) throws(GitError) {
        var made: UnsafeMutablePointer<git_signature>?
        if git_signature_default(&made, repository.handle.pointer) < 0 {
            try LibGit2.check(git_signature_now(&made, "claudia", "claudia@localhost"), "signature")
        }
        guard let made else { throw .notFound("signature") }
        pointer = made
    }

    deinit { git_signature_free(pointer) }

    /// `Name <address> seconds zone`, as a reflog has it.
    var line: String {
        let person = (String(cString: pointer.pointee.name), String(cString: pointer.pointee.email))
        return "\(person.0) <\(person.1)> \(Self.time(pointer.pointee.when))"
    }

    /// `seconds zone`.
    static func time(_ when: git_time) -> String {
        let minutes = abs(Int(when.offset))
        let zone = String(10_000 + minutes / 60 * 100 + minutes % 60).dropFirst()
        let sign = when.offset < 0 ? "-" : "+"
        return "\(when.time) \(sign)\(zone)"
    }
}
