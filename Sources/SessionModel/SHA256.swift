/// SHA-256 as FIPS 180-4 describes it: tells whether a file is still the one that its owner has trusted.
public enum SHA256 {
    /// The digest of `message`, in 64 hexadecimal digits.
    public static func digest(_ message: [UInt8]) -> String {
        var state: [UInt32] = roots(of: 8) { $0.squareRoot() }
        var tail = Array(message[(message.count / 64 * 64)...]) + [0x80]
        while tail.count % 64 != 56 { tail.append(0) }
        let bits = UInt64(message.count) * 8
        tail += (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
        for start in stride(from: 0, to: message.count / 64 * 64, by: 64) {
            absorb(message[start..<(start + 64)], into: &state)
        }
        for start in stride(from: 0, to: tail.count, by: 64) {
            absorb(tail[start..<(start + 64)], into: &state)
        }
        return state.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    /// The constants of the 64 rounds.
    private static let constants = roots(of: 64) { cubeRoot($0) }

    private static func absorb(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        var schedule = [UInt32](repeating: 0, count: 64)
        for (index, byte) in block.enumerated() {
            schedule[index / 4] = schedule[index / 4] << 8 | UInt32(byte)
        }
        for index in 16..<64 {
            let (early, late) = (schedule[index - 15], schedule[index - 2])
            let first = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3
            let second = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10
            schedule[index] = schedule[index - 16] &+ first &+ schedule[index - 7] &+ second
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for index in 0..<64 {
            let mixed = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
            let one = h &+ mixed &+ (e & f ^ ~e & g) &+ constants[index] &+ schedule[index]
            let two = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) &+ (a & b ^ a & c ^ b & c)
            (h, g, f, e, d, c, b, a) = (g, f, e, d &+ one, c, b, a, one &+ two)
        }
        for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word >> count | word << (32 - count)
    }

    /// The first 32 bits behind the point of a root of each of the first `count` primes.
    private static func roots(of count: Int, _ root: (Double) -> Double) -> [UInt32] {
        let primes = (2...311).lazy.filter { number in !(2..<number).contains { number % $0 == 0 } }
        return primes.prefix(count).map { prime in
            let value = root(Double(prime))
            return UInt32((value - value.rounded(.down)) * 4_294_967_296)
        }
    }

    /// By Newton's method, exact to the last bits of a Double.
    private static func cubeRoot(_ number: Double) -> Double {
        (0..<40).reduce(number) { guess, _ in guess - (guess * guess * guess - number) / (3 * guess * guess) }
    }
}
