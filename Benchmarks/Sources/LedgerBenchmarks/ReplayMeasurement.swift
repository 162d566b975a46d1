import ArgumentParser
import EventLog
import Foundation
import LoyaltyLedger
import SystemPackage

/// Line 4: a ledger without snapshots is opened for reading, so that every event is checked and folded.
struct ReplayMeasurement: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "replay", abstract: "Fold a whole ledger.")

    @Argument var ledger: String
    @Flag(name: .customLong("checked"), help: "Print what the cards add up to; the limit must arrive at it, too.")
    var isChecked = false

    func run() async throws {
        let counter = ProcessFigures.allocations
        let allocated = counter?() ?? 0
        let start = ContinuousClock.now
        let opened = try await Ledger.open(at: ledger, options: LedgerOptions(access: .readOnly))
        Figures.print("seconds", ContinuousClock.now - start)
        if let counter {
            Figures.print("allocations", counter() - allocated)
            Figures.print("blocks", try blockCount())
        }
        guard opened.snapshotReport.loaded == nil else { throw ValidationError("\(ledger) has a snapshot") }
        Figures.print("events", opened.summary.events)
        Figures.print("cards", opened.summary.cards)
        if isChecked { printSums(opened) }
    }

    private func blockCount() throws -> Int {
        var count = 0
        try EventLog.openReadOnly(at: FilePath(ledger)).makeReader().forEachBlock { _ in count += 1 }
        return count
    }

    private func printSums(_ opened: Ledger) {
        let states = opened.cards.map(\.state)
        Figures.print("balance", states.reduce(0) { $0 + Int64($1.balance.rawValue) })
        Figures.print("available", states.reduce(0) { $0 + Int64($1.rewardsAvailable.rawValue) })
        Figures.print("lifetime_value", states.reduce(0) { $0 + $1.lifetimeValue.rawValue })
        Figures.print("visits", states.reduce(0) { $0 + Int64($1.visits.rawValue) })
        Figures.print("refusals", opened.summary.refusals)
    }
}
