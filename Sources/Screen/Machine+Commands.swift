/// Operating system commands (OSC).
extension Machine {
    /// Characters of a title that are kept.
    private static let titleMax = 256
    /// Bytes of a link's address; longer ones are no links (the limit that VTE has).
    private static let linkBytesMax = 2083

    mutating func command(_ content: [UInt8]) {
        let end = content.firstIndex(of: UInt8(ascii: ";")) ?? content.endIndex
        guard keepsCells, let number = Int(String(decoding: content[..<end], as: UTF8.self)) else { return }
        let rest = content[min(end + 1, content.endIndex)...]
        switch number {
        case 0, 2: title = Machine.plain(rest, most: Machine.titleMax)
        case 8: openLink(rest)
        case 133: promptMark = PromptMark(rest) ?? promptMark
        default: break
        }
    }

    /// `OSC 8 ; parameters ; address`: what is printed from now on belongs to the link; no address ends it.
    private mutating func openLink(_ content: ArraySlice<UInt8>) {
        cursor.style.link = 0
        guard let semicolon = content.firstIndex(of: UInt8(ascii: ";")) else { return }
        let bytes = content[(semicolon + 1)...]
        // ASCII alone: an address that hides or turns text would be another one than the person sees.
        guard !bytes.isEmpty, bytes.count <= Machine.linkBytesMax,
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return }
        let address = String(decoding: bytes, as: UTF8.self)
        if links.isFull { forgetUnusedLinks() }
        cursor.style.link = UInt16(links.number(of: address).map { $0 + 1 } ?? 0)
    }

    /// The text of a command, without what isn't shown.
    private static func plain(_ bytes: ArraySlice<UInt8>, most: Int) -> String {
        var shown = String.UnicodeScalarView()
        var count = 0
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars where count < most {
            guard CellWidth.kind(of: scalar.value) != .hidden else { continue }
            shown.append(scalar)
            count += 1
        }
        return String(shown)
    }

    // MARK: What cells refer to

    /// The number of a character of several scalars; nil when the screen holds too many of them.
    mutating func internCluster(_ text: String) -> Int? {
        if clusters.isFull { forgetUnusedClusters() }
        return clusters.number(of: text)
    }

    private mutating func forgetUnusedClusters() {
        func number(_ cell: Cell) -> Int? {
            if case .cluster(let number) = cell.content { Int(number) } else { nil }
        }
        var used: Set<Int> = []
        changeAll { if let number = number($0) { used.insert(number) } }
        let moved = clusters.keep(used)
        changeAll { cell in
            if let to = number(cell).flatMap({ moved[$0] }) { cell.setCluster(UInt32(to)) }
        }
    }

    private mutating func forgetUnusedLinks() {
        var used: Set<Int> = []
        changeAll { used.insert(Int($0.style.link) - 1) }
        for saved in [page.saved, hidden.saved] { used.insert(Int(saved.style.link) - 1) }
        let moved = links.keep(used)
        func change(_ style: inout CellStyle) {
            style.link = UInt16(moved[Int(style.link) - 1].map { $0 + 1 } ?? 0)
        }
        changeAll { change(&$0.style) }
        change(&page.saved.style)
        change(&hidden.saved.style)
    }

    private mutating func changeAll(_ change: (inout Cell) -> Void) {
        page.grid.modifyAll(change)
        hidden.grid.modifyAll(change)
    }
}

/// Where a shell says that it is (OSC 133).
public enum PromptMark: Equatable, Sendable {
    /// A prompt begins.
    case prompt
    /// What the person types begins.
    case input
    /// What the command prints begins.
    case output
    /// The command ended, with this code if it was told.
    case end(Int?)

    /// Reads what follows `133;`.
    init?(_ content: ArraySlice<UInt8>) {
        let fields = content.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        switch fields.first {
        case [UInt8(ascii: "A")]: self = .prompt
        case [UInt8(ascii: "B")]: self = .input
        case [UInt8(ascii: "C")]: self = .output
        case [UInt8(ascii: "D")]:
            self = .end(fields.count > 1 ? Int(String(decoding: fields[1], as: UTF8.self)) : nil)
        default: return nil
        }
    }
}
