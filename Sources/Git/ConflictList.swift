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
            let lines = Self.merged(base, ours, theirs, repository)?.lines ?? []
            if let conflict = Self.conflict(base, ours, theirs, lines) { conflicts.append(conflict) }
        }
        return conflicts.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    typealias Entry = UnsafePointer<git_index_entry>?

    static func conflict(
        _ base: Entry, _ ours: Entry, _ theirs: Entry, _ lines: [ClosedRange<Int>]
    ) -> MergeResult.Conflict? {
        guard let path = (ours ?? theirs ?? base)?.pointee.path else { return nil }
        return MergeResult.Conflict(
            path: String(cString: path), kind: kind(base, ours, theirs), lines: lines)
    }

    private static func kind(_ base: Entry, _ ours: Entry, _ theirs: Entry) -> MergeResult.Kind {
        switch (base != nil, ours != nil, theirs != nil) {
        case (true, true, true): .bothChanged
        case (false, true, true): .bothAdded
        case (true, false, true): .deletedByFirst
        case (true, true, false): .deletedBySecond
        default: .other
        }
    }

    /// Whether a file merges, else where conflict marks stand in it, in lines of our side; none for what is no text.
    ///
    /// Nil where it is only on one side, or can't be read.
    static func merged(
        _ base: Entry, _ ours: Entry, _ theirs: Entry, _ repository: OpaquePointer
    ) -> (isClean: Bool, lines: [ClosedRange<Int>])? {
        guard let ours, let theirs else { return nil }
        var file = git_merge_file_result()
        defer { git_merge_file_result_free(&file) }
        guard git_merge_file_from_index(&file, repository, base, ours, theirs, nil) == 0 else { return nil }
        guard file.automergeable == 0 else { return (true, []) }
        guard let text = file.ptr else { return (false, []) }
        return (false, ranges(inMarked: UnsafeRawBufferPointer(start: text, count: file.len)))
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
