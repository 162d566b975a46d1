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

    /// The entries of the next record, with the cards they belong to and what they found.
    mutating func entries(of record: CardRecord, at position: UInt64) -> [LedgerHistoryEntry] {
        var entries: [LedgerHistoryEntry] = []
        for offset in record.events.indices {
            let before = isIssue(record.events[offset]) ? nil : cards[record.card]?.state
            guard let entry = entry(offset, of: record, at: position), let known = cards[record.card] else { continue }
            entries.append(
                LedgerHistoryEntry(card: known.card, customer: known.customer, stateBefore: before, entry: entry)
            )
        }
        return entries
    }

    /// Adds the entries of the next record to those of its card.
    mutating func add(_ record: CardRecord, at position: UInt64, to entries: inout [HistoryEntry]) {
        for offset in record.events.indices {
            if let entry = entry(offset, of: record, at: position) { entries.append(entry) }
        }
    }

    private func isIssue(_ event: EffectiveEvent) -> Bool {
        if case .cardIssued = event.event { true } else { false }
    }

    /// Folds an event of the next record, and makes its entry; nil where it does not count.
    private mutating func entry(_ offset: Int, of record: CardRecord, at position: UInt64) -> HistoryEntry? {
        let event = record.events[offset]
        if case .cardIssued(let card, let customer, let program) = event.event {
            let state = CardState(issuedAt: record.moment.occurredAt, program: program)
            cards[record.card] = Known(card: card, customer: customer, state: state)
        }
        guard let place = cards.index(forKey: record.card) else { return nil }
        cards.values[place].version += 1
        let program = cards.values[place].state.program
        guard horizon?.counts(event, recordedAt: record.recordedAt, of: program) ?? true else { return nil }
        cards.values[place].state.evolve(event, at: record.moment)
        return entry(event, of: record, at: position + UInt64(offset), after: cards.values[place])
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
