/// Who holds a slot of `max_concurrent_sessions`.
public enum Admission {
    /// One session that needs a slot.
    public struct Candidate<ID: Hashable & Sendable>: Sendable {
        /// The session.
        public let id: ID
        /// Counts sessions in the order in which they were created.
        public let order: Int
        /// Whether it holds a slot already.
        public let holdsSlot: Bool

        /// A candidate, part by part.
        public init(id: ID, order: Int, holdsSlot: Bool) {
            self.id = id
            self.order = order
            self.holdsSlot = holdsSlot
        }
    }

    /// The candidates that get a slot.
    ///
    /// Who holds one keeps it, even past a `limit` that was lowered; free ones go to the others in order of
    /// creation.
    public static func admitted<ID>(_ candidates: [Candidate<ID>], limit: Int) -> Set<ID> {
        let holders = candidates.filter(\.holdsSlot)
        let waiting = candidates.filter { !$0.holdsSlot }.sorted { $0.order < $1.order }
        let free = max(0, limit - holders.count)
        return Set(holders.map(\.id) + waiting.prefix(free).map(\.id))
    }
}
