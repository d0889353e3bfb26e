extension HarmlessCommands {
    static let git = #"""
        git status
        git status --short
        git status -sb
        git diff
        git diff --stat
        git diff HEAD~1 -- src
        git diff --cached
        git diff main...HEAD --name-only
        git --no-pager diff
        git --no-pager log --oneline -10
        git log
        git log --oneline -5
        git log -n 3 --format='%h %s'
        git log --graph --all --decorate
        git log -p -1 src/a.swift
        git log --since="2 days ago" --author=me
        git log --follow -- a.txt
        git log -S needle --oneline
        git show
        git show HEAD:src/a.swift
        git show --stat HEAD
        git show abc123 --name-status
        git blame -L 10,20 src/a.swift
        git branch
        git branch -a
        git branch --show-current
        git branch -vv
        git branch feature/x
        git branch --contains abc123
        git tag
        git tag -l 'v*'
        git remote -v
        git remote get-url origin
        git rev-parse HEAD
        git rev-parse --abbrev-ref HEAD
        git rev-parse --show-toplevel
        git merge-base main HEAD
        git ls-files
        git ls-files --others --exclude-standard
        git ls-tree -r HEAD --name-only
        git grep -n needle
        git stash list
        git stash
        git stash push -m wip
        git stash show -p
        git add .
        git add -A
        git add src/a.swift src/b.swift
        git add -u
        git commit -m "Fix the thing"
        git commit -am 'Fix'
        git commit -q -m "one" -m "two"
        git commit --allow-empty -m x
        git add -A && git commit -m "Fix the login redirect"
        git add src && git commit -m "done" && git log -1
        git switch -c new-branch
        git switch main
        git switch -
        git checkout -b topic
        git restore --staged a.txt
        git reset
        git reset HEAD a.txt
        git reset -- src/a.txt
        git mv a.txt b.txt
        git rm old.txt
        git rm --cached build/out
        git describe --tags --always
        git shortlog -sn
        git config user.name
        git config --get remote.origin.url
        git worktree list
        git reflog
        git cat-file -p HEAD
        git for-each-ref --format='%(refname)'
        git check-ignore -v build
        git fetch
        git fetch origin
        git fetch origin main
        git fetch --all --prune
        git clean -n
        git apply --check fix.patch
        git -c core.pager=cat log -3
        GIT_PAGER=cat git log -3
        git diff | head -50
        git log --oneline | wc -l
        git rev-list --count HEAD
        git -C src status
        git version
        git rev-parse HEAD@{1}
        git stash show stash@{0}
        """#
}
