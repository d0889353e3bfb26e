/// Agents made of plain shell, so that no account is needed.
enum Agents {
    /// Says `ready`, then answers each line with `got<LINE>`.
    static let echoing = """
        #!/bin/sh
        stty -echo
        echo ready
        while IFS= read -r line; do printf 'got<%s>\\n' "$line"; done

        """

    /// Prints `line 1`, `line 2`, … for ever, a hundred a second at most.
    static let counting = """
        exec 9<> <(:); i=0; while :; do i=$((i+1)); echo "line $i"; read -t 0.01 -u 9 none; done
        """

    /// Says `ready` and waits until the file `go` is in its folder.
    static let untilGo = "exec 9<> <(:); echo ready; until [ -e go ]; do read -t 0.05 -u 9 none; done"

    /// Deaf to TERM and HUP, with a child that left its session and its parents.
    static let stubborn = """
        trap '' TERM HUP INT
        ( setsid sh -c "trap '' TERM HUP; (while :; do sleep 60; done) & echo daemon \\$!; wait" & )
        echo ready
        while :; do sleep 60; done
        """
}
