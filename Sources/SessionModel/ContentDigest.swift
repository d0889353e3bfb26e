/// Digests of what people wrote: 64-bit FNV-1a in 16 hexadecimal digits.
///
/// Tells whether a text is the one that was answered; not meant against somebody who looks for collisions.
public enum ContentDigest {
    /// The digest of `bytes` (offset basis and prime as in draft-eastlake-fnv).
    public static func of(_ bytes: some Sequence<UInt8>) -> String {
        let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
