import Foundation
import LedgerImport
import Testing

@testable import loyalty

/// A directory of its own in which a test runs the built command.
final class Workbench: Sendable {
    /// What a run of the command left behind.
    struct Run {
        let status: Int32
        let output: String
        let errors: String

        var lines: [Substring] { output.split(separator: "\n") }
        var lastLine: String { lines.last.map(String.init) ?? "" }

        /// The rows of a CSV report without its header, by the header's names.
        var rows: [[String: String]] {
            let records = Array(CSVReader(Array(output.utf8)))
            guard let header = records.first?.texts else { return [] }
            return records.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0.texts)) }
        }

        /// The value behind `name=` on the last line.
        func figure(_ name: String) -> String? {
            let fields = lastLine.split(separator: " ").map { $0.split(separator: "=", maxSplits: 1) }
            return fields.first { $0.count == 2 && $0[0] == name }.map { String($0[1]) }
        }
    }

    /// The directory; the command runs in it.
    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "loyalty-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    /// The repository's fixtures.
    static let fixtures = URL(filePath: #filePath).appending(path: "../../../../Fixtures").standardized

    static let perTransaction = fixtures.appending(path: "programs/coffee-per-transaction.json").path
    static let carryOver = fixtures.appending(path: "programs/coffee-carry-over.json").path
    static let purchases = fixtures.appending(path: "cdnow/purchases.csv").path

    /// The command lies beside the test bundle.
    private static let tool: URL = {
        let bundle = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
        return bundle.deletingLastPathComponent().appending(path: "loyalty")
    }()

    /// Runs the command to its end.
    @discardableResult
    func run(_ arguments: String...) throws -> Run {
        try finish(start(arguments))
    }

    /// Starts the command.
    func start(_ arguments: [String]) throws -> Started {
        let process = Process()
        process.executableURL = Workbench.tool
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.standardInput = FileHandle.nullDevice
        let name = UUID().uuidString
        let started = Started(
            process: process,
            output: directory.appending(path: ".\(name).out"),
            errors: directory.appending(path: ".\(name).err")
        )
        process.standardOutput = try handle(started.output)
        process.standardError = try handle(started.errors)
        try process.run()
        return started
    }

    /// Waits for the command's end.
    func finish(_ started: Started) throws -> Run {
        started.process.waitUntilExit()
        return Run(
            status: started.process.terminationStatus,
            output: try String(contentsOf: started.output, encoding: .utf8),
            errors: try String(contentsOf: started.errors, encoding: .utf8)
        )
    }

    /// A running command.
    struct Started {
        let process: Process
        let output: URL
        let errors: URL
    }

    /// Writes a file.
    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: directory.appending(path: name))
    }

    /// Reads a file.
    func read(_ name: String) throws -> String {
        try String(contentsOf: directory.appending(path: name), encoding: .utf8)
    }

    /// Makes a symbolic link.
    func link(_ name: String, to other: String) throws {
        let place = directory.appending(path: name).path
        try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: other)
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: directory.appending(path: name).path)
    }

    /// The rows of a fixture, by its header's names.
    static func fixture(_ name: String) throws -> [[String: String]] {
        let text = try String(contentsOf: fixtures.appending(path: name), encoding: .utf8)
        return Run(status: 0, output: text, errors: "").rows
    }

    private func handle(_ url: URL) throws -> FileHandle {
        try Data().write(to: url)
        return try FileHandle(forWritingTo: url)
    }
}
