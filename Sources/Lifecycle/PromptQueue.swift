internal import SessionModel

/// Which of a session's prompts is typed next.
public enum PromptQueue {
    /// The digest by which a prompt is known.
    public static func digest(of prompt: String) -> String { ContentDigest.of(prompt.utf8) }

    /// The index of the first of `prompts` that wasn't sent; nil when all were.
    ///
    /// `sent` holds the digests of those that were. A prompt counts as sent as often as its text was, so sent
    /// ones may be removed or moved, and a text that stands there once more than it was sent is sent again.
    public static func next(in prompts: [String], sent: [String]) -> Int? {
        var counts: [String: Int] = [:]
        for digest in sent { counts[digest, default: 0] += 1 }
        for (index, prompt) in prompts.enumerated() {
            let digest = digest(of: prompt)
            guard let count = counts[digest], count > 0 else { return index }
            counts[digest] = count - 1
        }
        return nil
    }
}
