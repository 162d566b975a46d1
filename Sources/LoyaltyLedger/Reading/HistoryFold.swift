internal import LoyaltyDomain

/// Builds history entries from records: of one card, or of all in the order of the log.
struct HistoryFold {
    /// What the fold knows of a card.
    private struct Known {
        let card: CardID
        let customer: CustomerID
        var state: CardState
    }

    private let attributions: AttributionTable
    private var cards: [CardNumber: Known] = [:]

    init(attributions: AttributionTable) { self.attributions = attributions }

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
            known.state.evolve(event, at: record.moment)
            cards[record.card] = known
            entries.append(
                LedgerHistoryEntry(
                    card: known.card,
                    customer: known.customer,
                    stateBefore: before,
                    entry: entry(event, of: record, at: position + UInt64(offset), after: known.state)
                )
            )
        }
        return entries
    }

    private func entry(
        _ event: EffectiveEvent,
        of record: CardRecord,
        at position: UInt64,
        after state: CardState
    ) -> HistoryEntry {
        HistoryEntry(
            position: position,
            version: state.version,
            commandID: record.commandID,
            occurredAt: record.moment.occurredAt,
            recordedAt: record.recordedAt,
            event: event,
            source: record.source,
            attribution: attributions[record.attribution] ?? Attribution(),
            texts: record.texts,
            stateAfter: state
        )
    }
}
