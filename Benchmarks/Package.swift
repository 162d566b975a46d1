// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the library's graph stays free of what only figures need. The peers are C programs with a Makefile
// (Peers), since each is built only where its library is installed.
let package = Package(
    name: "loyalty-ledger-benchmarks",
    dependencies: [
        .package(name: "loyalty-ledger", path: "../"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .executableTarget(
            name: "LedgerBenchmarks",
            dependencies: [
                .product(name: "LoyaltyLedger", package: "loyalty-ledger"),
                .product(name: "LedgerLoad", package: "loyalty-ledger"),
                .product(name: "EventLog", package: "loyalty-ledger"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
                .treatAllWarnings(as: .error),
            ]
        )
    ],
    swiftLanguageModes: [.v6]
)
