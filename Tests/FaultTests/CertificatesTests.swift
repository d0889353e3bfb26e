import Testing

struct CertificatesTests {
    @Test func `a verb that reads the repository opens none of the machine's certificates`() throws {
        try Sandbox.withSupervisor { box in
            try box.make("fix", shell: "echo ready; sleep 1000")
            try box.untilPrinted("ready", "fix")
            let file = "\(box.home)/opened.txt"
            let program = try Sandbox.program()
            try box.sh("strace -f -o '\(file)' -e trace=open,openat '\(program)' diff --stat fix")
            let opened = try #require(text(of: file))
            #expect(opened.contains("libgit2") && opened.contains("/index\""))
            #expect(!opened.contains("/etc/ssl/certs"))
        }
    }
}
