/// A problem is thrown by what reads files that people write.
extension FileProblem: Error {}
