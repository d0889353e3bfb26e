extension HarmlessCommands {
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
}
