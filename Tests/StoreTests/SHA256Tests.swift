import Store
import Testing

@Suite struct SHA256Tests {
    /// From FIPS 180-4's examples.
    @Test func `the published examples`() {
        #expect(
            SHA256.digest([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            SHA256.digest(Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            SHA256.digest([UInt8](repeating: 0x61, count: 1_000_000))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func `lengths around a block, as sha256sum has them`() throws {
        let scratch = try Scratch()
        for count in [54, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000] {
            try write((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }, to: "\(scratch.path)/\(count)")
        }
        let shell = try Shell("for f in *; do [ -f $f ] && sha256sum $f; done; echo end", in: scratch.path)
        while case let line = try shell.line(), line != "end" {
            let words = line.split(separator: " ").map(String.init)
            #expect(SHA256.digest(try #require(bytes(of: "\(scratch.path)/\(words[1])"))) == words[0])
        }
    }
}
