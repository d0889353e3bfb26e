/// What SGR (`CSI … m`) says of the text that follows.
enum GraphicRendition {
    /// Applies the sequence's parameters to a style.
    static func apply(_ sequence: ControlSequence, to style: inout CellStyle) {
        var index = 0
        while index < sequence.parameterCount {
            // The parameters that hang on this one by colons.
            var end = index + 1
            while end < sequence.parameterCount, sequence.isSub(end) { end += 1 }
            switch sequence.number(index) {
            case 38: index = color(sequence, index, end, &style.foreground)
            case 48: index = color(sequence, index, end, &style.background)
            case 58:
                // The colour of underlines isn't kept, but its parameters must not be taken for others.
                var ignored = CellColor.standard
                index = color(sequence, index, end, &ignored)
            case 4:
                style.underline =
                    end > index + 1
                    ? CellStyle.Underline(rawValue: UInt8(min(255, sequence.number(index + 1)))) ?? .single
                    : .single
                index = end
            case let number:
                simple(number, &style)
                index = end
            }
        }
    }

    private static func simple(_ number: Int, _ style: inout CellStyle) {
        switch number {
        case 0:
            let link = style.link
            style = CellStyle()
            style.link = link
        case 1: style.attributes.insert(.bold)
        case 2: style.attributes.insert(.dim)
        case 3: style.attributes.insert(.italic)
        case 5, 6: style.attributes.insert(.blink)
        case 7: style.attributes.insert(.inverse)
        case 8: style.attributes.insert(.hidden)
        case 9: style.attributes.insert(.strike)
        case 21: style.underline = .double
        case 22: style.attributes.subtract([.bold, .dim])
        case 23: style.attributes.remove(.italic)
        case 24: style.underline = .none
        case 25: style.attributes.remove(.blink)
        case 27: style.attributes.remove(.inverse)
        case 28: style.attributes.remove(.hidden)
        case 29: style.attributes.remove(.strike)
        case 30...37: style.foreground = .indexed(UInt8(number - 30))
        case 39: style.foreground = .standard
        case 40...47: style.background = .indexed(UInt8(number - 40))
        case 49: style.background = .standard
        case 53: style.attributes.insert(.overline)
        case 55: style.attributes.remove(.overline)
        case 90...97: style.foreground = .indexed(UInt8(number - 90 + 8))
        case 100...107: style.background = .indexed(UInt8(number - 100 + 8))
        default: break
        }
    }

    /// Reads the colour behind 38, 48 or 58 at `index`; returns where the next attribute stands.
    ///
    /// By colons `38:5:n`, `38:2:r:g:b` or, with a colour space, `38:2:x:r:g:b`; else `38;5;n`, `38;2;r;g;b`.
    private static func color(
        _ sequence: ControlSequence, _ index: Int, _ end: Int, _ color: inout CellColor
    ) -> Int {
        let byColons = end > index + 1
        let kind = sequence.number(index + 1)
        func channel(_ at: Int) -> UInt8 { UInt8(truncatingIfNeeded: min(255, sequence.number(at))) }
        switch kind {
        case 5:
            if index + 2 < sequence.parameterCount, !byColons || index + 2 < end {
                color = .indexed(channel(index + 2))
            }
            return byColons ? end : index + 3
        case 2:
            let first = byColons && end - index > 5 ? index + 3 : index + 2
            if first + 2 < sequence.parameterCount, !byColons || first + 2 < end {
                color = .rgb(channel(first), channel(first + 1), channel(first + 2))
            }
            return byColons ? end : index + 5
        default: return byColons ? end : index + 2
        }
    }
}
