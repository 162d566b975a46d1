internal import LoyaltyDomain

/// A card's records on both clocks: what counted as of an instant, as far as the ledger knew at another.
struct CardTimeline {
    private let records: [PlacedRecord]

    init(_ records: [PlacedRecord]) { self.records = records }

    /// The card as of an instant, from what was recorded by another; nil before it was issued.
    ///
    /// - Complexity: O(events of the card).
    func state(asOf instant: Timestamp, knownAt known: Timestamp? = nil) -> CardState? {
        var state: CardState?
        for placed in records {
            if let known, placed.record.recordedAt > known { break }
            for event in placed.record.events where event.effectiveAt <= instant {
                if case .cardIssued(_, _, let program) = event.event {
                    state = CardState(issuedAt: placed.record.moment.occurredAt, program: program)
                }
                state?.evolve(event, at: placed.record.moment)
            }
        }
        return state
    }

    /// The card's single transactions, from what was recorded by an instant.
    func transactions(knownAt known: Timestamp? = nil) -> TransactionHistory {
        var history = TransactionHistory()
        for placed in records {
            if let known, placed.record.recordedAt > known { break }
            history.evolve(placed.record)
        }
        return history
    }

    /// The instants of a span at which a figure may change as of the ledger's knowledge then: its beginning, and every instant from
    /// which an event counts.
    func instants(in span: ClosedRange<Timestamp>) -> [Timestamp] {
        let inside = records.flatMap(\.record.events).map(\.effectiveAt).filter { span.contains($0) }
        return Set(inside + [span.lowerBound]).sorted()
    }

    /// The instants of a span at which what a till shows may change: when an event counts or is learnt of.
    func showings(in span: ClosedRange<Timestamp>) -> [Timestamp] {
        let both = records.flatMap { placed in
            placed.record.events.map { max($0.effectiveAt, placed.record.recordedAt) }
        }
        return Set(both.filter { span.contains($0) } + [span.lowerBound]).sorted()
    }
}
