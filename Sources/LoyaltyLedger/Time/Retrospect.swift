internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Projections

/// One look at the ledger at a point in time: what counts, where the log ends for it, and which rules stand beside a card.
///
/// It reads the log with a reader of its own and belongs to one thread.
struct Retrospect {
    let live: LedgerState
    let horizon: Horizon
    let reader: LogReader
    /// The last position that was recorded by then.
    let last: UInt64
    let rules: RulesInForce

    init(_ live: LedgerState, asOf point: PointInTime, now: Timestamp, _ reader: LogReader) throws(LedgerError) {
        self.live = live
        self.reader = reader
        horizon = live.horizon(of: point, now: now)
        var last = live.position
        if let recorded = horizon.lastRecorded, recorded < live.recordedAt {
            last = try LedgerError.reading {
                min(last, try reader.position(recordedBy: recorded.milliseconds).rawValue)
            }
        }
        self.last = last
        rules = try RulesInForce(live, within: horizon, reader)
    }

    /// A card, folded from its own records; nil where it is not there yet.
    ///
    /// - Complexity: O(events of the card recorded by then).
    func card(_ number: CardNumber) throws(LedgerError) -> CardProfile? {
        var state: CardState?
        try reader.forEachCardEvent(of: number, through: last) { event, moment, recordedAt in
            if case .cardIssued(_, _, let program) = event.event {
                state = CardState(issuedAt: moment.occurredAt, program: program)
            }
            guard let program = state?.program, horizon.counts(event, recordedAt: recordedAt, of: program) else {
                return
            }
            state?.evolve(event, at: moment)
        }
        return state.flatMap { profile(of: number, $0) }
    }

    /// A card as a person looks at it then; nil where it is not there yet.
    func profile(of number: CardNumber, _ state: CardState) -> CardProfile? {
        guard state.hasHappened, let program = rules.program(state.program), let day = horizon.day(of: state.program)
        else { return nil }
        return CardProfile(
            card: live.directory.card(number),
            customer: live.directory.customer(of: number),
            number: number,
            program: program,
            state: state,
            today: day
        )
    }

    /// Calls `body` with each card record recorded by then, with only those events that count.
    ///
    /// - Complexity: O(events recorded by then).
    func forEachCardRecord(_ body: (UInt64, CardRecord) throws -> Void) throws(LedgerError) {
        var programs: [ProgramNumber] = []
        try reader.forEachCardRecord(through: last) { position, record in
            for case .cardIssued(_, _, let program) in record.events.map(\.event) { programs.append(program) }
            let index = Int(record.card.rawValue) - 1
            guard programs.indices.contains(index), let counted = record.within(horizon, of: programs[index]) else {
                return
            }
            try body(position, counted)
        }
    }
}

extension CardState {
    /// Whether any event counts that is no refusal: then the card is there.
    var hasHappened: Bool { Int64(version.rawValue) > Int64(refusals) }
}

extension Ledger {
    /// Looks at the ledger at a point in time, on a thread that may wait for the disk.
    func lookingBack<Result: Sendable>(
        to point: PointInTime,
        _ body: @escaping @Sendable (Retrospect) throws -> Result
    ) async throws -> Result {
        let now = options.now()
        return try await offThePool { [state, makeReader] in
            let live = state.copy
            let reader = try LedgerError.reading { try makeReader() }
            return try body(Retrospect(live, asOf: point, now: now, reader))
        }
    }
}
