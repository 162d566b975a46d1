import ArgumentParser
import Foundation
import LoyaltyLedger

/// Lines 5, 8 and 9: opening, and what the process then takes.
struct OpenMeasurement: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "open", abstract: "Open a ledger for writing.")

    @Argument var ledger: String
    @Flag(name: .customLong("memory"), help: "Print the resident size, too.") var isMeasuringMemory = false

    func run() async throws {
        let start = ContinuousClock.now
        let opened = try await Ledger.open(at: ledger, options: LedgerOptions(snapshots: .never))
        Figures.print("seconds", ContinuousClock.now - start)
        let report = opened.snapshotReport
        Figures.print("snapshot", report.loaded ?? 0)
        Figures.print("folded", report.foldedEvents)
        Figures.print("events", opened.summary.events)
        Figures.print("cards", opened.summary.cards)
        Figures.print("state_bytes", MemoryLayout<CardState>.stride)
        Figures.print("event_bytes", MemoryLayout<CardEvent>.stride)
        Figures.print("record_bytes", MemoryLayout<CardRecord>.stride)
        Figures.print("action_bytes", MemoryLayout<CardAction>.stride)
        Figures.print("request_bytes", MemoryLayout<CommandRequest>.stride)
        if isMeasuringMemory { Figures.print("resident", ProcessFigures.residentBytes()) }
        // Nothing was added; leaving without a word keeps the ledger as it was found.
        ProcessFigures.leave()
    }
}
