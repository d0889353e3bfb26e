/// The same in many variants.
enum HarmlessVariants {
    static let first = #"""
        ls -la --time-style=long-iso
        ls -d */
        ls -1 | wc -l
        ls src tests docs
        cat src/*.ts | head -50
        cat -A file.txt
        cat file1 file2 | sort | uniq
        head -n 50 src/index.ts && tail -n 50 src/index.ts
        head -50 file.txt | tail -20
        tail -n 100 logs/app.log | grep ERROR
        wc -l $(git ls-files '*.py')
        find . -name "*.test.ts" | wc -l
        find . -name "*.go" -exec grep -l "func main" {} \;
        find . -name '*.rs' -exec head -5 {} \;
        find . -type f -printf '%p\n'
        find src -name '*.ts' -newer package.json
        find . -path ./node_modules -prune -o -name "*.ts" -print | head
        find . -empty -type d
        find . -name "*.log" -mtime -1
        find . -name "Dockerfile*"
        grep -rn "import" --include="*.ts" src | grep -v node_modules | sort | uniq -c | sort -rn | head -20
        grep -rEn "(foo|bar)" .
        grep -n "x" file | cut -d: -f1
        grep -q foo file && echo found
        grep --color=never -rn foo .
        grep -rnw 'word' src
        grep -rn 'x' . --include=*.{ts,tsx}
        rg "pattern" -A 5 -B 5
        rg --type-add 'web:*.{html,css}' -tweb title
        rg -c foo
        rg -o "v[0-9]+" --no-filename | sort -u
        rg foo | wc -l
        sed -n '5p;10p' file
        sed -n '/foo/{p;q}' file
        sed -i '' 's/a/b/' file
        sed -i '/^$/d' file.txt
        sed -i "s/version = .*/version = \"1.2\"/" Cargo.toml
        sed -i -e 's/a/b/g' -e 's/c/d/g' src/a.ts
        sed 's/^/  /' file
        sed '$d' file
        sed -n '$=' file
        sed 's#a/b#c/d#g' file
        awk 'END{print NR}' file
        awk -F: '{print $1, $3}' /etc/passwd
        awk '{a[$1]++} END {for (k in a) print k, a[k]}' file
        awk '!seen[$0]++' file
        awk 'length > 80' file
        awk '{printf "%s\n", $1}' file
        awk '{gsub(/a/,"b"); print}' file
        awk -F'\t' '$2 ~ /foo/ {print $1}' file
        awk 'BEGIN{FS=","} {print $2}' file
        jq -r '.[] | select(.a == "b") | .c' file.json
        jq '.scripts.test' package.json
        jq -c . file.json | head
        cat package.json | jq -r '.version'
        yq '.services' docker-compose.yml
        echo "foo" | tr 'a-z' 'A-Z'
        echo foo | sed 's/o/0/g'
        echo "scale=2; 10/3" | bc
        echo '{"a":1}' | jq .a
        echo "a:b" | cut -d: -f2
        echo "test" | base64
        echo -e "a\nb" | sort
        printf "%s %d\n" foo 3
        date +%s
        date -d "yesterday" +%F
        date --iso-8601=seconds
        du -sh node_modules
        du -sh * | sort -h
        du -d 1 -h .
        df -h .
        uname -m
        lscpu | head
        cat /proc/meminfo | head -3
        cat /etc/hosts
        id -u
        groups
        ps aux --sort=-%mem | head
        ps -p 1234 -o pid,cmd
        top -bn1 | head -20
        lsof -i :8080 -t
        jobs
        which python node npm
        whereis gcc
        type -a python
        command -v docker || echo "no docker"
        ruby --version
        gcc --version
        clang --version
        make --version
        cmake --version
        make -n
        make all
        make clean
        make check
        make lint test
        make -k
        make V=1
        make help
        git status --porcelain=v1 -b
        git diff --word-diff
        git diff --name-status main
        git diff HEAD
        git diff -w
        git diff --check
        git diff a.txt b.txt
        git diff --no-color | head -100
        git diff origin/main...HEAD --stat
        git log --oneline main..HEAD
        git log --all --oneline --graph -20
        git log --stat -2
        git log -1 --pretty=%B
        git log --pretty=format:"%h %an %s" -5
        git log --diff-filter=D --summary
        git log -L 10,20:src/a.c
        git log -G'foo' -p
        git log --name-only --since=1.week
        git show HEAD~2
        git show --name-only HEAD
        git show main:README.md
        git show -s --format=%ci HEAD
        git blame src/main.c
        git blame -w -C HEAD -- src/main.c
        git branch -r
        git branch --merged main
        git branch --list 'feature/*'
        git branch --sort=-committerdate
        git branch my-feature
        git checkout -b my-feature
        git checkout -b my-feature origin/main
        git switch -c x origin/main
        git switch --create x
        git stash push -u -m "wip" -- src
        git stash save wip
        git add src/*.ts
        git add -p
        git add --all
        git add .github/workflows/ci.yml
        git commit -m 'feat: add x' -m 'body'
        git commit -m "fix: y" --no-edit
        git commit -F msg.txt
        git commit --signoff -m x
        git commit --fixup HEAD
        git commit -v -m x
        git ls-files -m
        git ls-files | grep test | head
        git ls-tree HEAD
        git rev-parse --short HEAD
        git rev-parse --is-inside-work-tree
        git rev-parse --git-dir
        git config --get user.email
        git config core.editor
        git remote
        git tag --sort=-v:refname | head -1
        git tag --list
        git describe
        git shortlog -sne
        git reflog -5
        git worktree list --porcelain
        git submodule status
        git grep foo -- '*.ts'
        git grep -n 'foo' HEAD~3
        git cherry -v main
        git merge-base HEAD main
        git rm src/old.ts
        git mv src/a.ts src/b.ts
        git fetch origin --prune
        git fetch -p
        git rev-list --all --count
        git count-objects -vH
        git show-ref --heads
        git cat-file -t HEAD
        git check-ignore node_modules
        git diff-tree --no-commit-id --name-only -r HEAD
        git restore --staged .
        git reset HEAD -- file.txt
        git log --format=%H -n 1 -- file
        git --version
        npm run test -- --coverage
        npm run test -- src/a.test.ts
        npm run lint:fix
        npm run dev
        npm start
        npm run format
        npm run type-check
        npm t
        npm list
        npm list react
        npm run
        npm run build --if-present
        npm test --silent
        npx tsc
        npx tsc --noEmit -p tsconfig.json
        npx jest --coverage
        npx jest -t "name"
        npx vitest
        npx vitest run src/a.test.ts --reporter=verbose
        npx mocha test/*.js
        npx prettier --write "src/**/*.ts"
        npx eslint "src/**/*.{ts,tsx}" --max-warnings 0
        npx next build
        npx vite build
        npx webpack --mode production
        npx nx test app
        npx turbo run build
        npx playwright test --project=chromium
        npx stylelint "**/*.css"
        yarn lint
        yarn jest
        yarn tsc --noEmit
        yarn workspace app test
        yarn --version
        pnpm build
        pnpm lint
        pnpm --filter app test
        pnpm exec tsc --noEmit
        bun run build
        jest --watchAll=false
        vitest run
        node --check src/a.js
        tsc --watch
        tsc -b
        eslint . --ext .js
        eslint --fix src/
        prettier -c .
        pytest tests/ -v
        pytest -n auto
        pytest --cov=src --cov-report=term-missing
        pytest -m "not slow"
        pytest tests/unit/test_foo.py::TestBar::test_baz -vv
        pytest -q 2>&1 | tail -30
        python -m pytest tests/ -v --tb=short
        python3 -m mypy src
        python -m black --check .
        python -m ruff check
        python -m pip list
        python -m py_compile src/a.py
        python -m compileall src
        python -m flake8
        python -m unittest
        """#
}
