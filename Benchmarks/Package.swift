// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the library's graph stays free of what only figures need.
let package = Package(
    name: "loyalty-ledger-benchmarks",
    dependencies: [
        .package(name: "loyalty-ledger", path: "../"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        .executableTarget(
            name: "LedgerBenchmarks",
            dependencies: [
                .product(name: "LoyaltyLedger", package: "loyalty-ledger"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        )
    ],
    swiftLanguageModes: [.v6]
)
