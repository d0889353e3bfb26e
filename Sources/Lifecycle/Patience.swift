/// How long claudia waits for what, and how much it takes before it gives up.
public enum Patience {
    /// Milliseconds from SIGTERM to SIGKILL.
    ///
    /// Five seconds is s6's limit for a finish script (`timeout-finish`, servicedir page).
    public static let graceMs: Int64 = 5_000
    /// Milliseconds that a session file must be gone to count as removed.
    ///
    /// Editors delete and make anew within milliseconds (vim with `backupcopy=no`).
    public static let deletionMs: Int64 = 1_000
    /// Milliseconds until a file is looked at again that somebody had open, four times as many after each look.
    ///
    /// A file's closing is told before the file counts as closed (fsnotify_close in Linux's __fput), and that of a
    /// reader isn't watched for.
    public static let lookAgainMs: Int64 = 10
    /// Milliseconds past which that is left to the next event.
    public static let lookAgainMsMax: Int64 = 10_000
    /// Milliseconds without further removals until what was wiped is put back.
    ///
    /// `git clean` fails when a folder that it empties is filled at the same time.
    public static let wipeQuietMs: Int64 = 200
    /// Milliseconds without further changes until worktrees are compared with Git's list of them.
    ///
    /// `git worktree move` renames first and tells its list afterwards.
    public static let driftQuietMs: Int64 = 300
    /// Milliseconds that hooks may go on when the supervisor ends.
    public static let hookEndMs: Int64 = 1_000
    /// Milliseconds that a keeper may take to answer before its session is `unreachable`.
    public static let keeperMs: Int64 = 2_000
    /// Milliseconds that a keeper may take so at a supervisor's start, which is to take less than two seconds.
    public static let adoptionMs: Int64 = 1_000
    /// Milliseconds from an agent's question until its hook has asked us, when that may answer it.
    ///
    /// Claude Code's takes 20 ms.
    public static let hookAnswerMs: Int64 = 500
    /// Milliseconds until a screen is read on which something may just be drawn.
    ///
    /// Programs draw a dialog within a frame or two of 16 ms after they tell of it.
    public static let screenMs: Int64 = 80
    /// How often the screen is read for one answer; each key of it takes two.
    public static let answerLooks = 60
    /// Milliseconds that an answer by keys may take.
    public static let answerMs: Int64 = 8_000
    /// Milliseconds after Enter by which an agent's turn has begun, or what it was to send still stands there.
    public static let submissionMs: Int64 = 1_000
    /// How often that is looked at for one text, and Enter pressed once more.
    public static let submissionLooks = 60
    /// Milliseconds until what couldn't be done is tried again, twice as many after each try.
    public static let againMs: Int64 = 1_000
    /// Milliseconds past which that doesn't grow: what a full disk held up goes on within five seconds of its end.
    public static let againMsMax: Int64 = 4_000
    /// Milliseconds until a keeper that may still be starting is looked for again.
    public static let keeperRetryMs: Int64 = 50
    /// Milliseconds that a keeper may take to start its agent.
    public static let startMs: Int64 = 10_000
    /// Milliseconds without output after the start, until the first prompt is typed.
    public static let firstPromptQuietMs: Int64 = 1_000
    /// Milliseconds without output after which a turn is taken to be over.
    public static let turnQuietMs: Int64 = 2_000
    /// Milliseconds that `output_appended` events of one session lie apart at least.
    public static let outputEventMs: Int64 = 1_000
    /// Milliseconds that a hook may run.
    public static let hookMs: Int64 = 10_000
    /// Milliseconds after the last worktree was made until one is made ahead of need.
    public static let poolMs: Int64 = 2_000
    /// Milliseconds that one command of `worktrees.teardown` may take.
    public static let tearDownMs: Int64 = 60_000
    /// Milliseconds until the making of a worktree is told of, and between two times: a small one is told nothing of.
    public static let progressMs: Int64 = 300
    /// Milliseconds from SIGTERM to SIGKILL for what a dead keeper left behind.
    public static let orphanGraceMs: Int64 = 1_000
    /// Milliseconds after the last work with a repository until memory that it took is given back.
    public static let memoryMs: Int64 = 2_000
    /// Characters of a prompt that a checkpoint's message holds.
    public static let promptCharactersMax = 4_000
    /// Milliseconds between two looks at the trash.
    public static let trashCheckMs: Int64 = 3_600_000
}
