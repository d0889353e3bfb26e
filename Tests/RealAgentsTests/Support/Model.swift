import FoundationEssentials
import Glibc
import Linux
import Testing

/// The model that the agents of a sandbox talk with: `Model/model.py`, which does what its messages say.
final class Model {
    /// A request that an agent made, as the model logs it.
    struct Request: Decodable {
        /// The last message of the person.
        let text: String
        /// How many results of tools came after it.
        let results: Int
        /// The HTTP status that was answered.
        let status: Int
        /// All that the person has said in this conversation.
        let told: [String]
    }

    private static let program =
        #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Model/model.py"

    /// Where it listens.
    let address: String
    private let log: String
    private let process: ProcessHandle
    private var life: Life?

    /// It ends when this is closed, however the tests end.
    private final class Life {
        let pipe: Linux.Pipe
        init() throws {
            pipe = try Linux.Pipe()
            // Its standard input is read as one that blocks.
            try check(fcntl(pipe.reading.number, F_SETFL, 0), "fcntl")
        }
    }

    init(in box: Sandbox) throws {
        let port = "\(box.home)/model.port"
        log = "\(box.home)/model.log"
        let life = try Life()
        // Without the sandbox's mark: it is none of the processes that tests look for.
        let spawn = Spawn(
            ["python3", Model.program, port, log],
            environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"])
        process = try ProcessHandle(try spawn.start(descriptors: [life.pipe.reading.number]))
        self.life = life
        let number = try box.until("the model's port") {
            text(of: port)?.firstRange(of: "\n") == nil ? nil : text(of: port)
        }
        address = "http://127.0.0.1:\(number.dropLast())"
    }

    /// All requests so far.
    func requests() throws -> [Request] {
        let lines = (text(of: log) ?? "").split(separator: "\n")
        return try lines.map { try JSONDecoder().decode(Request.self, from: Data($0.utf8)) }
    }

    /// Ends it.
    func end() throws {
        life = nil
        if try !isReadable(process.descriptor, ms: 5_000) { try process.send(SIGKILL) }
        _ = try isReadable(process.descriptor, ms: 5_000)
        _ = try Ending.reap(process.pid)
    }
}
