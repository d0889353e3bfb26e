extension HarmlessCommands {
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
        perl -v
        psql --version
        bash -n scripts/a.sh
        kill %1
        node --test
        PYTHONPATH=. pytest
        git status -uno
        git stash -u
        npm run build:prod
        cargo clippy --all -- -D warnings -A clippy::foo
        cmake --build build -- -j4
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
