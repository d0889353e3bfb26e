import Testing

@testable import Linux

@Suite struct ControlGroupTests {
    private static let mixed = """
        31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
        40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
        41 31 0:38 / /sys/fs/cgroup/unified rw,relatime shared:9 - cgroup2 cgroup2 rw
        """

    @Test(arguments: [
        ("beside the first version", mixed, "9:name=systemd:/\n0::/\n", "/sys/fs/cgroup/unified/"),
        (
            "alone", "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw", "0::/user.slice/a b.scope\n",
            "/sys/fs/cgroup/user.slice/a b.scope"
        ),
        ("a part of it", "30 23 0:26 /box /cg rw - cgroup2 none rw", "0::/box/inner\n", "/cg/inner"),
        ("another part of it", "30 23 0:26 /box /cg rw - cgroup2 none rw", "0::/boxes\n", nil),
        ("a blank in its path", "30 23 0:26 / /my\\040cg rw - cgroup2 none rw", "0::/x\n", "/my cg/x"),
        ("none", "22 1 0:2 / / rw - ext4 /dev/root rw", "0::/\n", nil),
        ("only the first version", "30 23 0:26 / /cg rw - cgroup cgroup rw", "1:cpu:/\n", nil),
    ])
    func `this process's own group is found where it is mounted`(
        _ name: String, _ mounts: String, _ groups: String, _ path: String?
    ) {
        #expect(ControlGroup.ownFolder(mounts: mounts, groups: groups) == path, "\(name)")
    }
}
