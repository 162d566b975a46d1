import Foundation
import Testing

@testable import LogFuzz

/// The inputs that fuzzing starts from, and those it found.
@Suite struct FuzzFixtureTests {
    static let isRecording = ProcessInfo.processInfo.environment["RECORD_FIXTURES"] == "1"
    static let fixtures = URL(filePath: #filePath).appending(path: "../../../Fixtures").standardized

    @Test("no seed and no finding makes a decoder trap", arguments: FuzzTarget.allCases)
    func run(target: FuzzTarget) throws {
        let seeds = try Self.files("fuzz", target)
        #expect(!seeds.isEmpty, "fuzzing \(target) starts from nothing")
        // A target asks for nothing but to come back; a trap ends the test run.
        for file in try seeds + Self.files("corrupt", target) { target.run(Array(try Data(contentsOf: file))) }
    }

    @Test("every folder of fixtures belongs to a target", arguments: ["fuzz", "corrupt"])
    func folders(kind: String) throws {
        let folder = Self.fixtures.appending(path: kind)
        guard FileManager.default.fileExists(atPath: folder.path) else { return }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            #expect(FuzzTarget(rawValue: name) != nil, "\(kind)/\(name)")
        }
    }

    @Test("records the seeds", .enabled(if: isRecording))
    func record() async throws {
        for (target, inputs) in try await FuzzSeeds.all() {
            let folder = Self.fixtures.appending(path: "fuzz/\(target)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (number, input) in inputs.enumerated() {
                try Data(input).write(to: folder.appending(path: "seed-\(number)"))
            }
        }
        Issue.record("the seeds were recorded; run again without RECORD_FIXTURES")
    }

    private static func files(_ kind: String, _ target: FuzzTarget) throws -> [URL] {
        let folder = fixtures.appending(path: "\(kind)/\(target)")
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .sorted { $0.path < $1.path }
    }
}
