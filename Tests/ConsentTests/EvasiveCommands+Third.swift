extension EvasiveCommands {
    static let third = #"""
        sort -o .git/config a
        sort -T /tmp a
        sort --files0-from=.env
        sort --output=/etc/x a
        uniq a ~/.bashrc
        split a ~/x
        csplit a 1
        xxd a .git/config
        shuf -o ~/.bashrc a
        tee ~/.ssh/authorized_keys < a
        column -t ~/.netrc
        iconv -o ~/.x a
        xmllint --output ~/.x a
        hexdump -f ~/.netrc a
        nl ~/.netrc
        fold ~/.ssh/config
        base32 ~/.ssh/id_rsa
        sha256sum ~/.ssh/id_rsa
        stat -f ~/.ssh/id_rsa; cat ~/.ssh/id_rsa
        file -f ~/.netrc
        wc --files0-from=.env
        du --files0-from=.env
        date -f ~/.netrc
        date -r ~/.netrc
        od ~/.netrc
        jobs; rm -rf ~
        [ -v x[$(id)] ]
        [ "$(rm -rf ~)" ]
        [[ a =~ $(rm -rf ~) ]]
        (( x[$(rm -rf ~)] ))
        echo $(( x[`rm -rf ~`] ))
        echo ${x[$(rm -rf ~)]}
        echo ${x/$(rm -rf ~)/}
        echo ${x//a/`rm -rf ~`}
        echo ${x:$(rm -rf ~)}
        echo "${x:+$(rm -rf ~)}"
        case $(rm -rf ~) in *) ;; esac
        case x in $(rm -rf ~)) ;; esac
        for i in $(rm -rf ~); do :; done
        for ((i=$(rm -rf ~);;)); do :; done
        select x in $(rm -rf ~); do :; done
        x[$(rm -rf ~)]=1
        x=($(rm -rf ~))
        x=( a `rm -rf ~` )
        declare x=$(rm -rf ~)
        export x="$(rm -rf ~)"
        local x=`rm -rf ~`
        readonly x=$(rm -rf ~)
        ls > $(rm -rf ~)
        ls 2> "$(rm -rf ~)"
        ls < <(rm -rf ~)
        ls > >(rm -rf ~)
        cat <<< $(rm -rf ~)
        cat <<< "`rm -rf ~`"
        rm -rf ~ &
        ls;rm -rf ~
        ls&&rm -rf ~
        ls||rm -rf ~
        ls|rm -rf ~
        ls|&rm -rf ~
        ;rm -rf ~
        ls;;rm -rf ~
        true;{ rm -rf ~;}
        true;(rm -rf ~)
        true&&{ rm -rf ~;}
        !rm -rf ~
        ! ! rm -rf ~
        time -p rm -rf ~
        coproc rm -rf ~
        function ls { rm -rf ~; }; ls
        function ls() { rm -rf ~; }; ls
        ls() ( rm -rf ~ ); ls
        ls ( ) { rm -rf ~; } ; ls
        ls() { rm -rf ~; } > /dev/null; ls
        ls(){ rm -rf ~;};ls
        a() { b; }; b() { rm -rf ~; }; a
        f() { g() { rm -rf ~; }; }; f; g
        if true; then f() { rm -rf ~; }; else f() { ls; }; fi; f
        unset -f ls; ls
        """#
}
