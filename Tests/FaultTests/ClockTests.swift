import Glibc
import Linux
import SessionModel
import Testing

/// The wall clock jumps; time-outs go by another one.
@Suite struct `The wall clock jumps` {
    /// Shifts the wall clock of the programs that it is loaded into by the seconds that a file holds.
    private static let shim = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>
        static long shift(void) {
            char text[32] = {0};
            const char *path = getenv("CLOCK_SHIFT");
            long fd = path ? syscall(SYS_open, path, O_RDONLY | O_CLOEXEC) : -1;
            if (fd < 0) return 0;
            if (syscall(SYS_read, fd, text, sizeof text - 1) < 0) text[0] = 0;
            syscall(SYS_close, fd);
            return atol(text);
        }
        int clock_gettime(clockid_t clock, struct timespec *now) {
            int result = (int)syscall(SYS_clock_gettime, clock, now);
            if (clock == CLOCK_REALTIME) now->tv_sec += shift();
            return result;
        }
        int gettimeofday(struct timeval *restrict now, void *restrict zone) {
            int result = (int)syscall(SYS_gettimeofday, now, zone);
            now->tv_sec += shift();
            return result;
        }
        time_t time(time_t *at) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            if (at) *at = now.tv_sec;
            return now.tv_sec;
        }

        """

    private static let hour = 3_600

    @Test(arguments: [hour, -hour]) func `clock`(jump: Int) throws {
        try Sandbox.with { box in
            try write(Self.shim, to: "\(box.home)/shim.c")
            try box.sh("cc -shared -fPIC -O1 -o shim.so shim.c", in: box.home)
            try shift(0, in: box)
            box.environment["LD_PRELOAD"] = "\(box.home)/shim.so"
            box.environment["CLOCK_SHIFT"] = "\(box.home)/shift"
            try box.ok("up", "--detach")
            try box.make("fix", shell: "echo ready; read x; exit 7")
            try box.wait("fix", "running")
            let status = try #require(try box.status("fix"))
            #expect(try shown(by: box) == 0, "the clock isn't shifted yet")
            try expectNoEarlyRemoval(of: "fix", jump, in: box)
            #expect(try shown(by: box) == jump, "the shim works")
            #expect(try box.status("fix")?.agentPID == status.agentPID)
            try expectTimeOutOf(seconds: 2, jump, in: box)
            try expectEndKnown(jump, in: box)
            try expectRemovalInTime(jump, in: box)
        }
    }

    /// A file that is back within the second was never removed, however late the wall clock says it is.
    private func expectNoEarlyRemoval(of name: String, _ jump: Int, in box: Sandbox) throws {
        let content = try #require(text(of: box.file(name)))
        _ = unlink(box.file(name))
        try shift(jump, in: box)
        try box.pause(ms: 300)
        try write(content, to: box.file(name))
        try box.pause(ms: 1_200)
        #expect(try box.status(name)?.phase == .running)
    }

    private func expectTimeOutOf(seconds: Int, _ jump: Int, in box: Sandbox) throws {
        try shift(0, in: box)
        let begin = Clock.bootNs
        let wait = try box.start([try Sandbox.program(), "wait", "fix", "exited", "--timeout", "\(seconds)"])
        try box.pause(ms: 500)
        try shift(jump, in: box)
        #expect(try wait.ending().code == 124)
        let tookMs = (Clock.bootNs - begin) / 1_000_000
        #expect(tookMs >= seconds * 1_000)
        #expect(tookMs < Scale.limitMs(Int64(seconds) * 1_000 + 1_000))
    }

    /// An agent that ended while nobody watched ended so, though that was before its start by the wall clock.
    private func expectEndKnown(_ jump: Int, in box: Sandbox) throws {
        let keeper = try #require(try box.status("fix")?.keeperPID)
        try box.killSupervisor()
        try shift(-jump, in: box)
        // The keeper's own clock isn't shifted: the start was noted an hour off.
        try box.sh(
            "sed -i 's/\"startedAt\" : \"[^\"]*/\"startedAt\" : \"2099-01-01T00:00:00.000Z/' .git/claudia/sessions/fix/record.json"
        )
        try box.sh("kill -TERM \(keeper)")
        try box.until("the keeper has left") {
            ProcessTable.entry(keeper).map { $0.state == "Z" } ?? true ? true : nil
        }
        try box.ok("up", "--detach")
        try box.wait("fix", "exited")
        #expect(try box.status("fix")?.exit?.signal == "SIGTERM")
    }

    private func expectRemovalInTime(_ jump: Int, in box: Sandbox) throws {
        let begin = Clock.bootNs
        _ = unlink(box.file("fix"))
        try shift(jump, in: box)
        try box.untilRemoved("fix")
        let tookMs = (Clock.bootNs - begin) / 1_000_000
        #expect((1_000..<Scale.limitMs(3_000)).contains(tookMs))
    }

    private func shift(_ seconds: Int, in box: Sandbox) throws {
        try write("\(seconds)\n", to: "\(box.home)/shift.new")
        _ = rename("\(box.home)/shift.new", "\(box.home)/shift")
    }

    /// How many seconds the supervisor's clock is off, by the last event, to the nearest hour.
    private func shown(by box: Sandbox) throws -> Int {
        try box.sh(
            "touch .claudia/config.json; echo '{\"trash_days\": \(Int.random(in: 20...90_000))}' > .claudia/config.json"
        )
        let count = try box.events().count
        try box.until("an event") { try box.events().count > count ? true : nil }
        let at = try #require(try box.events().last?.at.ms)
        return Int((Double(at - Clock.realMs) / 3_600_000).rounded()) * 3_600
    }
}
