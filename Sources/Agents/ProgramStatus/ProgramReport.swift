/// One report of a program about itself: the content of an OSC 7501.
///
/// By the Program Status Protocol, revision 0.2. Everything in it is a stranger's word: to be shown escaped,
/// never to be taken for permission.
public struct ProgramReport: Codable, Equatable, Sendable {
    /// What the program says it does.
    public enum State: String, CaseIterable, Codable, Sendable {
        case idle, working, done, blocked, error
        /// Forget this record and those below it.
        case clear
    }

    /// What a blocked program waits for.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        case permission, question, auth
    }

    /// Limits of the protocol, in bytes unless said otherwise.
    enum Limit {
        static let report = 4096
        static let title = 192
        static let message = 2048
        static let id = 128
        static let segment = 32
        /// Segments of an id.
        static let depth = 8
        static let app = 64
    }

    /// What it does.
    public var state: State
    /// What it waits for, while `blocked`.
    public var kind: Kind?
    /// How far it is, from 0 to 100.
    public var progress: Int?
    /// The program's name for itself.
    public var app: String?
    /// The record that this replaces, as a path; empty for the root.
    public var id: [String] = []
    /// A short text for a tab.
    public var title: String?
    /// A text for a person, such as what is asked.
    public var message: String?

    /// A report that says no more than a state.
    public init(state: State) { self.state = state }

    /// Reads what stands between `ESC ] 7501 ;` and its end; nil when the whole report is to be discarded.
    ///
    /// A malformed pair is skipped, an unknown key ignored, of duplicates the last counts. A missing or unknown
    /// state, an id that can't be, bad base64, a control character in a text, or a passed limit discard all.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count <= Limit.report else { return nil }
        var values: [String: String] = [:]
        for pair in bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: true) {
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")), equals != pair.startIndex,
                let key = String(validating: pair[..<equals], as: UTF8.self),
                let value = String(validating: pair[pair.index(after: equals)...], as: UTF8.self)
            else { continue }
            values[key] = value
        }
        guard let state = values["state"].flatMap(State.init) else { return nil }
        self.state = state
        kind = values["kind"].flatMap(Kind.init)
        if let text = values["progress"], !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        {
            guard let number = Int(text), number <= 100 else { return nil }
            progress = number
        }
        if let app = values["app"] {
            guard app.utf8.count <= Limit.app else { return nil }
            self.app = app.unicodeScalars.contains(where: \.isControl) ? nil : app
        }
        if let id = values["id"] {
            guard let path = Self.path(id) else { return nil }
            self.id = path
        }
        do {
            title = try Self.text(values["title"], limit: Limit.title)
            message = try Self.text(values["msg"], limit: Limit.message)
        } catch {
            return nil
        }
    }

    private static func path(_ id: String) -> [String]? {
        let segments = id.split(separator: "/", omittingEmptySubsequences: false)
        guard id.utf8.count <= Limit.id, segments.count <= Limit.depth else { return nil }
        let isValid = segments.allSatisfy { segment in
            (1...Limit.segment).contains(segment.utf8.count)
                && segment.utf8.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
                        UInt8(ascii: "+"), UInt8(ascii: "-"):
                        true
                    default: false
                    }
                }
        }
        return isValid ? segments.map(String.init) : nil
    }

    private struct Discarded: Error {}

    private static func text(_ encoded: String?, limit: Int) throws(Discarded) -> String? {
        guard let encoded else { return nil }
        guard let bytes = Base64.decoded(encoded), bytes.count <= limit,
            let text = String(validating: bytes, as: UTF8.self),
            !text.unicodeScalars.contains(where: \.isControl)
        else { throw Discarded() }
        return text
    }
}

extension Unicode.Scalar {
    /// C0, DEL or C1.
    var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}
