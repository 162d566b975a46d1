import ArgumentParser
import Foundation
import LoyaltyLedger

/// Times durable appends and replay, beside a raw loop that writes and syncs the same number of bytes in the same run.
@main
struct LedgerBenchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Figures of the ledger beside a raw write+fdatasync loop, alternating, in one run."
    )

    @Option(help: "How many purchases to record.") var commands = 200_000
    @Option(help: "Over how many cards.") var cards = 10_000
    @Option(help: "How many commands share a batch.") var batch = 10_000
    @Option(help: "How often to repeat each measurement.") var rounds = 3

    func run() async throws {
        print(
            "| round | ledger append, commands/s | bytes/event | raw loop of the same bytes, commands/s | ratio | replay, events/s |"
        )
        print("|---|---|---|---|---|---|")
        for round in 1...rounds {
            let figures = try await LedgerRun(commands: commands, cards: cards, batch: batch).measure()
            let raw = try RawLoop(bytes: figures.bytes, syncs: (commands + batch - 1) / batch).measure()
            let rawRate = Double(commands) / raw
            print(
                "| \(round) | \(rounded(figures.appendRate)) | "
                    + "\((Double(figures.bytes) / Double(figures.events) * 10).rounded() / 10) | \(rounded(rawRate)) | "
                    + "\((figures.appendRate / rawRate * 1000).rounded() / 1000) | \(rounded(figures.replayRate)) |"
            )
        }
    }

    private func rounded(_ rate: Double) -> Int { Int(rate.rounded()) }
}
