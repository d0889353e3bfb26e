extension AskedCommands {
    static let second = #"""
        pytest -c /tmp/x
        pytest /tmp/x
        pytest --rootdir=/tmp
        eslint -c /tmp/x src
        eslint --rulesdir /tmp/x src
        eslint --resolve-plugins-relative-to /tmp src
        tsc --build /tmp/x
        swift package update
        swift build --disable-sandbox
        brew install x
        apt install x
        docker run x
        docker exec x ls
        docker rm x
        docker build .
        docker compose up
        kubectl delete pod x
        kubectl get secrets
        gh pr create
        gh api x
        gh repo delete x
        terraform apply
        kill 1
        kill -9 1234
        pkill node
        killall node
        chown me a
        chmod u+s a
        chmod 4755 a
        cp -s /etc/passwd x
        echo x > /tmp/x
        echo x > ~/notes.txt
        echo x > $F
        echo x > -rf
        echo x > out/tmp/x
        cp a /tmp
        mv a ~/
        mkdir /tmp/x
        tee /tmp/x < a
        xxd a /tmp/x
        uniq a /tmp/x
        sed -i 's/a/b/' /tmp/x
        alias ls='rm -rf ~'
        trap 'rm -rf ~' EXIT
        shopt -s dotglob
        set -- a b
        enable -f ./x y
        hash -p ./x ls
        printf -v PATH x
        read PATH
        read 'a[$(id)]'
        unset PATH
        unset 'a[$(id)]'
        declare -n x=y
        mapfile -C ./x -c 1 y
        let 'a[$(id)]=1'
        echo $((a[$(id)]))
        read x; echo $((x))
        [[ -v 'a[$(id)]' ]]
        [[ $x -eq 1 ]]
        test -v 'a[$(id)]'
        a[0]=1
        echo ${a[$(id)]}
        echo ${!x}
        echo ${x@P}
        ls !(a)
        ls @(a|b)
        coproc ls
        select x in a; do ls; done
        :(){ :|:& };:
        cd $X; touch y
        cd "$(cat x)" && touch y
        if cd /tmp; then touch x; fi
        popd; touch x
        CDPATH=/ cd etc; touch x
        parallel rm ::: a
        watch rm /tmp/a
        flock x rm a
        script -c ls
        tmux new ls
        rm "unterminated
        rm 'unterminated
        echo $(ls
        echo `ls
        echo ${x
        (ls
        { ls
        if true; then ls
        for x in a; do ls
        ls )
        ls;; ls
        | ls
        ls |
        ls && 
        ls >
        echo $[1+1]
        echo $"x"
        ls <<EOF
        ｌｓ
        lѕ
        rm‮ -rf x
        ls​
        ls <(cat ~/.ssh/id_rsa)
        claude -p x
        codex exec x
        xdg-open x
        psql -c 'drop table x'
        sqlite3 x .shell
        gpg -d x
        aws s3 rm x
        foo
        foo --version
        npm run build --script-shell=./x
        npm run build --prefix /tmp/x
        npm run build --prefix=/tmp/x -- --fix
        yarn build --cwd /tmp/x
        yarn test --cwd /tmp/x
        jest --reporters=/tmp/x
        vitest --environment /tmp/x
        cmake --build build -- SHELL=./x
        cmake --build build -- -f /tmp/x
        cargo clippy -- -Clinker=./x
        cargo clippy -- -C linker=./x
        awk 'BEGIN{ARGV[1]="/etc/shadow"; ARGC=2} {print}'
        node_modules/.bin/ls
        .venv/bin/python x.py
        .venv/bin/foo
        ps axo pid,environ
        cat /p*/self/environ
        cat /*/shadow
        mv .env x
        rm .env
        ln -s .env x
        ln .env x
        git show HEAD:.env
        git cat-file -p HEAD:keys/id_rsa
        x=/etc/shadow; cat $~x
        cat $=x
        cd +1 && touch x
        vim --version x
        bash -n ~/.ssh/id_rsa
        kill %1 1234
        PYTHONPATH=/tmp/x pytest
        find . -name '*' -fprintf .git/x y
        cat ~/.s*/id*
        cat ~/.??h/config
        head ~/.config/g*/hosts.yml
        cat /proc/$$/environ
        git log --format=%H | xargs git show
        read -r x <<< "/"; rm -rf $x
        cp .env.production x
        bash -O extglob -c ls
        env -C / rm -rf etc
        xargs -a list rm
        GIT_TRACE=/tmp/x git status
        if; then; fi
        """#
}
