internal import LoyaltyDomain
internal import Projections

/// Builds history entries from records: of one card, or of all in the order of the log.
struct HistoryFold {
    /// What the fold knows of a card.
    private struct Known {
        let card: CardID
        let customer: CustomerID
        var state: CardState
        /// The number of its last event, whether it counts or not.
        var version: UInt32 = 0
    }

    private let attributions: AttributionTable
    private let horizon: Horizon?
    private var cards: [CardNumber: Known] = [:]

    /// Begins a history of the events that count; all do where there is no horizon.
    init(attributions: AttributionTable, within horizon: Horizon? = nil) {
        self.attributions = attributions
        self.horizon = horizon
    }

    /// The entries of the next record.
    mutating func entries(of record: CardRecord, at position: UInt64) -> [LedgerHistoryEntry] {
        var entries: [LedgerHistoryEntry] = []
        for (offset, event) in record.events.enumerated() {
            var before: CardState?
            if case .cardIssued(let card, let customer, let program) = event.event {
                let state = CardState(issuedAt: record.moment.occurredAt, program: program)
                cards[record.card] = Known(card: card, customer: customer, state: state)
            } else {
                before = cards[record.card]?.state
            }
            guard var known = cards[record.card] else { continue }
            known.version += 1
            let counts = horizon?.counts(event, recordedAt: record.recordedAt, of: known.state.program) ?? true
            if counts { known.state.evolve(event, at: record.moment) }
            cards[record.card] = known
            guard counts else { continue }
            entries.append(
                LedgerHistoryEntry(
                    card: known.card,
                    customer: known.customer,
                    stateBefore: before,
                    entry: entry(event, of: record, at: position + UInt64(offset), after: known)
                )
            )
        }
        return entries
    }

    private func entry(
        _ event: EffectiveEvent,
        of record: CardRecord,
        at position: UInt64,
        after known: Known
    ) -> HistoryEntry {
        HistoryEntry(
            position: position,
            version: CardVersion(known.version),
            commandID: record.commandID,
            occurredAt: record.moment.occurredAt,
            recordedAt: record.recordedAt,
            event: event,
            source: record.source,
            attribution: attributions[record.attribution] ?? Attribution(),
            texts: record.texts,
            stateAfter: known.state
        )
    }
}
