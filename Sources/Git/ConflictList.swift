import CGit2

/// Reading the conflicts of an index that a merge made.
enum ConflictList {
    static func read(
        _ index: borrowing Owned, _ repository: OpaquePointer
    ) throws(GitError) -> [MergeResult.Conflict] {
        let merged = index.pointer
        let iterator = try Owned(git_index_conflict_iterator_free, "conflicts") {
            git_index_conflict_iterator_new(&$0, merged)
        }
        var conflicts: [MergeResult.Conflict] = []
        while true {
            var (base, ours, theirs): (Entry, Entry, Entry) = (nil, nil, nil)
            let code = git_index_conflict_next(&base, &ours, &theirs, iterator.pointer)
            if code == GIT_ITEROVER.rawValue { break }
            try LibGit2.check(code, "conflicts")
            guard let path = (ours ?? theirs ?? base)?.pointee.path else { continue }
            conflicts.append(
                MergeResult.Conflict(
                    path: String(cString: path), kind: kind(base, ours, theirs),
                    lines: lines(base, ours, theirs, repository)))
        }
        return conflicts.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private typealias Entry = UnsafePointer<git_index_entry>?

    private static func kind(_ base: Entry, _ ours: Entry, _ theirs: Entry) -> MergeResult.Kind {
        switch (base != nil, ours != nil, theirs != nil) {
        case (true, true, true): .bothChanged
        case (false, true, true): .bothAdded
        case (true, false, true): .deletedByFirst
        case (true, true, false): .deletedBySecond
        default: .other
        }
    }

    /// Where conflict marks stand in the merged file, in lines of our side; none for what is no text.
    private static func lines(
        _ base: Entry, _ ours: Entry, _ theirs: Entry, _ repository: OpaquePointer
    ) -> [ClosedRange<Int>] {
        guard let ours, let theirs else { return [] }
        var file = git_merge_file_result()
        defer { git_merge_file_result_free(&file) }
        guard git_merge_file_from_index(&file, repository, base, ours, theirs, nil) == 0,
            file.automergeable == 0, let text = file.ptr
        else { return [] }
        return ranges(inMarked: UnsafeRawBufferPointer(start: text, count: file.len))
    }

    /// Counts lines that are of our side, and notes those between `<<<<<<<` and `=======`.
    static func ranges(inMarked text: UnsafeRawBufferPointer) -> [ClosedRange<Int>] {
        func isMark(_ line: Slice<UnsafeRawBufferPointer>, _ byte: UInt8) -> Bool {
            line.prefix(8).prefix { $0 == byte }.count == 7
        }
        var ranges: [ClosedRange<Int>] = []
        var (line, start, isTheirs) = (1, Int?.none, false)
        for part in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if start == nil, isMark(part, 0x3C) {
                start = line
            } else if let first = start, !isTheirs, isMark(part, 0x3D) {
                // Where our side only deleted, the line before stands for it.
                ranges.append(first...max(first, line - 1))
                isTheirs = true
            } else if isTheirs, isMark(part, 0x3E) {
                (start, isTheirs) = (nil, false)
            } else if !isTheirs {
                line += 1
            }
        }
        return ranges
    }
}
