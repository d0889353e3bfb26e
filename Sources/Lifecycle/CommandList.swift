/// A list of commands that are run one after another, and may be edited meanwhile.
public enum CommandList {
    /// The index of the next one; nil when all are done.
    ///
    /// `done` holds those that were, in their order. Where the list doesn't begin with these any more, it was edited
    /// and begins anew.
    public static func next(in commands: [[String]], done: [[String]]) -> Int? {
        guard commands.starts(with: done) else { return commands.isEmpty ? nil : 0 }
        return done.count < commands.count ? done.count : nil
    }
}
