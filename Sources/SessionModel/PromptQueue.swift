/// Which of a session's prompts are still to be typed.
public enum PromptQueue {
    /// The digest by which a prompt is known.
    public static func digest(of prompt: String) -> String { ContentDigest.of(prompt.utf8) }

    /// The indices of those of `prompts` that weren't sent, in order.
    ///
    /// `sent` holds the digests of those that were. A prompt counts as sent as often as its text was, so sent
    /// ones may be removed or moved, and a text that stands there once more than it was sent is sent again.
    public static func unsent(in prompts: [String], sent: [String]) -> [Int] {
        var counts: [String: Int] = [:]
        for digest in sent { counts[digest, default: 0] += 1 }
        return prompts.indices.filter { index in
            let digest = digest(of: prompts[index])
            guard let count = counts[digest], count > 0 else { return true }
            counts[digest] = count - 1
            return false
        }
    }

    /// The index of the first that wasn't sent; nil when all were.
    public static func next(in prompts: [String], sent: [String]) -> Int? {
        unsent(in: prompts, sent: sent).first
    }
}
