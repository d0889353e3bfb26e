extension HarmlessVariants {
    static let second = #"""
        python -m unittest tests.test_foo
        python -m unittest tests.test_foo.TestBar -v
        python manage.py test
        python -m doctest README.md
        pylint src
        mypy .
        ruff check src --fix
        ruff format .
        black .
        isort --check-only .
        flake8 --max-line-length=100
        tox -e py311
        nox -s tests
        pre-commit run --all-files
        uv run ruff check
        poetry run mypy src
        poetry show
        pipenv run pytest
        coverage run -m pytest
        coverage report
        cargo build --all-features
        cargo test -- --test-threads=1
        cargo test --lib
        cargo test --test integration
        cargo test -p mycrate
        cargo clippy -- -D warnings
        cargo clippy --fix --allow-dirty
        cargo fmt --all -- --check
        cargo check --workspace
        cargo bench
        cargo run --bin app
        cargo run --release
        cargo metadata --format-version 1
        cargo nextest run
        cargo clean
        cargo +nightly fmt
        rustup show
        rustfmt --check src/main.rs
        go build
        go build -o bin/app ./cmd/app
        go test -v -run TestX ./...
        go test ./... -cover
        go test -bench=. ./...
        go test -short ./...
        go test ./pkg/a -count=1 -timeout 30s
        go vet ./pkg/...
        go mod graph
        go env GOPATH
        go doc fmt.Println
        go list -m all
        go run main.go
        go run ./cmd/app
        go tool cover -func=coverage.out
        gofmt -w src
        gofmt -d .
        golangci-lint run
        golangci-lint run ./...
        staticcheck ./...
        swift build -v
        swift test
        swift test --parallel
        swift test --filter Foo/testBar
        swift run app
        swift format lint -r Sources
        swift package show-dependencies
        swiftlint
        xcodebuild -list
        xcodebuild test -scheme App
        mvn clean test
        mvn -B verify
        mvn test -Dtest=FooTest
        mvn compile
        ./mvnw test
        ./gradlew build
        ./gradlew :app:test --info
        gradle test --tests Foo
        dotnet build -c Release
        dotnet test
        dotnet format --verify-no-changes
        bundle exec rake test
        bundle exec rubocop -a
        rake test
        rspec
        rubocop -A
        composer test
        vendor/bin/phpunit
        phpunit tests
        mix test test/a_test.exs
        mix format --check-formatted
        docker --version
        docker version
        docker info
        docker logs web
        docker compose logs web
        docker stats --no-stream
        docker image ls
        docker volume ls
        docker-compose ps
        kubectl get pods
        kubectl version --client
        kubectl logs pod/x
        gh pr list
        gh pr view 12
        gh pr diff 12
        gh pr checks
        gh issue view 5
        gh run list
        gh repo view
        shellcheck *.sh
        bash -n script.sh
        sh -n script.sh
        bash --version
        sqlite3 --version
        redis-cli --version
        mkdir -p src/{a,b,c}
        mkdir -p "my dir"
        touch a b c
        cp -a src dst
        cp package.json package.json.bak
        cp -v a b
        mv old new
        mv -n a b
        rm -f *.o
        rm *.log
        rm -r tmp
        rm -rf node_modules
        rm -rf node_modules package-lock.json
        rm -rf ./build ./dist
        rm -rf coverage/ .nyc_output/
        rm -rf target
        rm -rf __pycache__ .pytest_cache
        rm -rf .next
        rmdir -p a/b/c
        ln -s src/a.txt a.txt
        chmod 755 script.sh
        chmod -R u+w build
        chmod +x ./run.sh
        echo "x" > src/x.txt
        echo "x" >> README.md
        echo '{}' > config.json
        printf '%s\n' "a" "b" > list.txt
        true && false || true
        cd src && grep -rn foo .
        cd packages/app && npm test
        cd "$(dirname src/a)" && ls
        (cd sub && npm test)
        cd src; ls; cd ..
        pushd src > /dev/null && ls && popd > /dev/null
        npm test; echo "exit $?"
        npm test && echo ok || echo fail
        npm test 2>/dev/null
        npm test > out.log 2> err.log
        npm run build &> build.log
        npm test | grep -E "pass|fail"
        time npm test
        timeout 30s npm test
        timeout 120 cargo test 2>&1 | tail -20
        NODE_ENV=production npm run build
        DEBUG=* npm test
        FORCE_COLOR=0 npm test
        RUST_LOG=debug cargo test
        CI=true npm test
        PYTHONPATH=src python -m pytest
        CARGO_TARGET_DIR=target cargo build
        export DEBUG=1
        unset FOO
        FOO=$(git rev-parse HEAD); echo $FOO
        VERSION=$(cat VERSION) && echo "$VERSION"
        files=$(git diff --name-only); echo "$files"
        count=$(ls | wc -l); echo "there are $count files"
        for f in $(find . -name '*.ts'); do echo $f; done
        for f in *.md; do echo "== $f"; head -3 "$f"; done
        for i in $(seq 1 5); do echo $i; done
        for ((i=0; i<3; i++)); do echo $i; done
        for b in a b; do git log -1 $b; done
        for d in */; do echo "$d"; done
        for f in src/*.js; do node --check "$f"; done
        while read l; do echo $l; done < file.txt
        while read -r f; do cat "$f"; done < <(find src -name '*.ts')
        cat list.txt | while read -r line; do echo "$line"; done
        if [ -d node_modules ]; then echo yes; fi
        if [[ -f .env.example ]]; then cat .env.example; fi
        if ! command -v rg >/dev/null; then echo missing; fi
        [ "$(uname)" = Linux ] && echo linux
        [[ $(git status --porcelain) ]] && echo dirty
        [ -z "$VAR" ] && echo empty
        test -x script.sh && echo executable
        case "$(uname)" in Linux) echo l;; Darwin) echo m;; esac
        x=5; ((x++)); echo $x
        echo $((2**10))
        echo "${PATH//:/ }"
        echo ${#HOME}
        echo "${FOO:-default}"
        echo {1..5}
        diff <(git show HEAD:a.txt) a.txt
        diff -u <(ls a) <(ls b)
        comm -3 <(sort a) <(sort b)
        xargs -n1 echo < list.txt
        ls *.ts | xargs wc -l
        git diff --name-only | xargs -I{} wc -l {}
        git ls-files | xargs -n 10 wc -l
        git ls-files -z | xargs -0 grep foo
        echo a b c | xargs -n 1
        tree -L 3 -I node_modules
        tree src
        stat -f %z file
        file *
        realpath src
        readlink -f node_modules/.bin/tsc
        md5sum *.txt
        sha1sum file
        cksum file
        hexdump -C file | head
        xxd file | head -5
        od -An -tx1 file
        strings binary | head
        nm -D lib.so
        objdump -d a.o | head
        tar -tvf a.tar.gz
        tar -czf backup.tar.gz src
        zip -r a.zip src
        gzip -l a.gz
        zcat a.gz | head
        :
        man grep
        tput cols
        sort -k2,2n -k1,1 file
        sort -n -r file | head
        sort file | uniq -d
        tr -s ' ' < file
        column -t file
        fold -w 80 file
        nl file
        seq 10 -1 1
        shuf -n 5 file
        tac file
        rev file
        paste a b
        join a b
        split -l 100 file part_
        tee log.txt
        npm run build 2>&1 | tee build.log | tail -5
        yes | head -3
        nohup npm start > out.log 2>&1 &
        npm run dev &
        ss -ltn
        netstat -tlnp
        """#
}
