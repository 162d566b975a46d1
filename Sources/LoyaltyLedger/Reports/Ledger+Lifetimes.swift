public import LoyaltyDomain
public import Projections

extension Ledger {
    /// Summarises each card's purchases for models of customer lifetimes, as of the end of a local day (DOMAIN.md 4.4).
    ///
    /// - Parameters:
    ///   - day: The day to which customers are observed, in each program's own zone.
    ///   - program: Only that program's cards; all cards unless named.
    public func lifetimes(asOf day: LocalDay, program: ProgramID? = nil) async throws -> [LifetimesEntry] {
        try await lifetimes(asOf: .occurred(.endOf(day)), program: program)
    }

    /// Summarises each card's purchases for models of customer lifetimes, at a point in time.
    ///
    /// - Returns: A row for each card with a purchase by then, ordered by the UTF-8 bytes of the serials.
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(events), twice where cards were merged; memory of 24 bytes for each purchase.
    public func lifetimes(asOf point: PointInTime, program: ProgramID? = nil) async throws -> [LifetimesEntry] {
        try await lookingBack(to: point, at: .cards) { then in
            var fold = LifetimesFold(within: then.horizon)
            try then.reader.forEachCardRecord(through: then.last) { _, record in fold.fold(record) }
            if let merged = fold.needsMore {
                fold = LifetimesFold(within: then.horizon, keepingWhole: merged)
                try then.reader.forEachCardRecord(through: then.last) { _, record in fold.fold(record) }
            }
            return fold.rows
                .compactMap { number, row in
                    guard let owner = then.rules.program(number), program == nil || owner.id == program else {
                        return nil
                    }
                    return LifetimesEntry(card: then.live.directory.card(row.card), currency: owner.currency, row: row)
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
