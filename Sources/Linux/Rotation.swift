extension Folder {
    /// Puts the file `next` in the place of `name`, which becomes `name.1`, and so on up to `name.<keep>`.
    ///
    /// May fail or be cut short anywhere and be called again: what was moved already isn't moved twice, and the
    /// oldest part alone is ever replaced, when no number is free.
    public borrowing func rotate(_ name: String, keep: Int, to next: String) throws(SystemError) {
        // Missing: all but the last step was done before.
        if keep > 0, try status(name) != nil {
            var free = 1
            while free < keep, try status("\(name).\(free)") != nil { free += 1 }
            for number in stride(from: free, to: 1, by: -1) {
                try rename("\(name).\(number - 1)", to: self, "\(name).\(number)")
            }
            try rename(name, to: self, "\(name).1")
        }
        try rename(next, to: self, name)
    }
}
