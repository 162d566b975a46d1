import ArgumentParser
import Foundation
import LoyaltyLedger

/// Line 8: all cards sorted into segments, now and as of a day in the past.
struct SegmentationMeasurement: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "rfm", abstract: "Sort the cards into segments.")

    @Argument var ledger: String
    @Option var rounds = 5

    func run() async throws {
        let opened = try await Ledger.open(at: ledger, options: LedgerOptions(access: .readOnly))
        let days = opened.cards.compactMap(\.state.lastDays.visit)
        guard let first = days.min(), let last = days.max() else { throw ValidationError("no card has a visit") }
        for scheme in RFMScheme.allCases {
            var times: [Duration] = []
            for _ in 0..<rounds { times.append(try await time(opened, scheme, on: last.advanced(byDays: 1))) }
            Figures.printPercentiles(scheme.name.replacing("-", with: "_"), times)
        }
        Figures.print("cards", opened.summary.cards)
        let middle = first.advanced(byDays: (last.daysSince1970 - first.daysSince1970) / 2)
        Figures.print("past_seconds", try await time(opened, .visitsGrid, on: middle))
    }

    private func time(_ opened: Ledger, _ scheme: RFMScheme, on day: LocalDay) async throws -> Duration {
        let start = ContinuousClock.now
        let rows = try await opened.rfm(asOf: day, scheme: scheme)
        let duration = ContinuousClock.now - start
        guard !rows.isEmpty else { throw ValidationError("a segmentation without cards") }
        return duration
    }
}
