/// What agents do all day in their own worktree.
enum HarmlessCommands {
    static let tables = [
        looking, searching, git, building, changing, HarmlessVariants.first, HarmlessVariants.second,
    ]

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
}
