/// The private modes (DECSET) that are on, of those that matter to a screen or to who uses it.
struct PrivateModes: Equatable, Sendable {
    /// By xterm's "Control Sequences".
    ///
    /// 1 cursor keys, 5 reverse video, 7 wrap, 25 cursor shown, 66 keypad, 1004 focus, 2004 paste, 2031
    /// colour scheme, 1000 to 1003 what the mouse reports, 1005 to 1016 how.
    static let known = [1, 5, 7, 9, 25, 66, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2004, 2031]

    /// Modes of which one at most is on.
    private static let exclusive = [[9, 1000, 1002, 1003], [1005, 1006, 1015, 1016]]

    private var bits: UInt16

    /// A terminal as it is when switched on: it wraps and shows the cursor.
    init() {
        bits = 0
        self[7] = true
        self[25] = true
    }

    /// Whether a mode is on; one that isn't known is off and stays so.
    subscript(number: Int) -> Bool {
        get { PrivateModes.known.firstIndex(of: number).map { bits & 1 << $0 != 0 } ?? false }
        set {
            guard let index = PrivateModes.known.firstIndex(of: number) else { return }
            if newValue {
                for group in PrivateModes.exclusive where group.contains(number) {
                    for other in group { self[other] = false }
                }
                bits |= 1 << index
            } else {
                bits &= ~(1 << index)
            }
        }
    }
}
