// swift-tools-version: 6.2
import PackageDescription

let common: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// One library target; `dependencies` may only name targets of a lower row (see Sources/README.md).
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: common)
}

/// The tests of the target `name`, in Tests/<name>Tests.
func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: dependencies, resources: resources, swiftSettings: common)
}

/// The keeper must run, and go on running, whatever happens to the libraries of the machine.
let wholly: [String] = ["-static-executable"]

/// Functions of CGit2/certificates.c, which libraries that are loaded later must find before those of mbed TLS.
let seenByLibraries = ["file", "path"].flatMap {
    ["-Xlinker", "--export-dynamic-symbol=mbedtls_x509_crt_parse_\($0)"]
}

let package = Package(
    name: "claudia",
    products: [
        .executable(name: "claudia", targets: ["claudia"]),
        .executable(name: "claudia-keeper", targets: ["claudia-keeper"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .target(name: "CGit2", linkerSettings: [.linkedLibrary("dl"), .unsafeFlags(seenByLibraries)]),
        .target(name: "CLinux"),

        library("SessionModel"),
        library("Linux", ["CLinux"]),

        library("KeeperProtocol", ["Linux", "SessionModel"]),
        library("Store", ["Linux", "SessionModel"]),
        library("Git", ["CGit2", "Linux", "SessionModel"]),
        library("Lifecycle", ["SessionModel"]),
        library("Agents", ["SessionModel"]),
        // Optimized always: keepers read all output with it, of which tests print tens of megabytes.
        .target(
            name: "Screen", dependencies: ["SessionModel"],
            swiftSettings: common + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        library("Consent", ["SessionModel"]),

        library("Keeper", ["KeeperProtocol", "Linux", "Screen", "SessionModel"]),
        library(
            "Supervisor",
            [
                "Agents", "Consent", "Git", "KeeperProtocol", "Lifecycle", "Linux", "Screen", "SessionModel",
                "Store", .product(name: "Logging", package: "swift-log"),
            ]),

        library(
            "Commands",
            [
                "Agents", "Consent", "Git", "KeeperProtocol", "Linux", "Screen", "SessionModel", "Store",
                "Supervisor",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]),

        .executableTarget(name: "claudia", dependencies: ["Commands"], swiftSettings: common),
        .executableTarget(
            name: "claudia-keeper", dependencies: ["Keeper"],
            swiftSettings: common + [.unsafeFlags(wholly, .when(configuration: .release))],
            linkerSettings: [.unsafeFlags(wholly, .when(configuration: .release))]),

        tests("Linux", ["Linux"]),
        tests("SessionModel", ["SessionModel"]),
        tests("KeeperProtocol", ["KeeperProtocol", "Linux"]),
        tests("Store", ["Linux", "SessionModel", "Store"]),
        tests("Git", ["CGit2", "Git", "Linux", "SessionModel"]),
        tests("Lifecycle", ["Lifecycle", "SessionModel"]),
        tests("Agents", ["Agents", "Linux", "Screen", "SessionModel"], resources: [.copy("Recordings")]),
        tests("Consent", ["Consent", "Linux", "SessionModel"]),
        tests(
            "Commands",
            ["Agents", "Commands", "Git", "Linux", "SessionModel", "Store", "claudia", "claudia-keeper"]),
        tests(
            "Screen", ["KeeperProtocol", "Linux", "Screen", "SessionModel"], resources: [.copy("Recordings")]),
        tests("Keeper", ["Keeper", "KeeperProtocol", "Linux", "SessionModel", "claudia-keeper"]),
        tests("EndToEnd", ["Linux", "SessionModel", "claudia", "claudia-keeper"]),
        tests(
            "RealAgents", ["Linux", "SessionModel", "claudia", "claudia-keeper"], resources: [.copy("Model")]),
        tests("Fault", ["Linux", "SessionModel", "claudia", "claudia-keeper"]),
        tests("Supervisor", ["Linux", "SessionModel", "Store", "Supervisor"]),
        tests("Tidy", ["Linux"]),
        tests("Examples", ["Linux", "SessionModel", "Store", "claudia", "claudia-keeper"]),
    ]
)
