internal import EventLog
public import LoyaltyDomain
public import Projections

extension Ledger {
    /// Sorts the cards into segments by recency, frequency and value, as of the end of a local day (S20, section 4).
    ///
    /// What counts is what had occurred by then, as far as it is known now. A card that was not
    /// issued by then, and had no visit and no value, is left out.
    ///
    /// - Parameters:
    ///   - day: The last day that counts, in each program's own zone.
    ///   - scheme: How scores and segments are made.
    ///   - program: Only that program's cards; all cards unless named.
    /// - Returns: A row for each card the scheme covers, ordered by the UTF-8 bytes of the serials.
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(n log n) in the cards, where nothing happened after the day; O(events) otherwise.
    public func rfm(
        asOf day: LocalDay,
        scheme: RFMScheme,
        program: ProgramID? = nil
    ) async throws -> [RFMEntry] {
        try await offThePool { [state, makeReader] in
            let live = state.copy
            let ends = live.ends(of: day)
            let then = try live.asOf(ends, makeReader: makeReader)
            let wanted = program.map { live.catalog.number(of: $0) }
            let numbers = then.directory.numbersByCard.filter { number in
                let card = then.cards[number]
                // A file may bring a card's later rows first, and the card is issued at its first row's time.
                let isIssued = ends[card.program].map { card.issuedAt <= $0 } ?? false
                let isThere = isIssued || card.visits > 0 || card.lifetimeValue > .zero
                return isThere && (wanted == nil || card.program == wanted)
            }
            return scheme.rows(of: numbers.map { RFMSubject($0, then.cards[$0]) }, asOf: day)
                .map { RFMEntry(card: then.directory.card($0.card), row: $0) }
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

extension LedgerState {
    /// The state with the effects that counted by an instant of each program, and no others (D5).
    fileprivate func asOf(
        _ ends: [ProgramNumber: Timestamp],
        makeReader: () throws -> LogReader
    ) throws(LedgerError) -> LedgerState {
        if let earliest = ends.values.min(), greatestEffectiveAt <= earliest { return self }
        var then = LedgerState()
        let reader = try LedgerError.reading { try makeReader() }
        try then.fold(
            reader,
            where: { state, card, event in
                if case .cardIssued = event.event { return true }
                return ends[state.cards[card].program].map { event.effectiveAt <= $0 } ?? true
            }
        )
        return then
    }
}
