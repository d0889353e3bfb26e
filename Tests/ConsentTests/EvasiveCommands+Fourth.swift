extension EvasiveCommands {
    /// Brackets, subscripts, names of secrets and of homes, and what Git reads outside.
    static let fourth = #"""
        echo [$(rm -rf ~)]
        echo [a`rm -rf ~`]
        echo ["$(rm -rf ~)"]
        echo [${x:-$(rm -rf ~)}]
        echo [<(rm -rf ~)]
        echo [~$(rm -rf ~)]
        ls *[$(rm -rf ~)]*
        case x in [$(rm -rf ~)]) ;; esac
        [[ x == [$(rm -rf ~)] ]]
        [[ -e <(rm -rf ~) ]]
        [[ ( -e x ) && -e >(rm -rf ~) ]]
        x=([$(rm -rf ~)]=1)
        x=(a [`rm -rf ~`]=1)
        x+=([$(rm -rf ~)]=2)
        i='a[$(rm -rf ~)]'; x=([i]=2)
        rm -rf .g["]"i]t
        rm -rf .g[\]i]t
        rm -rf [.]git
        rm -rf *git
        rm -rf ?git
        rm -rf **
        rm -rf '~'
        x='rm -rf ~'; $x
        git diff /etc/shadow /dev/null
        git diff --stat ../../../../.ssh/id_rsa x
        git diff .env
        git log -p -- .env
        git log -p ':(top).env'
        git blame .env
        git grep KEY -- .env
        git add .env
        git add -f build
        sort --files0-from=x
        cat x | node
        node < x
        echo 'process.exit(1)' | node
        printf 'x:;rm -rf ~' | make -f -
        make -f - <<< "x"
        cmake --build . --target install
        cmake --build . -t uninstall
        npm run build -- --out ../../../x
        npm run build -- --out=/etc
        grep -rn . --include=.env
        grep -rn . --include='.e*'
        rg -uu . -g .env
        rg --hidden KEY -g '**/.env*'
        cat prod.env
        ls ~/.ssh
        ls -R ~/.aws
        ls ../other
        ls -la /proc/1/environ
        """#
}
