internal import Glibc
internal import KeeperProtocol
internal import Linux
internal import SessionModel

/// The program `claudia-keeper`.
public enum KeeperProgram {
    /// Keeps one session until its end; returns the program's exit code.
    public static func run(_ arguments: [String]) -> Int32 {
        if arguments.dropFirst().elementsEqual(["--version"]) {
            tell(1, claudiaVersion)
            return 0
        }
        let inherited = KeeperStart.Inherited.self
        let numbers = inherited.orders...inherited.readiness
        guard arguments.count < 2, numbers.allSatisfy({ fcntl($0, F_GETFD) >= 0 }) else {
            tell(2, "claudia-keeper: this program is started by claudia, one for each session, not by hand.")
            return 64
        }
        for number in numbers { _ = fcntl(number, F_SETFD, FD_CLOEXEC) }
        let readiness = Descriptor(adopting: inherited.readiness)
        do {
            let keeper = try begin()
            try? readiness.writeAll(Readiness.ready(agentPID: keeper.agentPID).encoded())
            _ = consume readiness
            Memory.settle()
            Scheduling.preferLatency()
            return keeper.run()
        } catch {
            let sentence: String
            switch error {
            case .sentence(let text): sentence = text
            case .notStartedRight: sentence = "The keeper's orders can't be read."
            }
            try? readiness.writeAll(Readiness.failed(sentence).encoded())
            return 111
        }
    }

    private static func begin() throws(KeeperFailure) -> Keeper {
        let inherited = KeeperStart.Inherited.self
        let folders = SessionFolders(
            hidden: Folder(adopting: Descriptor(adopting: inherited.privateFolder)),
            open: Folder(adopting: Descriptor(adopting: inherited.publicFolder)))
        let agentFolder = Folder(adopting: Descriptor(adopting: inherited.agentFolder))
        guard let bytes = try? Descriptor(adopting: inherited.orders).readToEnd(most: KeeperOrders.bytesMax),
            let orders = KeeperOrders(decoding: bytes)
        else { throw .notStartedRight }
        do throws(SystemError) {
            return try Keeper(orders, folders, agentFolder: agentFolder)
        } catch {
            let program = orders.arguments.first ?? ""
            if error.call == "posix_spawn" {
                throw .sentence("The agent “\(program)” can't be started: \(error.text).")
            }
            if error.call == "flock" { throw .sentence("Another keeper has this session.") }
            throw .sentence("The session can't be kept: \(error.message).")
        }
    }

    private static func tell(_ number: CInt, _ text: String) {
        let line = Array((text + "\n").utf8)
        _ = line.withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
    }
}
