/// A moment: milliseconds since 1970-01-01T00:00:00Z, written as RFC 3339 in UTC with milliseconds.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Milliseconds since the epoch.
    public let ms: Int64

    /// The moment `ms` milliseconds after the epoch.
    public init(ms: Int64) { self.ms = ms }

    /// Earlier is less.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.ms < right.ms }

    /// `2026-11-22T18:15:44.123Z`.
    public var description: String {
        let (date, time) = parts
        let day = "\(pad(date.year, 4))-\(pad(date.month, 2))-\(pad(date.day, 2))"
        let hour = "\(pad(time.hour, 2)):\(pad(time.minute, 2)):\(pad(time.second, 2))"
        return "\(day)T\(hour).\(pad(time.ms, 3))Z"
    }

    /// `20261122T181544Z`: ISO 8601's basic form, for names of refs and folders.
    public var compact: String {
        let (date, time) = parts
        let day = pad(date.year, 4) + pad(date.month, 2) + pad(date.day, 2)
        return "\(day)T\(pad(time.hour, 2))\(pad(time.minute, 2))\(pad(time.second, 2))Z"
    }

    /// Reads what `description` writes; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 24, bytes[10] == 0x54, bytes[23] == 0x5A else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            bytes[range].allSatisfy { (0x30...0x39).contains($0) }
                ? bytes[range].reduce(0) { $0 * 10 + Int64($1 - 0x30) } : nil
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let fraction = number(20..<23), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let days = Timestamp.days(year: year, month: month, day: day)
        self.init(ms: (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + fraction)
    }

    private typealias Date = (year: Int64, month: Int64, day: Int64)
    private typealias Time = (hour: Int64, minute: Int64, second: Int64, ms: Int64)

    private var parts: (Date, Time) {
        let msPerDay: Int64 = 86_400_000
        let day = ms >= 0 ? ms / msPerDay : (ms - msPerDay + 1) / msPerDay
        let rest = ms - day * msPerDay
        let time = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000)
        return (Timestamp.date(days: day), time)
    }

    /// Days since the epoch of a date in the proleptic Gregorian calendar.
    ///
    /// Counts years from March, so that the leap day is a year's last (Richards, "Calendars", 2013).
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(days: Int64) -> Date {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private func pad(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Timestamp: Codable {
    /// Reads a JSON string.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let time = Timestamp(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a moment: \(text)"))
        }
        self = time
    }

    /// Writes a JSON string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
