import Foundation
import LoyaltyLedgerTesting
import SystemPackage

/// The reader in Fixtures/reader, which knows DESIGN.md and nothing of the library.
enum SecondReader {
    /// What it says about one ledger.
    struct Answer {
        enum Verdict: String, Decodable {
            case good
            case torn
            case damaged
        }

        var lines: [String] = []
        var verdict = Verdict.good
        /// Where the torn tail or the damage begins.
        var end: (file: String, offset: Int, reason: String)?
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private static let script = GoldenLog.repository.appending("Fixtures/reader/read_ledger.py")

    /// A process that reads many ledgers, written into a directory of their own, one after another.
    final class Reading {
        private let directory = FileManager.default.temporaryDirectory.appending(path: "reader-\(UUID().uuidString)")
        private let process = Process()
        private let count: Int

        init(of ledgers: [MemoryDisk]) throws {
            count = ledgers.count
            var arguments = ["python3", script.string, "--each"]
            for (number, disk) in ledgers.enumerated() {
                let ledger = directory.appending(path: "\(number)")
                try write(disk, to: ledger)
                arguments.append(ledger.path)
            }
            for file in [output, errors] { try Data().write(to: file) }
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = arguments
            process.standardOutput = try FileHandle(forWritingTo: output)
            process.standardError = try FileHandle(forWritingTo: errors)
            try process.run()
        }

        deinit { try? FileManager.default.removeItem(at: directory) }

        private var output: URL { directory.appending(path: "output") }
        private var errors: URL { directory.appending(path: "errors") }

        /// Waits for the answers, one for each ledger.
        func answers() throws -> [Answer] {
            process.waitUntilExit()
            let complaint = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
            guard complaint.isEmpty, [0, 1].contains(process.terminationStatus) else {
                let advice = "python3 with the package lz4 is needed, which `make deps` installs"
                throw Failure(description: "the second reader failed (\(advice)): \(complaint)")
            }
            let answers = try parse(try Data(contentsOf: output))
            guard answers.count == count else {
                throw Failure(description: "the second reader answered \(answers.count) of \(count) times")
            }
            return answers
        }
    }

    private static func write(_ disk: MemoryDisk, to ledger: URL) throws {
        try FileManager.default.createDirectory(at: ledger.appending(path: "log"), withIntermediateDirectories: true)
        for path in disk.paths {
            var relative = path
            _ = relative.removePrefix(GoldenLog.root)
            try Data(disk[path] ?? []).write(to: ledger.appending(path: relative.string))
        }
    }

    private struct LastLine: Decodable {
        var verdict: Answer.Verdict
        var end: End?

        struct End: Decodable {
            var file: String
            var offset: Int
            var reason: String

            init(from decoder: any Decoder) throws {
                var values = try decoder.unkeyedContainer()
                file = try values.decode(String.self)
                offset = try values.decode(Int.self)
                reason = try values.decode(String.self)
            }
        }
    }

    private static func parse(_ output: Data) throws -> [Answer] {
        var answers: [Answer] = []
        var answer = Answer()
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
            guard line.hasPrefix("{\"ledger\":") else {
                answer.lines.append(String(line))
                continue
            }
            let last = try JSONDecoder().decode(LastLine.self, from: Data(line.utf8))
            answer.verdict = last.verdict
            answer.end = last.end.map { ($0.file, $0.offset, $0.reason) }
            answers.append(answer)
            answer = Answer()
        }
        return answers
    }
}
