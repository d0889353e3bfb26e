/// What agents do all day in their own worktree.
enum HarmlessCommands {
    static let looking = #"""
        ls
        ls -la
        ls -lah src/ tests/
        ls -R .
        ls *.swift
        ls --color=never -1 src
        ls /usr/include
        ls ~
        ls node_modules/.bin | head -20
        cat README.md
        cat -n src/main.swift
        cat package.json | jq '.scripts'
        cat src/a.txt src/b.txt
        cat "a file with spaces.txt"
        cat 'it''s.txt'
        cat ./Sources/Consent/*.swift
        cat /etc/os-release
        cat /proc/cpuinfo | grep "model name" | head -1
        cat .gitignore
        cat .env.example
        head -5 README.md
        head -n 20 src/main.rs
        head -c 100 file.bin | xxd
        tail -20 log.txt
        tail -n +5 README.md
        tail -f log.txt
        wc -l src/*.py
        wc -l < README.md
        nl -ba src/a.c
        file build/app
        stat -c %s README.md
        stat README.md
        du -sh .
        du -h --max-depth=1 | sort -h
        df -h
        tree -L 2
        tree -I 'node_modules|dist' -a
        pwd
        date
        date +%Y-%m-%d
        date -u "+%Y-%m-%dT%H:%M:%SZ"
        uname -a
        whoami
        id
        hostname
        nproc
        free -m
        uptime
        which node
        which -a python3
        type ls
        command -v cargo
        command -v rg >/dev/null 2>&1
        printenv NODE_ENV
        echo hello
        echo "hello $USER"
        echo $HOME
        echo -n done
        echo "exit: $?"
        printf '%s\n' one two
        printf "done\n"
        true
        sleep 1
        seq 1 10
        test -f package.json
        [ -d src ]
        [ -f a ] && echo yes || echo no
        [[ -f Package.swift && -d Sources ]] && echo swift
        [[ "$x" == foo* ]]
        basename src/a.swift .swift
        dirname src/a.swift
        realpath .
        readlink -f src
        md5sum README.md
        sha256sum dist/app.js
        base64 -d encoded.txt
        echo aGVsbG8= | base64 -d
        xxd -l 64 build/app
        hexdump -C build/app | head
        strings build/app | grep version
        diff a.txt b.txt
        diff -u old.txt new.txt
        diff -rq src lib
        diff <(sort a.txt) <(sort b.txt)
        cmp a b
        comm -12 a.txt b.txt
        sort -u names.txt
        sort -t: -k2 -n data.txt
        sort names.txt | uniq -c | sort -rn | head
        uniq -c sorted.txt
        cut -d, -f1,3 data.csv
        tr a-z A-Z < README.md
        tr -d '\n' < a.txt
        paste -d, a b
        column -t -s, data.csv
        rev a.txt
        od -c a.bin | head
        ps aux
        ps -ef | grep node
        ps aux | grep -v grep | grep node
        pgrep -fl node
        lsof -i :3000
        env NODE_ENV=test npm test
        node --version
        node -v
        npm --version
        python3 --version
        python --version 2>&1
        go version
        cargo --version
        rustc --version
        swift --version
        java -version
        docker ps
        docker ps -a --format '{{.Names}}'
        docker images
        docker logs --tail 100 web
        docker compose ps
        ss -tlnp
        clear
        man ls
        jq . package.json
        jq -r '.dependencies | keys[]' package.json
        jq '.a.b // "x"' < a.json
        tee build.log < a.txt
        """#

    static let searching = #"""
        grep -rn "TODO" src
        grep -r foo .
        grep -rn --include='*.ts' "useState" src/
        grep --include=*.py -rn import .
        grep -E 'a|b' file.txt
        grep -c error log.txt
        grep -A 3 -B3 -n 'func main' main.go
        grep -oP '(?<=x)y' a.txt
        grep -l foo src/*.c
        egrep "a+b" x
        grep -rniI --exclude-dir=node_modules --exclude-dir=.git password .
        rg foo
        rg -n "fn main" --type rust
        rg -l TODO src | head
        rg -i 'some.*thing' -g '*.ts' -g '!*.test.ts'
        rg --files
        rg --files | rg test
        rg -uu needle src
        find . -name '*.swift'
        find . -type f -name "*.py" -not -path "./venv/*"
        find src -type d
        find . -name node_modules -prune -o -name '*.js' -print
        find . -maxdepth 2 -type f | sort
        find . \( -name '*.h' -o -name '*.c' \) -newer Makefile
        find / -name libfoo.so 2>/dev/null
        find . -type f -size +1M
        find . -name '*.ts' -exec grep -l foo {} +
        find . -name '*.ts' -exec wc -l {} \;
        find . -name '*.ts' | xargs grep -n foo
        find . -name '*.ts' -print0 | xargs -0 wc -l
        find src -name '*.go' | xargs wc -l | tail -1
        find . -type f | wc -l
        find . -type f -name '*.ts' | head -5 | xargs cat
        git ls-files | xargs wc -l
        git ls-files '*.swift' | xargs grep -l async
        fd -e swift
        fd main src
        ls src | wc -l
        sed -n '1,20p' src/main.swift
        sed -n 10p a.txt
        sed 's/foo/bar/g' a.txt
        sed -e 's/a/b/' -e '/^$/d' a.txt
        sed -E 's/([a-z]+)/\1!/' a.txt
        sed '/^#/d; s/ *$//' config.ini
        sed -n '/start/,/end/p' a.txt
        sed -i 's/foo/bar/g' src/a.txt
        sed -i.bak 's|http://|https://|' src/a.txt
        awk '{print $1}' a.txt
        awk -F, '{sum += $3} END {print sum}' data.csv
        awk 'NR==10,NR==20' a.txt
        awk '/foo|bar/ {print $2}' a.txt
        awk '$3 > 5 {print $1}' a.txt
        awk '{print $1 " -> " $2}' a.txt
        awk -v n=3 'NR % n == 0' a.txt
        awk '{ if ($1 > 3 || $2 < 4) print $0 }' a.txt
        git diff --name-only | xargs cat
        """#

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

    static let building = #"""
        npm test
        npm run build
        npm run lint -- --fix
        npm run test:unit
        npm test -- --watch=false
        npm run typecheck 2>&1 | tail -20
        npm ls --depth=0
        yarn test
        yarn build
        yarn run lint
        pnpm test
        pnpm run build
        pnpm -r test
        bun test
        npx tsc --noEmit
        npx eslint .
        npx eslint src --ext .ts,.tsx --fix
        npx prettier --check .
        npx jest src/a.test.ts
        npx vitest run
        npx playwright test
        tsc --noEmit
        tsc -p tsconfig.json
        eslint src
        prettier --write src/a.ts
        ./node_modules/.bin/eslint src
        pytest
        pytest -xvs tests/test_a.py
        pytest tests/test_a.py::test_b -q
        pytest -k "foo and not bar" --tb=short
        python -m pytest
        python3 -m pytest tests -x -q --maxfail=1
        python -m unittest discover -s tests
        python -m venv .venv
        python3 -m json.tool data.json
        source .venv/bin/activate && pytest
        . venv/bin/activate
        .venv/bin/pytest -q
        ruff check .
        ruff check --fix src
        ruff format --check .
        black --check .
        black src tests
        mypy src
        mypy --strict src/pkg
        flake8 src
        isort .
        pip list
        pip show requests
        pip freeze
        uv run pytest
        poetry run pytest -x
        cargo build
        cargo build --release
        cargo check
        cargo test
        cargo test --workspace -- --nocapture
        cargo test foo::bar
        cargo clippy --all-targets -- -D warnings
        cargo fmt --check
        cargo fmt
        cargo run
        cargo tree
        cargo doc --no-deps
        RUST_BACKTRACE=1 cargo test
        go build ./...
        go test ./...
        go test -run TestFoo -v ./pkg/...
        go test -race -count=1 ./...
        go vet ./...
        go fmt ./...
        gofmt -l .
        go list ./...
        go run .
        swift build
        swift build -c release
        swift test --filter ConsentTests
        swift test 2>&1 | tail -5
        swift package describe
        swift run
        make
        make test
        make -j8
        make -j$(nproc)
        make build lint
        make -C src test
        cmake -S . -B build -DCMAKE_BUILD_TYPE=Debug
        cmake --build build -j4
        ctest --test-dir build --output-on-failure
        ninja -C build
        gcc -Wall -O2 -o build/app main.c
        clang -fsyntax-only a.c
        mvn test
        mvn -q -DskipTests package
        ./gradlew test
        gradle build
        dotnet build
        dotnet test --no-build
        bundle exec rspec
        rspec spec/a_spec.rb
        rubocop
        mix test
        shellcheck scripts/a.sh
        CI=1 npm test
        NODE_ENV=test npm run build
        timeout 60 npm test
        time cargo build
        nice -n 10 make test
        npm run build && npm test
        npm run build; npm run lint
        npm test > test.log 2>&1
        npm test 2>&1 | tee test.log
        nohup npm run dev > dev.log 2>&1 &
        """#

    static let changing = #"""
        mkdir -p src/new
        mkdir build
        touch src/a.swift
        cp a.txt b.txt
        cp -r src lib
        cp ~/notes.txt .
        cp -r templates/* src/
        mv a.txt b.txt
        mv src/a.swift src/b.swift
        mv *.txt docs/
        rm a.txt
        rm -f build/out.o
        rm -rf build
        rm -rf dist/ node_modules/.cache
        rm -rf "$PWD/build"
        rm src/*.orig
        rmdir empty
        ln -s a.txt link.txt
        chmod +x scripts/run.sh
        chmod 644 a.txt
        truncate -s 0 log.txt
        echo hello > out.txt
        echo more >> out.txt
        echo error >&2
        ls > /dev/null
        ls nothere 2>/dev/null
        ls 2>&1 | grep x
        cat a.txt > b.txt
        cat a b > c
        sort a.txt -o b.txt
        tar czf out.tgz src
        tar -tzf a.tgz
        tar tf a.tar
        gzip -k a.txt
        zip -r out.zip src
        unzip -l a.zip
        dd if=/dev/zero of=test.bin bs=1M count=1
        mktemp -d
        cd src && ls
        cd src
        cd .. && cd fix && ls
        cd /home/me/repo/.claudia/worktrees/fix && npm test
        cd "$(git rev-parse --show-toplevel)" && npm test
        pushd src && ls && popd
        (cd src && make test)
        export NODE_ENV=test
        export FOO=bar && npm test
        x=5; echo $x
        name=build; rm -rf "$name"
        for f in *.txt; do echo "$f"; done
        for f in src/*.ts; do wc -l "$f"; done
        for i in 1 2 3; do echo $i; done
        for i in {1..5}; do echo "run $i"; npm test; done
        for f in a b c; do cat "$f.txt"; done
        for f in $(git ls-files '*.swift'); do wc -l "$f"; done
        for d in src lib; do (cd $d && ls); done
        while read -r line; do echo "$line"; done < a.txt
        git ls-files | while read -r f; do wc -l "$f"; done
        while IFS= read -r f; do grep -n x "$f"; done < <(git ls-files)
        if [ -f package.json ]; then npm test; else make test; fi
        if grep -q foo a.txt; then echo yes; fi
        case "$1" in a) echo a;; b|c) echo b;; *) echo other;; esac
        i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done
        echo $((1 + 2))
        echo {a,b}.txt
        cp config.{example,local}.json
        f() { echo "$1"; }; f hi
        build() { npm run build; }; build && npm test
        set -e; npm test
        set -euo pipefail
        bash -c 'ls -la | head'
        sh -c "npm test"
        bash -lc 'cargo test'
        env ls
        echo "a b" | xargs -n1 echo
        printf 'a\nb\n' | sort
        n=3; sed -n "${n}p" a.txt || true
        ls # a comment
        : > empty.txt
        wait
        ls && (git status; git diff) | head
        time ls
        ! grep -q foo a.txt
        mv a.{txt,md}
        tee out.txt <<< "hello"
        f=src/a.swift; sed -i 's/a/b/' "$f"
        for f in *.txt; do mv "$f" "${f%.txt}.md"; done
        """#

    /// Commands of several lines.
    static let long = [
        "git commit -m \"$(cat <<'EOF'\nFix the login\n\nIt can't be `rm -rf ~` here.\nEOF\n)\"",
        "cat > src/a.txt <<'EOF'\nhello $HOME `date`\nEOF",
        "cat <<EOF > out.md\nToday is $(date)\nEOF\nls",
        "cd src\nls\n# nothing\nnpm test",
        "npm run build && \\\n  npm test",
        "if true; then\n  ls\nfi",
        "for f in *.c\ndo\n  wc -l \"$f\"\ndone",
        "bash <<'EOF'\nls\nnpm test\nEOF",
        "cat <<-EOF\n\thello\n\tEOF",
        "git log \\\n --oneline",
        "f() {\n  local x=1\n  echo $x\n}\nf",
        "cat <<'A' <<'B'\none\nA\ntwo\nB\nls",
    ]
}
