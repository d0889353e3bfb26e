/// A whole operating system command (OSC) of a number that can ask or tell a keeper something.
struct OperatingSystemCommand {
    private let number: Int
    private let content: Slice<UnsafeRawBufferPointer>
    private let fields: [Slice<UnsafeRawBufferPointer>]
    private let whole: Slice<UnsafeRawBufferPointer>

    /// `content` is what follows the number and its semicolon, `whole` everything with ESC and the end.
    init(_ number: Int, _ content: Slice<UnsafeRawBufferPointer>, whole: Slice<UnsafeRawBufferPointer>) {
        self.number = number
        self.content = content
        self.fields = content.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        self.whole = whole
    }

    /// What it is to a keeper.
    func meaning(length: Int) -> EscapeSequence {
        if let notice { return .notice(length, notice) }
        let bell = whole.last == 0x07
        let asked = fields.map { $0.elementsEqual("?".utf8) }
        let query: TerminalQuery? =
            switch number {
            case 4:
                asked.contains(true) ? .palette(paletteEntries(asked), bell: bell) : nil
            case 10...12: asked.first == true ? .color(number, bell: bell) : nil
            case 7501: asked.first == true ? .programStatus(Array(whole)) : nil
            case 21, 99: fields.contains { $0.last == UInt8(ascii: "?") } ? .other : nil
            case 1337: .other
            case 133: nil
            default: asked.contains(true) || fields.first?.first == UInt8(ascii: "?") ? .other : nil
            }
        return query.map { .query(length, $0) } ?? .plain(length)
    }

    private var notice: TerminalNotice? {
        switch number {
        case 0, 2: .title(Array(content))
        case 133: fields.first?.elementsEqual("A".utf8) == true ? .promptBegan : nil
        case 7501: fields.first?.elementsEqual("?".utf8) == true ? nil : .programReport(Array(content))
        default: nil
        }
    }

    /// The palette's entries that are asked for: fields come in pairs, an index and `?` or a colour.
    private func paletteEntries(_ asked: [Bool]) -> [Int] {
        stride(from: 1, to: fields.count, by: 2).filter { asked[$0] }.compactMap { index in
            Int(String(decoding: fields[index - 1], as: UTF8.self))
        }
    }
}
