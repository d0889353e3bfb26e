internal import Git
internal import Glibc
internal import KeeperProtocol
internal import Lifecycle
internal import Linux
public import Logging
internal import SessionModel
internal import Store
internal import Synchronization

/// The one owner of a repository's sessions: brings each where its file wants it, and tells what is true.
///
/// One thread runs `run`; everything here belongs to it. What it decides is in `Lifecycle`; the files beside
/// this one each hold one kind of what it does.
public final class Supervisor {
    /// The main worktree's root, or the folder of a bare repository.
    let root: String
    /// The Git directory that all worktrees share.
    let commonDirectory: String
    let generation: Int
    let startedAt: Timestamp
    let ownership: Ownership
    let tracked: TrackedGuard
    /// Where the repository was moved to, once it isn't at `root` any more.
    var newRoot: String?
    /// Milliseconds until it is looked at the next time whether a Git command has ended.
    var gitLookMs: Int64?
    /// `.claudia` was wiped while no supervisor ran.
    let wasWiped: Bool
    /// After how many milliseconds a session file that somebody has open is looked at the next time.
    var lookAgainMs: [SessionName: Int64] = [:]
    /// When `.claudia` was last found wiped, in nanoseconds of `Clock.bootNs`.
    var wipedAtNs: Int64?
    let lock: FileLock
    let privateFolder: PrivateFolder
    var publicFolder: PublicFolder
    var events: EventLog
    let log: Logger
    let logSink: JSONLogHandler.Sink
    /// The environment that `up` was given: that of the agents.
    let environment: [String: String]
    let bootID: String

    let poller: Poller
    let signals: SignalQueue
    let inotify: Inotify
    let listener: MessageListener
    /// Makes and removes worktrees, one at a time.
    let worker: Worker<WorkResult>
    /// Keeps states and merges them, so that none waits for a worktree.
    let differ: Worker<WorkResult>
    /// Deletes what lay in the trash long enough; that may take minutes.
    let sweeper: Worker<WorkResult>
    /// Makes worktrees ahead of need, and deletes those that aren't needed.
    let pooler: Worker<WorkResult>
    /// Whether it is at work.
    var isPoolBusy = false
    /// Reads agents' screens.
    let reader: Worker<WorkResult>
    var deadlines: Deadlines
    /// The terminal in which it runs, where somebody looks on.
    var outerTerminal: OuterTerminal?
    var tokens = TokenTable()

    /// `config.json` as it was last understood.
    var settings = Settings()
    var config: RepositoryConfig { settings.config }
    var configDigest: String?
    var configProblem: FileProblem?
    var sessions: [SessionName: ManagedSession] = [:]
    var watches: [Int32: Watched] = [:]
    var orderLast = 0
    var misnamed: Set<String> = []
    /// Sessions whose keepers are being asked at the start.
    var adopting: Set<SessionName> = []
    var announcement: Descriptor?
    /// Whether those who wait for it were told that every keeper was asked.
    var isAnnounced = false
    var clients: [Int: ControlConnection] = [:]
    var clientLast = 0
    /// Calls of tools that agents' hooks wait to hear about, by client.
    var calls: [Int: OpenCall] = [:]
    var hooks: [Int: RunningHook] = [:]
    var hookLast = 0
    var hooksWaiting: [String: [Event]] = [:]
    var publishedCounts: SupervisorStatus?
    /// Whether `supervisor.json` couldn't be written; it waits for the next try.
    var countsWait = false
    /// Sessions whose record can't be read: nothing of them is touched.
    var unreadable: Set<SessionName> = []
    /// Those of them whose record may be read later.
    var unread: Set<SessionName> = []
    /// What couldn't be done at the last try.
    var troubles: Set<String> = []
    /// Milliseconds until the next try.
    var againMs = Patience.againMs
    var areFoldersWatched = false
    /// Whether the public folder holds the links to `events.jsonl`.
    var areEventsPublished = true
    /// Whether what was wiped couldn't be put back at the last try.
    var isPutBackFailing = false
    /// Whether the socket is out of the poller, since connections couldn't be taken.
    var isDeaf = false
    /// Events that couldn't be written yet, oldest first.
    var eventsWaiting: [WaitingEvent] = []
    /// Events that weren't kept since too many wait.
    var eventsLost = 0
    /// What events told of sessions shortly before this supervisor started.
    var toldBefore: [SessionName: ToldBefore] = [:]
    /// Sessions with another state than they were merged with in memory, and whether that goes on.
    var changedStates: Set<SessionName> = []
    var isMerging = false
    /// Sessions that are being put back from the trash.
    var restoring: Set<SessionName> = []
    /// Keepers and hooks that this process started and has to reap.
    var children: Set<Int32> = []
    /// `down --all` was asked for.
    var isEndingAll = false
    var isOver = false

    /// Takes the repository that `path` lies in, unless another supervisor has it.
    ///
    /// With `echoesLog` somebody looks on: the log goes to standard error too, and a terminal is told what agents do.
    public init(
        repositoryAt path: String, echoesLog: Bool, logLevel: Logger.Level
    ) throws(SupervisorError) {
        Signals.ignore(SIGPIPE)
        let place = try supervising { try Supervisor.locate(path) }
        root = place.root
        commonDirectory = place.commonDirectory
        ownership = Ownership(root: place.root, commonDirectory: place.commonDirectory)
        tracked = TrackedGuard(root: place.root, commonDirectory: place.commonDirectory)
        let ownership = ownership
        let standing = try supervising { try ownership.enter() }
        let privateFolder = try supervising { try PrivateFolder(making: place.commonDirectory) }
        lock = try Supervisor.takeLock(privateFolder, root: place.root)
        try supervising {
            if case .moved(let record) = standing {
                try Relocation(moved: record, to: place.root, commonDirectory: place.commonDirectory).run()
                try ownership.update(record)
            }
            try privateFolder.note(root: place.root)
        }
        let wasWhole = (try? PublicFolder(existing: place.root))?.isWhole() ?? false
        let publicFolder = try supervising { try PublicFolder(making: place.root) }
        _ = try supervising { try GitExclude.add(to: privateFolder) }
        generation = try supervising { try Supervisor.nextGeneration(privateFolder) }
        wasWiped = generation > 1 && (!wasWhole || Supervisor.isOther(publicFolder, than: privateFolder))
        startedAt = Timestamp(ms: Clock.realMs)
        let sink = JSONLogHandler.Sink(echoes: echoesLog)
        logSink = sink
        log = Logger(label: "claudia") { _ in JSONLogHandler(sink, level: logLevel) }
        events = try supervising {
            try EventLog(in: privateFolder.folder, publishingTo: publicFolder.folder)
        }
        environment = Supervisor.ownEnvironment()
        bootID = ProcessTable.bootID()
        signals = try supervising { try SignalQueue([SIGCHLD, SIGTERM, SIGINT, SIGHUP]) }
        poller = try supervising { try Poller() }
        inotify = try supervising { try Inotify() }
        listener = try supervising {
            try MessageListener(in: privateFolder.folder, name: ControlClient.socketName)
        }
        self.privateFolder = privateFolder
        self.publicFolder = publicFolder
        worker = try supervising { try Worker(name: "worktrees") }
        differ = try supervising { try Worker(name: "states") }
        sweeper = try supervising { try Worker(name: "trash") }
        pooler = try supervising { try Worker(name: "pool") }
        reader = try supervising { try Worker(name: "screens") }
        deadlines = try supervising { try Deadlines() }
        try openLog()
        try supervising { try registerSources() }
    }

    private static func locate(_ path: String) throws -> (root: String, commonDirectory: String) {
        let repository = try Repository(discovering: path)
        return (repository.mainWorktree, repository.commonDirectory)
    }

    /// Whether the public folder is another one than at the last supervisor's time.
    static func isOther(
        _ publicFolder: borrowing PublicFolder, than privateFolder: borrowing PrivateFolder
    ) -> Bool {
        let kept = try? MachineFile.read(String.self, from: FileNames.mark, in: privateFolder.folder)
        let now = try? MachineFile.read(String.self, from: FileNames.mark, in: publicFolder.folder)
        return kept == nil || kept != now
    }

    private static func nextGeneration(_ privateFolder: borrowing PrivateFolder) throws -> Int {
        let last = try MachineFile.read(Int.self, from: FileNames.generation, in: privateFolder.folder) ?? 0
        try MachineFile.write(last + 1, to: FileNames.generation, in: privateFolder.folder)
        return last + 1
    }

    private static func ownEnvironment() -> [String: String] {
        let pairs = (ProcessTable.environment(getpid()) ?? []).compactMap { entry -> (String, String)? in
            guard let equals = entry.firstIndex(of: "=") else { return nil }
            return (String(entry[..<equals]), String(entry[entry.index(after: equals)...]))
        }
        return Dictionary(pairs) { first, _ in first }
    }

    private func registerSources() throws {
        try poller.add(signals.descriptor, .input, token: tokens.add(.signals))
        try poller.add(inotify.descriptor, .input, token: tokens.add(.watcher))
        try poller.add(deadlines.timer.descriptor, .input, token: tokens.add(.timer))
        try poller.add(listener.descriptor, .input, token: tokens.add(.control))
        try poller.add(worker.wakeup.descriptor, .input, token: tokens.add(.worker))
        try poller.add(differ.wakeup.descriptor, .input, token: tokens.add(.differ))
        try poller.add(pooler.wakeup.descriptor, .input, token: tokens.add(.pooler))
        try poller.add(sweeper.wakeup.descriptor, .input, token: tokens.add(.sweeper))
        try poller.add(reader.wakeup.descriptor, .input, token: tokens.add(.reader))
    }

    /// Opens `supervisor.log` in the public folder as it is now.
    func openLog() throws(SupervisorError) {
        try supervising { try logSink.file.withLock { $0 = try LogFile(in: publicFolder.folder) } }
    }
}
