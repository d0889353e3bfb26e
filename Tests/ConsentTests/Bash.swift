import Glibc
import Linux
import Testing

/// The real bash, asked what it makes of words and scripts.
enum Bash {
    /// What a script prints when it is given these words; it runs in an empty folder.
    static func output(of script: String, _ words: [String]) throws -> [UInt8] {
        var ends: [CInt] = [-1, -1]
        try #require(pipe(&ends) == 0)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let output = Descriptor(adopting: ends[0])
        var template = Array("/tmp/claudia-bash-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer { rmdir(folder) }
        let null = try #require(open("/dev/null", O_RDWR | O_CLOEXEC) as CInt?)
        defer { close(null) }
        var spawn = Spawn(
            ["/bin/bash", "-c", script, "bash"] + words,
            environment: ["PATH": "/usr/bin:/bin", "HOME": "/home/me"])
        spawn.folder = folder
        let pid = try spawn.start(descriptors: [null, ends[1], null])
        close(ends[1])
        var bytes: [UInt8] = []
        while let more = try output.read(most: 65_536), !more.isEmpty { bytes += more }
        var status: CInt = 0
        waitpid(pid, &status, 0)
        return bytes
    }

    /// Which of the scripts bash can parse; none is run.
    static func parses(_ scripts: [String]) throws -> [Bool] {
        let check =
            #"for s; do if printf '%s' "$s" | bash -n 2>/dev/null; then printf 1; else printf 0; fi; done"#
        return try output(of: check, scripts).map { $0 == UInt8(ascii: "1") }
    }

    /// The words that bash makes of each text; nil for one that it can't read.
    static func words(of texts: [String]) throws -> [[String]?] {
        let expand = """
            a=("$@")
            for s in "${a[@]}"; do
                if eval "set -- $s"$'\\n' 2>/dev/null; then for x; do printf '=%s\\0' "$x"; done; else printf '!\\0'; fi
                printf '\\n\\0'
            done
            """
        var result: [[String]?] = []
        var current: [String]? = []
        for part in try output(of: expand, texts).split(separator: 0) {
            let text = String(decoding: part, as: UTF8.self)
            if text == "\n" {
                result.append(current)
                current = []
            } else if text == "!" {
                current = nil
            } else {
                current?.append(String(text.dropFirst()))
            }
        }
        return result
    }
}
