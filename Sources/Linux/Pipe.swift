internal import CLinux
internal import Glibc

/// A pipe(2), closed on exec; reading it doesn't block, writing does.
public struct Pipe: ~Copyable {
    /// What is written into `writing` comes out here.
    public let reading: Descriptor
    /// Reading ends when this and all its copies are closed.
    public let writing: Descriptor

    /// Makes a pipe.
    public init() throws(SystemError) {
        var ends: [CInt] = [-1, -1]
        try check("pipe2") { clinux_pipe(&ends) }
        reading = Descriptor(adopting: ends[0])
        writing = Descriptor(adopting: ends[1])
    }

    /// Closes the writing end and keeps the other.
    public consuming func takeReading() -> Descriptor { reading }
}
