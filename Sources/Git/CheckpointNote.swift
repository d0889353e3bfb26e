import SessionModel

extension Checkpoints {
    /// What claudia notes at the end of a checkpoint's message, in the form of Git's trailers.
    struct Note {
        var message = ""
        var number = 0
        var head: ObjectID?
        var session = ""
        var changed = DiffNumbers(files: 0, insertions: 0, deletions: 0)
        var total = DiffNumbers(files: 0, insertions: 0, deletions: 0)

        /// The highest number that is believed, since anybody can write such a commit.
        private static let numberMax = 1 << 40

        /// How it begins.
        private static let mark = "\n\nChanged: "

        /// What is put after the message.
        static func text(of entry: Entry) -> String {
            "\(mark)\(words(entry.changed))\nTotal: \(words(entry.total))\nSession: \(entry.session)\n"
                + "Checkpoint: \(entry.number)\nHead: \(entry.head?.description ?? "")\n"
        }

        /// Reads it; nil for the message of a commit that is no checkpoint.
        init?(endOf text: String) {
            guard let mark = text.ranges(of: Note.mark).last else { return nil }
            let lines = text[text.index(mark.lowerBound, offsetBy: 2)...].split(separator: "\n")
            var values: [Substring: Substring] = [:]
            for line in lines {
                guard let colon = line.firstRange(of: ": ") else { continue }
                values[line[..<colon.lowerBound]] = line[colon.upperBound...]
            }
            guard let number = values["Checkpoint"].flatMap({ Int($0) }),
                (1...Note.numberMax).contains(number),
                let session = values["Session"],
                let changed = values["Changed"].flatMap(Note.numbers),
                let total = values["Total"].flatMap(Note.numbers)
            else { return nil }
            message = String(text[..<mark.lowerBound])
            (self.number, self.session) = (number, String(session))
            (self.changed, self.total) = (changed, total)
            head = values["Head"].flatMap { ObjectID(String($0)) }
        }

        private static func words(_ numbers: DiffNumbers) -> String {
            "\(numbers.files) file\(numbers.files == 1 ? "" : "s"), +\(numbers.insertions) -\(numbers.deletions)"
        }

        private static func numbers(_ words: Substring) -> DiffNumbers? {
            let parts = words.split { !$0.isNumber }.compactMap { Int($0) }
            guard parts.count == 3 else { return nil }
            return DiffNumbers(files: parts[0], insertions: parts[1], deletions: parts[2])
        }
    }
}
