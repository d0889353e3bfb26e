extension ProgramTable {
    /// Programs that tell of the machine and its processes.
    static let systemTools: [Program] = [
        Program("ps", "", .free, processes),
        Program("pgrep", "-flanoxcu:P:d: full list-name list-full count newest oldest exact", Operands.text),
        Program("pidof pstree", "-psa", Operands.text),
        Program("top", "-bn:p:d:o:u:w:", batch),
        Program("lsof", "-i?nPp:tac:u:s:d:", Operands.text),
        Program("ss netstat", "-tulnpaxsrie4 tcp udp listening numeric processes all", Operands.none),
        Program("kill", "", .free, kill),
        Program("vmstat iostat", "-hxdkm", Operands.text),
        Program("sw_vers lsb_release hostnamectl", "-asdcir all short", Operands.none),
        Program(
            "systemctl", "no-pager", .stopping,
            Operands.commands([
                Program("status is-active is-enabled list-units", "no-pager type: all user", Operands.text)
            ])),
        Program(
            "apt-cache", "", .stopping,
            Operands.commands([Program("policy search show depends", "", Operands.text)])),
        Program("dpkg", "-lLsS", Operands.text),
        Program("dpkg-query", "-Wlf:Ls show showformat: list status", Operands.text),
        Program(
            "brew", "", .stopping,
            Operands.commands([
                Program("list info --version config leaves", "versions json? formula cask", Operands.text)
            ])),
    ]

    private static let processes: Program.Body = { judge, parsed, call in
        for operand in parsed.operands {
            guard let text = operand.literal else {
                if !operand.isNumber, operand.isUnknown {
                    judge.find(.ask, .unknownOption, "'ps' with \(operand.shown.quoted) isn't understood.")
                }
                continue
            }
            // Without a dash `e` shows the environment.
            let isFlags =
                !text.hasPrefix("-") && text.utf8.count < 7 && text.allSatisfy { "axuwefljnrhv".contains($0) }
            if isFlags && text.contains("e") || text.hasPrefix("-") && text.contains("E")
                || text.contains("env")
            {
                judge.find(.ask, .secret, "'ps' with \(text.quoted) shows the variables of other programs.")
            }
        }
        return .unknown
    }

    private static let batch: Program.Body = { judge, parsed, call in
        if !parsed.has("b") { judge.find(.ask, .processes, "'top' waits for keys.") }
        return .unknown
    }

    private static let kill: Program.Body = { judge, parsed, call in
        let first = parsed.operands.first?.literal
        if first == "-0" || first == "-l" || first == "-L" { return .unknown }
        // The shell's own jobs.
        if !parsed.operands.isEmpty, parsed.operands.allSatisfy({ $0.literal?.hasPrefix("%") ?? false }) {
            return .unknown
        }
        judge.find(.ask, .processes, "'kill' ends processes.")
        return .unknown
    }

    /// Programs that bring in what others wrote.
    static let networkPrograms: Set<String> = [
        "curl", "wget", "http", "https", "nc", "ncat", "netcat", "socat", "ssh", "scp", "sftp", "ftp",
        "telnet", "lynx",
        "aria2c", "fetch", "rsync", "openssl", "xh", "w3m", "links",
    ]

    /// Programs that are known, and never run without a person, or not at all.
    static let refusals: [String: Decision] = {
        var table: [String: Decision] = [:]
        func add(_ names: String, _ verdict: Verdict, _ rule: RuleName, _ what: String) {
            for name in names.split(separator: " ").map(String.init) {
                table[name] = Decision(verdict, rule, "\(name.quoted) \(what).")
            }
        }
        for name in networkPrograms { add(name, .ask, .network, "speaks with other machines") }
        add("dig nslookup host ping traceroute mtr whois nmap", .ask, .network, "speaks with other machines")
        add(
            """
            mkfs mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mke2fs mkswap wipefs fdisk sfdisk parted \
            sgdisk blkdiscard cryptsetup lvremove vgremove pvremove hdparm
            """,
            .never, .system, "destroys disks")
        add("shutdown reboot halt poweroff init telinit", .never, .system, "ends the machine")
        add(
            "useradd userdel usermod groupadd passwd chpasswd visudo adduser deluser chsh chfn", .never,
            .privileges, "changes who may do what")
        add(
            """
            mount umount chroot unshare nsenter insmod rmmod modprobe iptables nft ufw sysctl swapon \
            swapoff setcap losetup kexec
            """,
            .never, .system, "changes the system")
        add("crontab at batch atd systemd-run", .never, .system, "makes programs run later")
        add(
            "chattr setfacl chown chgrp shred install", .ask, .system,
            "changes what lies beyond the text of files")
        add("pkill killall xkill fuser skill", .ask, .processes, "ends processes")
        add("claudia claudia-keeper", .never, .agents, "is what watches over the agents")
        add("claude codex gemini aider opencode cursor-agent", .ask, .agents, "starts another agent")
        add(
            """
            apt apt-get aptitude yum dnf pacman zypper apk snap flatpak nix nix-env port conda mamba \
            pipx gem easy_install cpan
            """,
            .ask, .install, "installs programs")
        add(
            "vim vi nvim emacs nano ed ex less more most view pico joe", .ask, .runsCode,
            "can run any command")
        add(
            "perl ruby php lua deno osascript tclsh expect gdb lldb strace ltrace", .ask, .runsCode,
            "runs a program that isn't known")
        add(
            "tmux screen xdg-open open dbus-send gsettings xdotool wl-copy xclip pbcopy", .ask, .runsCode,
            "acts outside the session")
        add(
            "gpg gpg2 pass op bw vault security ssh-add ssh-keygen ssh-keyscan age", .ask, .secret,
            "handles keys")
        add(
            """
            aws gcloud az terraform ansible ansible-playbook helm heroku vercel netlify fly flyctl \
            firebase wrangler pulumi
            """,
            .ask, .network, "changes other machines")
        add(
            "psql mysql sqlite3 redis-cli mongosh mongo", .ask, .runsCode,
            "can run any command, and changes data")
        return table
    }()
}
