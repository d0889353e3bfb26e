internal import KeeperProtocol

/// Where in the log the program told something of itself, for each kind.
struct NoticePlaces: Equatable {
    private struct Place: Equatable {
        /// The first since somebody was told of the kind.
        var first: Int64?
        var latest: Int64
    }

    private var places: [UInt8: Place] = [:]

    /// Takes note of what was told.
    mutating func saw(_ notices: [LocatedNotice]) {
        for located in notices {
            let kind = located.notice.kind.rawValue
            let first = places[kind]?.first ?? located.offset
            places[kind] = Place(first: first, latest: located.offset)
        }
    }

    /// Where to begin reading for what was told at `from` or later; nil when nothing was.
    ///
    /// What is found so counts as told of.
    mutating func next(of kinds: TerminalNotice.Kinds, from: Int64) -> Int64? {
        var begin: Int64?
        for (kind, place) in places where kinds.rawValue & kind != 0 && place.latest >= from {
            let first = max(from, place.first ?? from)
            begin = min(begin ?? first, first)
        }
        guard begin != nil else { return nil }
        for kind in places.keys where kinds.rawValue & kind != 0 { places[kind]?.first = nil }
        return begin
    }
}
