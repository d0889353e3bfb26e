internal import CLinux
internal import Glibc

extension Descriptor {
    /// The most bytes that the names of a file's extended attributes have (XATTR_LIST_MAX).
    private static let attributeNamesMax = 65_536

    /// The names of an open file's extended attributes, access lists among them; none where the file system has none.
    public static func attributeNames(of number: CInt) throws(SystemError) -> [String] {
        var names = [CChar](repeating: 0, count: attributeNamesMax)
        let count = names.withUnsafeMutableBufferPointer {
            clinux_list_attributes(number, $0.baseAddress, $0.count)
        }
        if count < 0, errno == ENOTSUP { return [] }
        guard count >= 0 else { throw .last("flistxattr") }
        return names.prefix(count).split(separator: 0).map { name in
            String(decoding: name.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}
