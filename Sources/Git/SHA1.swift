/// SHA-1 as FIPS 180-4 describes it, for the checksum at an index's end; libgit2 doesn't export its own.
struct SHA1 {
    private var state: (UInt32, UInt32, UInt32, UInt32, UInt32) = (
        0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0
    )

    /// The twenty bytes of `message`'s digest.
    static func digest(_ message: [UInt8]) -> [UInt8] {
        var hash = SHA1()
        let whole = message.count / 64 * 64
        var schedule = [UInt32](repeating: 0, count: 80)
        var tail = Array(message[whole...]) + [0x80]
        while tail.count % 64 != 56 { tail.append(0) }
        let bits = UInt64(message.count) * 8
        tail += (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
        schedule.withUnsafeMutableBufferPointer { words in
            message.withUnsafeBytes { bytes in
                for start in stride(from: 0, to: whole, by: 64) { hash.absorb(bytes, at: start, words) }
            }
            tail.withUnsafeBytes { bytes in
                for start in stride(from: 0, to: bytes.count, by: 64) { hash.absorb(bytes, at: start, words) }
            }
        }
        let state = hash.state
        return [state.0, state.1, state.2, state.3, state.4].flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) }
        }
    }

    private mutating func absorb(
        _ bytes: UnsafeRawBufferPointer, at start: Int, _ words: UnsafeMutableBufferPointer<UInt32>
    ) {
        for index in 0..<16 {
            words[index] = UInt32(
                bigEndian: bytes.loadUnaligned(fromByteOffset: start + 4 * index, as: UInt32.self))
        }
        for index in 16..<80 {
            let mixed = words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16]
            words[index] = Self.rotate(mixed, 1)
        }
        var (a, b, c, d, e) = state
        func step(_ function: UInt32, _ constant: UInt32, _ word: UInt32) {
            let sum = Self.rotate(a, 5) &+ function &+ e &+ constant &+ word
            (a, b, c, d, e) = (sum, a, Self.rotate(b, 30), c, d)
        }
        for index in 0..<20 { step((b & c) | (~b & d), 0x5A82_7999, words[index]) }
        for index in 20..<40 { step(b ^ c ^ d, 0x6ED9_EBA1, words[index]) }
        for index in 40..<60 { step((b & c) | (b & d) | (c & d), 0x8F1B_BCDC, words[index]) }
        for index in 60..<80 { step(b ^ c ^ d, 0xCA62_C1D6, words[index]) }
        state = (state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d, state.4 &+ e)
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word << count | word >> (32 - count)
    }
}
