/// All programs that are known.
enum ProgramTable {
    /// The families, each in a file of its own.
    static let families: [[Program]] = [
        coreutils, fileChanges, searchTools, textTools, systemTools, git, buildTools, scriptTools,
        buildDrivers,
        nativeTools, containers,
    ]

    static let programs = table(families.flatMap { $0 })

    static func table(_ programs: [Program]) -> [String: Program] {
        var table: [String: Program] = [:]
        for program in programs {
            for name in program.names { table[name] = program }
        }
        return table
    }
}
