import CGit2
import Glibc
import Linux

/// Makes one worktree, and takes everything back when it can't.
struct WorktreeMaking: ~Copyable {
    private let request: WorktreeRequest
    private let repository: Repository
    private let commit: ObjectID
    private let createsBranch: Bool
    private let report: CheckoutProgress.Report
    private var undo: WorktreeUndo

    /// Looks at what is there; changes nothing.
    init(
        _ request: WorktreeRequest, _ report: @escaping CheckoutProgress.Report
    ) throws(GitError) {
        let repository = try Repository(at: request.commonDirectory)
        guard Branches.isValid(request.branch) else { throw .invalidName(request.branch) }
        guard !request.name.utf8.contains(0x2F), Branches.isValid(request.name) else {
            throw .invalidName(request.name)
        }
        let existing = try repository.headCommit(ofBranch: request.branch)
        if existing != nil, !request.useExistingBranch { throw .exists("branch '\(request.branch)'") }
        if let path = try Branches.whereCheckedOut(request.branch, in: repository) {
            throw .branchCheckedOut(branch: request.branch, path: path)
        }
        var info = stat()
        guard lstat(request.path, &info) != 0 else { throw .exists("file or folder at \(request.path)") }
        self.request = request
        self.report = report
        commit = existing ?? request.base
        createsBranch = existing == nil
        undo = WorktreeUndo(commonDirectory: repository.commonDirectory)
        self.repository = repository
    }

    mutating func run() throws(GitError) -> NewWorktree {
        let plan = try CheckoutPlan(commit: commit, in: repository)
        try plan.judge(in: repository)
        let way = try CheckoutWay.choose(plan, in: repository)
        do throws(GitError) {
            let path = try undo.makeParents(of: request.path)
            let progress = CheckoutProgress(total: plan.files.count, report)
            var made: NewWorktree
            if case .git(let why) = way {
                made = try makeByGit(at: path, why)
                made.notes = try SubmoduleFilling(commonDirectory: repository.commonDirectory).run(
                    plan, worktree: path)
                progress.finish()
            } else {
                made = try make(at: path, plan, way, progress)
            }
            if request.runsHooks { runHook(in: &made) }
            return made
        } catch {
            undo.run(repository)
            throw error
        }
    }

    private mutating func make(
        at path: String, _ plan: CheckoutPlan, _ way: CheckoutWay, _ progress: CheckoutProgress
    ) throws(GitError) -> NewWorktree {
        let (name, common) = (request.name, repository.commonDirectory)
        let (branch, commit, isNew) = (request.branch, commit, createsBranch)
        let identity = try Signature(repository).line
        let admin = try system { () throws(SystemError) in
            try NewAdminFolder(
                name: name, commonDirectory: common, worktree: path, branch: branch, commit: commit,
                newBranch: isNew, identity: identity)
        }
        undo.admin = admin.path
        try makeFolder(path)
        if isNew {
            try Branches.create(branch, at: commit, from: "\(request.base)", in: repository)
            undo.branch = (branch, commit)
        }
        let root = try system { () throws(SystemError) in try Folder(at: path) }
        try system { () throws(SystemError) in
            try NewAdminFolder.write("gitdir: \(admin.path)\n", ".git", in: root)
        }
        if case .direct(let converted) = way {
            let checkout = DirectCheckout(
                plan: plan, commonDirectory: common, commit: commit, converted: converted,
                source: CheckoutSource(plan, in: repository), progress: progress)
            let stamps = try checkout.run(into: root)
            let index = IndexFile.bytes(plan: plan, stamps: stamps)
            try system { () throws(SystemError) in try admin.write(index: index) }
        } else {
            try Self.checkOut(commit, worktree: path, commonDirectory: common, progress)
        }
        let notes = try SubmoduleFilling(commonDirectory: common).run(plan, worktree: path)
        try system { () throws(SystemError) in try admin.finish() }
        return NewWorktree(
            path: path, adminName: admin.name, branch: branch, commit: commit, createdBranch: isNew,
            notes: notes)
    }

    /// Runs `post-checkout` as `git worktree add` does; the worktree stays, whatever becomes of the hook.
    private func runHook(in made: inout NewWorktree) {
        let none = String(repeating: "0", count: 40)
        do throws(GitError) {
            try GitCommand.run(
                ["hook", "run", "--ignore-missing", "post-checkout", "--", none, "\(made.commit)", "1"],
                in: made.path, why: "hooks", runsHooks: true, limitS: GitCommand.checkoutLimitS)
        } catch {
            made.notes.append("The hook 'post-checkout' failed: \(error.message)")
        }
    }

    /// libgit2's own checkout, which writes the index too.
    private static func checkOut(
        _ commit: ObjectID, worktree: String, commonDirectory: String, _ progress: CheckoutProgress
    ) throws(GitError) {
        let opened = try Repository(worktree: worktree, commonDirectory: commonDirectory)
        let handle = opened.handle.pointer
        var id = commit.raw
        let object = try Owned(git_object_free, "commit \(commit)") {
            git_object_lookup(&$0, handle, &id, GIT_OBJECT_COMMIT)
        }
        var options = git_checkout_options()
        git_checkout_options_init(&options, UInt32(GIT_CHECKOUT_OPTIONS_VERSION))
        options.checkout_strategy = GIT_CHECKOUT_FORCE.rawValue
        progress.follow(&options)
        let code = git_checkout_tree(handle, object.pointer, &options)
        withExtendedLifetime(progress) {}
        try LibGit2.check(code, "checkout of \(commit)")
    }

    /// Makes the worktree's folder; what somebody else has made there meanwhile isn't ours to take back.
    private mutating func makeFolder(_ path: String) throws(GitError) {
        guard mkdir(path, 0o777) == 0 else { throw .system(.last("mkdir", path)) }
        undo.worktree = path
    }

    private mutating func makeByGit(at path: String, _ why: String) throws(GitError) -> NewWorktree {
        let common = repository.commonDirectory
        try makeFolder(path)
        if createsBranch {
            try Branches.create(request.branch, at: commit, from: "\(request.base)", in: repository)
            undo.branch = (request.branch, commit)
        }
        try GitCommand.run(
            ["--git-dir", common, "worktree", "add", "--quiet", path, request.branch], in: common, why: why,
            limitS: GitCommand.checkoutLimitS)
        var info = stat()
        if try CheckoutWay.isShared(Settings(repository)), stat("\(common)/worktrees", &info) == 0 {
            // As git gives them to a folder that it makes itself.
            _ = chmod(path, info.st_mode & 0o7777)
        }
        let admin = try AdminLink.read(worktree: path, commonDirectory: common)
        undo.admin = admin
        return NewWorktree(
            path: path, adminName: RealPath.name(of: admin), branch: request.branch, commit: commit,
            createdBranch: createsBranch)
    }
}
