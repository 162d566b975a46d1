import ArgumentParser
import Foundation
import LoyaltyLedger

/// Line 7: what a ledger takes on disk.
struct LogDescribing: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "size",
        abstract: "Print the bytes of a ledger's files."
    )

    @Argument var ledger: String

    func run() async throws {
        let segments = try await Ledger.describe(at: ledger).segments
        Figures.print("segments", segments.count)
        Figures.print("log_bytes", segments.reduce(0) { $0 + $1.usedByteCount })
        Figures.print("index_bytes", try bytes(in: ledger + "/log", suffix: ".cards"))
        Figures.print("snapshot_bytes", try bytes(in: ledger + "/snapshots", suffix: ".snapshot"))
    }

    private func bytes(in directory: String, suffix: String) throws -> Int {
        guard FileManager.default.fileExists(atPath: directory) else { return 0 }
        return try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(suffix) }.reduce(0)
        {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory + "/" + $1)
            return $0 + ((attributes[.size] as? Int) ?? 0)
        }
    }
}
