internal import LoyaltyDomain
internal import Projections

/// Folds the records of one card into the lines of its explanation, beside the card as it stood on the two clocks.
struct ExplanationFold {
    private let horizon: Horizon
    private let program: ProgramNumber
    private let attributions: AttributionTable
    private var reasons: ReasoningFold
    private(set) var lines: [Explanation.Line] = []
    private(set) var leftOut = 0
    private(set) var state: CardState?
    private var version: UInt32 = 0

    init(_ horizon: Horizon, of program: ProgramNumber, _ words: UnitWords, attributions: AttributionTable) {
        self.horizon = horizon
        self.program = program
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
        // A version is that of the card's events as recorded, whatever of them counts.
        version += 1
        guard horizon.counts(event, recordedAt: record.recordedAt, of: program) else {
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
            version: CardVersion(version),
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
}
