internal import LoyaltyDomain
internal import Projections

/// Folds the records of one card into the lines of its explanation, beside the card as it stood on the two clocks.
struct ExplanationFold {
    private let asOf: Timestamp?
    private let knownAt: Timestamp?
    private let attributions: AttributionTable
    private var reasons: ReasoningFold
    private(set) var lines: [Explanation.Line] = []
    private(set) var leftOut = 0
    private(set) var state: CardState?

    init(asOf: Timestamp?, knownAt: Timestamp?, _ words: UnitWords, attributions: AttributionTable) {
        self.asOf = asOf
        self.knownAt = knownAt
        self.attributions = attributions
        reasons = ReasoningFold(words)
    }

    /// Adds the next event of the card, recorded at a position.
    mutating func add(
        _ event: EffectiveEvent,
        of record: CardRecord,
        at position: UInt64,
        _ terms: ReasoningFold.Terms
    ) {
        let reasoning = reasons.next(event, of: record, terms)
        guard counts(event, of: record) else {
            leftOut += 1
            return
        }
        let before = state
        if case .cardIssued(_, _, let program) = event.event {
            state = CardState(issuedAt: record.moment.occurredAt, program: program)
        }
        guard var after = state else { return }
        after.evolve(event, at: record.moment)
        state = after
        let entry = HistoryEntry(
            position: position,
            version: after.version,
            commandID: record.commandID,
            occurredAt: record.moment.occurredAt,
            recordedAt: record.recordedAt,
            event: event,
            source: record.source,
            attribution: attributions[record.attribution] ?? Attribution(),
            texts: record.texts,
            stateAfter: after
        )
        let change = Explanation.Change(from: before, to: after)
        lines.append(Explanation.Line(entry: entry, reasoning: reasoning, change: change))
    }

    /// Whether an event counts as of the two clocks; a refused attempt from when it was made, since it takes from nothing.
    private func counts(_ event: EffectiveEvent, of record: CardRecord) -> Bool {
        if let knownAt, record.recordedAt > knownAt { return false }
        guard let asOf else { return true }
        if case .commandRefused = event.event { return record.moment.occurredAt <= asOf }
        return event.effectiveAt <= asOf
    }
}
