/// Why a keeper can't begin.
enum KeeperFailure: Error, Equatable {
    /// Started by hand, without the descriptors that a supervisor passes.
    case notStartedRight
    /// A sentence for a person.
    case sentence(String)
}
