/// Names of branches, by the rules of git-check-ref-format(1) and of files.
public enum RefName {
    /// The most bytes between two slashes: a file's name has 255 at most, and `.lock` is added to it.
    public static let partLengthMax = 250

    /// What is wrong with `text` as a branch's name, as the end of "the name … "; nil when nothing is.
    public static func problem(in text: String) -> String? {
        if text.isEmpty { return "is empty" }
        if text == "@" || text == "HEAD" { return "is reserved by Git" }
        if text.hasPrefix("-") { return "may not begin with '-'" }
        if text.hasSuffix(".") { return "may not end in '.'" }
        for scalar in text.unicodeScalars {
            if scalar.value <= 0x20 || scalar.value == 0x7F {
                return "may hold no blank or control character"
            }
            if "~^:?*[\\".unicodeScalars.contains(scalar) { return "may not hold '\(scalar)'" }
        }
        let bytes = Array(text.utf8)
        let pairs = zip(bytes, bytes.dropFirst())
        if pairs.contains(where: { $0 == 0x2E && $1 == 0x2E }) { return "may not hold '..'" }
        if pairs.contains(where: { $0 == 0x40 && $1 == 0x7B }) { return "may not hold '@{'" }
        for part in bytes.split(separator: 0x2F, omittingEmptySubsequences: false) {
            if part.isEmpty { return "may not begin or end with '/' or hold '//'" }
            if part.first == 0x2E { return "may hold no part that begins with '.'" }
            if part.suffix(5).elementsEqual(".lock".utf8) { return "may hold no part that ends in '.lock'" }
            if part.count > partLengthMax { return "may hold no part of more than \(partLengthMax) bytes" }
        }
        return nil
    }
}
