extension ProgramTable {
    /// Containers, clusters and forges: what they show, never what they change.
    static let containers: [Program] = [
        Program("docker podman nerdctl", "v version", .stopping, Operands.commands(docker)),
        Program(
            "docker-compose podman-compose", "-f@ version file@ project-name: -p:", .stopping,
            Operands.commands(compose)),
        Program(
            "kubectl", "-n: namespace:", .stopping,
            Operands.commands([
                Program("version cluster-info", "client short output: -o:", Operands.none),
                Program("get", "-n:A namespace: all-namespaces selector: -l: show-labels", readable),
                Program("logs", "-fn:c: tail: namespace: since: container: follow previous", Operands.text),
            ])),
        Program("gh", "version", .stopping, Operands.commands(gh)),
    ]

    /// Kinds of objects that hold no secrets.
    private static let readable: Program.Body = { judge, parsed, call in
        let kinds: Set<String> = [
            "pods", "pod", "po", "deployments", "deployment", "deploy", "services", "service", "svc", "nodes",
            "node",
            "namespaces", "ns", "jobs", "job", "events", "replicasets", "rs", "ingress", "statefulsets",
        ]
        if !(parsed.operands.first?.literal.map(kinds.contains) ?? false) {
            judge.find(.ask, .secret, "\(call.name.quoted) may show secrets.")
        }
        return .unknown
    }

    private static let docker: [Program] = [
        Program(
            "ps images version info", "-aqnf:ls all quiet filter: format: no-trunc last: latest size digests",
            Operands.text),
        Program("logs", "-fnt tail: follow since: until: timestamps details n:", Operands.text),
        Program("top port stats history", "no-stream no-trunc format: human quiet all", Operands.text),
        Program(
            "container image volume network", "", .stopping,
            Operands.commands([Program("ls list", "-aq all quiet filter: format: no-trunc", Operands.text)])),
        Program("compose", "-f@p: file@ project-name: profile:", .stopping, Operands.commands(compose)),
        Program("context", "", Operands.words("ls show")),
    ]

    private static let compose: [Program] = [
        Program(
            "ps ls version images top port", "-aq all quiet services format: filter: status: short",
            Operands.text),
        Program(
            "logs", "-fnt tail: follow since: until: timestamps no-color no-log-prefix n:", Operands.text),
    ]

    private static let gh: [Program] = [
        Program(
            "pr", "", .stopping,
            Operands.commands([Program("list view diff status checks", ghOptions, Operands.text)])),
        Program(
            "issue", "", .stopping, Operands.commands([Program("list view status", ghOptions, Operands.text)])
        ),
        Program("run", "", .stopping, Operands.commands([Program("list view", ghOptions, Operands.text)])),
        Program(
            "release repo label workflow", "", .stopping,
            Operands.commands([Program("list view", ghOptions, Operands.text)])),
        Program("--version version", "", Operands.none),
    ]

    private static let ghOptions =
        """
        -L:s:q:a:A:l:R:S:B:H:b:w:jcv limit: state: json: jq: assignee: author: label: repo: search: \
        base: head: branch: comments name-only patch color: workflow: user: log log-failed verbose \
        job: status: required
        """
}
