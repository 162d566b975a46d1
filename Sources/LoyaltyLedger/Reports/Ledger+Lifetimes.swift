internal import EventLog
public import LoyaltyDomain
public import Projections

extension Ledger {
    /// Summarises each card's purchases for models of customer lifetimes, as of the end of a local day (DOMAIN.md 4.4).
    ///
    /// - Parameters:
    ///   - day: The day to which customers are observed, in each program's own zone.
    ///   - program: Only that program's cards; all cards unless named.
    /// - Returns: A row for each card with a purchase by then, ordered by the UTF-8 bytes of the serials.
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(events), twice where cards were merged; memory of 24 bytes for each purchase.
    public func lifetimes(asOf day: LocalDay, program: ProgramID? = nil) async throws -> [LifetimesEntry] {
        try await offThePool { [state, makeReader] in
            let live = state.copy
            var ends = live.ends(of: day)
            if let program { ends = ends.filter { $0.key == live.catalog.number(of: program) } }
            var fold = LifetimesFold(endingAt: ends)
            let reader = try LedgerError.reading { try makeReader() }
            try reader.forEachCardRecord(through: live.position) { _, record in fold.fold(record) }
            if let merged = fold.needsMore {
                fold = LifetimesFold(endingAt: ends, keepingWhole: merged)
                try reader.forEachCardRecord(through: live.position) { _, record in fold.fold(record) }
            }
            return fold.rows(asOf: day)
                .compactMap { number, row in
                    live.catalog.program(number).map {
                        LifetimesEntry(card: live.directory.card(row.card), currency: $0.currency, row: row)
                    }
                }
                .sorted { $0.card.text.utf8.lexicographicallyPrecedes($1.card.text.utf8) }
        }
    }
}

/// One card's summary for models of customer lifetimes.
public struct LifetimesEntry: Hashable, Sendable {
    /// The card.
    public let card: CardID
    /// The currency of its amounts.
    public let currency: Currency
    /// Its figures.
    public let row: LifetimesRow

    /// The mean of a day's purchases after the first day, with six decimals.
    public var monetary: String { row.monetary(in: currency) }
}

extension LedgerState {
    /// The last instant of a local day, by the calendar of each program.
    func ends(of day: LocalDay) -> [ProgramNumber: Timestamp] {
        calendars.mapValues { $0.firstInstant(of: day.advanced(byDays: 1)).advanced(byMilliseconds: -1) }
    }
}
