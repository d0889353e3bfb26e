import Glibc
import Linux
import Testing

@Suite struct ProcessTests {
    private let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin"]

    private func wait(for descriptor: borrowing Descriptor) throws {
        let poller = try Poller()
        try poller.add(descriptor, .input, token: 0)
        #expect(try !poller.wait(timeoutMs: 10_000).isEmpty)
    }

    @Test func `a child has the descriptors that are named and no others`() throws {
        let pipe = try Pipe()
        let spare = try pipe.reading.duplicate()
        let pid = try Spawn(["sh", "-c", "ls /proc/self/fd >&4; echo $KEY >&4"], environment: environment)
            .start(descriptors: [-1, -1, -1, -1, pipe.writing.number])
        let process = try ProcessHandle(pid)
        try wait(for: process.descriptor)
        #expect(try Ending.reap(pid)?.code == 0)
        _ = consume spare
        let said = String(decoding: try pipe.reading.read(most: 4096) ?? [], as: UTF8.self)
        // 3 is the folder that ls itself reads, 4 the pipe.
        #expect(said == "0\n1\n2\n3\n4\n\n")
    }

    @Test(arguments: [("no-such-program", ENOENT), ("/etc/passwd", EACCES), ("", ENOENT)])
    func `a program that can't be started is an error of the call`(_ program: String, _ number: CInt) {
        let error = #expect(throws: SystemError.self) {
            try Spawn([program], environment: environment).start()
        }
        #expect(error?.number == number)
    }

    @Test func `a terminal's program has it in control, at the size that was set`() throws {
        let terminal = try PseudoTerminal(size: TerminalSize(columns: 77, rows: 22))
        var spawn = Spawn(["sh", "-c", "stty size < /dev/tty"], environment: environment)
        spawn.newSession = true
        spawn.terminal = terminal.slavePath
        let pid = try spawn.start()
        let process = try ProcessHandle(pid)
        try wait(for: process.descriptor)
        #expect(try Ending.reap(pid)?.code == 0)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 1)
        defer { buffer.deallocate() }
        let gathered = try terminal.master.gather(into: buffer)
        #expect(gathered.isEnded)
        #expect(String(decoding: buffer[..<gathered.count], as: UTF8.self) == "22 77\r\n")
    }

    @Test func `a terminal that is held open gives EAGAIN, not its end, and tells how it takes input`() throws
    {
        let terminal = try PseudoTerminal(size: .unattached)
        let slave = try terminal.openSlave()
        #expect(try terminal.master.read(most: 10) == nil)
        #expect(terminal.master.terminalInput() == .lines(end: 4))
        let raw = try RawTerminal(slave.number)
        #expect(terminal.master.terminalInput() == .bytes)
        raw.restore()
        #expect(terminal.master.terminalInput() == .lines(end: 4))
    }

    @Test func `descendants are found over generations, parents first`() throws {
        let pipe = try Pipe()
        let script = "sh -c 'sh -c \"echo ready >&3; exec sleep 60\"; :'; :"
        let pid = try Spawn(["sh", "-c", script], environment: environment)
            .start(descriptors: [-1, -1, -1, pipe.writing.number])
        try wait(for: pipe.reading)
        // What /proc lists of children may be incomplete for a moment, proc(5); not of this process at all, whose
        // threads come and go.
        var tree = ProcessTable.descendants(of: pid)
        let deadline = Clock.bootNs + 10_000_000_000
        while tree.count < 2, Clock.bootNs < deadline {
            sched_yield()
            tree = ProcessTable.descendants(of: pid)
        }
        let position = { [tree] (pid: Int32) in tree.firstIndex { $0.pid == pid } }
        #expect(tree.count >= 2)
        for entry in tree {
            if let parent = position(entry.parent), let own = position(entry.pid) { #expect(parent < own) }
        }
        #expect(ProcessTable.allDescendants(of: pid).map(\.pid).sorted() == tree.map(\.pid).sorted())
        for entry in tree { try? ProcessHandle(entry.pid).send(SIGKILL) }
        try? ProcessHandle(pid).send(SIGKILL)
        try wait(for: try ProcessHandle(pid).descriptor)
        _ = try Ending.reap(pid)
    }
}

@Suite struct FileTests {
    private func folder() throws -> Folder {
        var template = Array("/tmp/claudia-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError.last("mkdtemp") }
        return try Folder(
            at: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    @Test func `a process that is no child is told from a child that runs`() throws {
        #expect(throws: SystemError.self) { try Ending.reap(1) }
        let pipe = try Pipe()
        let pid = try Spawn(["sh", "-c", "kill -STOP $$"], environment: ["PATH": "/usr/bin:/bin"])
            .start(descriptors: [pipe.reading.number, -1, -1])
        #expect(try Ending.reap(pid) == nil)
        let child = try ProcessHandle(pid)
        try child.send(SIGKILL)
        var end = pollfd(fd: child.descriptor.number, events: Int16(POLLIN), revents: 0)
        #expect(poll(&end, 1, 10_000) == 1)
        #expect(try Ending.reap(pid)?.signal == SIGKILL)
    }

    @Test func `a lease is refused while somebody has the file open`() throws {
        let folder = try folder()
        let file = try folder.open("file", O_RDWR | O_CREAT)
        let other = try folder.open("file", O_RDONLY)
        #expect(FileLease.takeWrite(file) == .busy)
        _ = consume other
        #expect(FileLease.takeWrite(file) == .granted)
        FileLease.give(file)
        let path = folder.path() ?? ""
        _ = consume file
        try folder.remove("file")
        rmdir(path)
    }

    @Test func `a folder knows its path until it is removed`() throws {
        let folder = try folder()
        let path = folder.path() ?? ""
        #expect(path.hasPrefix("/tmp/claudia-test-"))
        rmdir(path)
        #expect(folder.path() == nil)
    }

    @Test func `a second descriptor in a message is neither taken nor left open`() throws {
        let folder = try folder()
        let listener = try MessageListener(in: folder, name: "socket")
        let sender = try MessageSocket(in: folder, name: "socket")
        guard let receiver = try listener.accept() else {
            Issue.record("nobody connected")
            return
        }
        let first = try Pipe()
        let second = try Pipe()
        send([first.writing.number, second.writing.number], over: sender.descriptor)
        var refusal: CInt?
        do { _ = try receiver.receive() } catch { refusal = error.number }
        #expect(refusal == EMSGSIZE)
        let path = folder.path() ?? ""
        try folder.remove("socket")
        rmdir(path)
        let reading = second.takeReading()
        var closed = pollfd(fd: reading.number, events: 0, revents: 0)
        #expect(poll(&closed, 1, 10_000) == 1)
    }

    /// Sends a byte with descriptors.
    private func send(_ numbers: [CInt], over socket: borrowing Descriptor) {
        // The parts of a cmsghdr (cmsg(3)): its length, level and type (SCM_RIGHTS).
        var control = withUnsafeBytes(of: 16 + 4 * numbers.count) { Array($0) }
        for number in [SOL_SOCKET, 1] + numbers { control += withUnsafeBytes(of: number) { Array($0) } }
        let number = socket.number
        var byte: UInt8 = 0x61
        let sent = withUnsafeMutableBytes(of: &byte) { byte in
            control.withUnsafeMutableBytes { control in
                var part = iovec(iov_base: byte.baseAddress, iov_len: 1)
                return withUnsafeMutablePointer(to: &part) { part in
                    var message = msghdr()
                    (message.msg_iov, message.msg_iovlen) = (part, 1)
                    (message.msg_control, message.msg_controllen) = (control.baseAddress, control.count)
                    return sendmsg(number, &message, 0)
                }
            }
        }
        #expect(sent == 1)
    }

    @Test func `a file in memory is read from its beginning`() throws {
        let file = try Descriptor.memory("test", [1, 2, 3])
        #expect(try file.readToEnd(most: 10) == [1, 2, 3])
    }
}
