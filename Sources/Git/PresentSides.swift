import Linux

extension Merging {
    /// What worktrees hold at this moment, in their order: HEAD and the files, each read on one of a few threads.
    ///
    /// Objects of what no checkpoint holds are written and named by no reference.
    public static func sides(
        ofWorktrees paths: [String], commonDirectory: String
    ) -> [Result<MergeSide, GitError>] {
        let next = Counter()
        let shares = ParallelWork.run(min(paths.count, ParallelWork.threads)) {
            var share: [Int: Result<MergeSide, GitError>] = [:]
            while case let number = next.next(), number < paths.count {
                do throws(GitError) {
                    let present = try Checkpoints.present(
                        worktree: paths[number], commonDirectory: commonDirectory)
                    share[number] = .success(MergeSide(head: present.head, state: present.tree))
                } catch {
                    share[number] = .failure(error)
                }
            }
            return share
        }
        let all = shares.reduce(into: [:]) { $0.merge($1) { $1 } }
        return paths.indices.map { all[$0] ?? .failure(.notFound("worktree '\(paths[$0])'")) }
    }
}
