public import LoyaltyDomain
public import Projections

extension Ledger {
    /// Sorts the cards into segments by recency, frequency and value, as of the end of a local day (S20, section 4).
    ///
    /// What counts is what had occurred by then, as far as it is known now. A card of which nothing is known by then is left out.
    ///
    /// - Parameters:
    ///   - day: The last day that counts, in each program's own zone.
    ///   - scheme: How scores and segments are made.
    ///   - program: Only that program's cards; all cards unless named.
    public func rfm(asOf day: LocalDay, scheme: RFMScheme, program: ProgramID? = nil) async throws -> [RFMEntry] {
        try await rfm(asOf: .occurred(.endOf(day)), scheme: scheme, program: program)
    }

    /// Sorts the cards into segments by recency, frequency and value, at a point in time (S20, section 4).
    ///
    /// Recency counts from the day of the point in the named program's zone, else in that of the ledger's first program.
    ///
    /// - Parameters:
    ///   - point: The point in time whose events count.
    ///   - scheme: How scores and segments are made.
    ///   - program: Only that program's cards; all cards unless named.
    /// - Returns: A row for each card the scheme covers, in the order in which the cards were issued.
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(n) in the cards, and O(events behind the nearest snapshot that serves).
    public func rfm(
        asOf point: PointInTime,
        scheme: RFMScheme,
        program: ProgramID? = nil
    ) async throws -> [RFMEntry] {
        try await lookingBack(to: point, at: .cards) { [snapshots] then in
            let owner = program.map { then.live.catalog.number(of: $0) } ?? ProgramNumber(0)
            guard let owner, let day = then.horizon.day(of: owner) else { return [] }
            let state = try then.state(snapshots)
            var subjects: [RFMSubject] = []
            subjects.reserveCapacity(state.cards.count)
            then.forEachCard(in: state) { number, card, _ in
                if program == nil || card.program == owner { subjects.append(RFMSubject(number, card)) }
            }
            var entries: [RFMEntry] = []
            entries.reserveCapacity(subjects.count)
            scheme.forEachRow(of: subjects, asOf: day) { row in
                entries.append(RFMEntry(card: state.directory.card(row.card), row: row))
            }
            return entries
        }
    }
}

/// One card's place in a segmentation.
public struct RFMEntry: Hashable, Sendable {
    /// The card.
    public let card: CardID
    /// Its figures, scores and segment.
    public let row: RFMRow
}
