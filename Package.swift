// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "loyalty-ledger",
    products: [
        .library(name: "LoyaltyLedger", targets: ["LoyaltyLedger"]),
        .library(name: "EventLog", targets: ["EventLog"]),
        .library(name: "LoyaltyLedgerTesting", targets: ["LoyaltyLedgerTesting"]),
        // What the benchmarks share with `loyalty generate`.
        .library(name: "LedgerLoad", targets: ["LedgerLoad"]),
        .executable(name: "loyalty", targets: ["loyalty"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        // C, apart from everything else.
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
        .target(name: "CIntrinsics"),

        // The rules: pure, and importing nothing of ours.
        .target(name: "LoyaltyDomain"),
        .target(name: "Projections", dependencies: ["LoyaltyDomain", crypto]),

        // The log: bytes, files, and nothing about stamps.
        .target(name: "LogFormat", dependencies: ["CLZ4", "CIntrinsics", crypto]),
        .target(name: "LogStorage", dependencies: [system]),
        .target(name: "EventLog", dependencies: ["LogFormat", "LogStorage", system]),
        .target(name: "Snapshots", dependencies: ["LogFormat", "LogStorage", system]),

        // Where the two meet.
        .target(name: "EventCoding", dependencies: ["LoyaltyDomain", "LogFormat"]),
        .target(
            name: "LoyaltyLedger",
            dependencies: [
                "CIntrinsics", "EventCoding", "EventLog", "LogFormat", "LogStorage", "LoyaltyDomain", "Projections",
                "Snapshots",
                crypto,
            ]
        ),
        .target(
            name: "LoyaltyLedgerTesting",
            dependencies: [
                "EventCoding", "EventLog", "LogFormat", "LogStorage", "LoyaltyDomain", "LoyaltyLedger", system,
            ]
        ),
        .target(name: "LedgerImport", dependencies: ["LoyaltyLedger"]),
        .target(name: "LedgerLoad", dependencies: ["LoyaltyLedger", system]),
        .executableTarget(
            name: "loyalty",
            dependencies: [
                "LedgerImport", "LedgerLoad", "LoyaltyLedger",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),

        // Not a product: `make fuzz` builds it with libFuzzer.
        .target(name: "CLibFuzzer"),
        .executableTarget(
            name: "LogFuzz",
            dependencies: [
                "CLibFuzzer", "EventCoding", "EventLog", "LedgerImport", "LogFormat", "LogStorage", "LoyaltyDomain",
                "LoyaltyLedger", "LoyaltyLedgerTesting", "Snapshots", system,
            ]
        ),

        // Not a product: `make torture` builds it in release.
        .executableTarget(
            name: "LogTorture",
            dependencies: [
                "EventLog", "LogFormat", "LogStorage", "LoyaltyLedgerTesting", "Snapshots", system,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),

        // Not a product: `make torture-rules` builds it in release.
        .executableTarget(
            name: "RuleTorture",
            dependencies: [
                "LoyaltyLedgerTesting", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),

        .testTarget(name: "LoyaltyDomainTests", dependencies: ["LoyaltyDomain"]),
        .testTarget(name: "ProjectionsTests", dependencies: ["Projections", "LoyaltyDomain"]),
        .testTarget(name: "LogFormatTests", dependencies: ["LogFormat"]),
        .testTarget(name: "LogStorageTests", dependencies: ["LogStorage", "LoyaltyLedgerTesting", system]),
        .testTarget(
            name: "EventLogTests",
            dependencies: ["EventLog", "LogFormat", "LogStorage", "LoyaltyLedgerTesting", system]
        ),
        .testTarget(
            name: "SnapshotsTests",
            dependencies: ["Snapshots", "LogFormat", "LogStorage", "LoyaltyLedgerTesting", system]
        ),
        .testTarget(name: "EventCodingTests", dependencies: ["EventCoding", "LoyaltyDomain", "LogFormat"]),
        .testTarget(
            name: "LoyaltyLedgerTests",
            dependencies: [
                "LoyaltyLedger", "LoyaltyLedgerTesting", "EventCoding", "LogFormat", "LogStorage", "Projections",
                "Snapshots", crypto, system,
            ]
        ),
        .testTarget(name: "DocumentationTests", dependencies: ["LoyaltyLedger"]),
        .testTarget(
            name: "CompatibilityTests",
            dependencies: [
                "EventCoding", "EventLog", "LogFormat", "LogStorage", "LoyaltyLedger", "LoyaltyLedgerTesting", system,
            ]
        ),
        .testTarget(name: "LedgerImportTests", dependencies: ["LedgerImport", "LoyaltyLedger"]),
        .testTarget(
            name: "LedgerLoadTests",
            dependencies: ["LedgerLoad", "EventLog", "LogFormat", "LoyaltyLedger", "LoyaltyLedgerTesting", system]
        ),
        .testTarget(
            name: "LogFuzzTests",
            dependencies: [
                "LogFuzz", "EventCoding", "EventLog", "LogFormat", "LoyaltyDomain", "LoyaltyLedger",
                "LoyaltyLedgerTesting", "Snapshots", system,
            ]
        ),
        .testTarget(name: "CommandLineTests", dependencies: ["loyalty", "LedgerImport", "LoyaltyLedger"]),
        .testTarget(
            name: "LogTortureTests",
            dependencies: ["LogTorture", "EventLog", "LogFormat", "LogStorage", "LoyaltyLedgerTesting", system]
        ),
    ],
    swiftLanguageModes: [.v6]
)

var crypto: Target.Dependency { .product(name: "Crypto", package: "swift-crypto") }
var system: Target.Dependency { .product(name: "SystemPackage", package: "swift-system") }

for target in package.targets
where ![.system, .plugin].contains(target.type) && !["CIntrinsics", "CLibFuzzer"].contains(target.name) {
    target.swiftSettings = [
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
        .enableUpcomingFeature("ExistentialAny"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
        .enableUpcomingFeature("MemberImportVisibility"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
        .enableUpcomingFeature("InternalImportsByDefault"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0443-warning-control-flags.md
        .treatAllWarnings(as: .error),
    ]
    // Tests poke at raw bytes on purpose; the code they test may not.
    if target.type != .test && !["loyalty", "LogFuzz", "LogTorture", "RuleTorture"].contains(target.name) {
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0458-strict-memory-safety.md
        target.swiftSettings?.append(.strictMemorySafety())
    }
}
