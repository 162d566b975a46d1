internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Projections

/// One look at the ledger at a point in time: what counts, where the log ends for it, and which rules stand beside a card.
///
/// It reads the log with a reader of its own and belongs to one thread.
struct Retrospect {
    /// A card by its number, its serial and who holds it.
    struct Holder: Sendable {
        let number: CardNumber
        let card: CardID
        let customer: CustomerID
    }

    let live: LedgerState
    let horizon: Horizon
    let reader: LogReader
    /// The last position that was recorded by then.
    let last: UInt64
    let rules: RulesInForce

    init(
        _ live: LedgerState,
        _ definitions: [RuleVersion: UInt64],
        asOf point: PointInTime,
        now: Timestamp,
        _ reader: LogReader
    ) throws(LedgerError) {
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
        rules = try RulesInForce(live, definitions, within: horizon, reader)
    }

    /// A card, folded from its own records; nil where it is not there yet.
    ///
    /// - Complexity: O(events of the card recorded by then).
    func card(_ holder: Holder) throws(LedgerError) -> CardProfile? {
        var state: CardState?
        try reader.forEachCardEvent(of: holder.number, through: last) { event, moment, recordedAt in
            if case .cardIssued(_, _, let program) = event.event {
                state = CardState(issuedAt: moment.occurredAt, program: program)
            }
            guard let program = state?.program, horizon.counts(event, recordedAt: recordedAt, of: program) else {
                return
            }
            state?.evolve(event, at: moment)
        }
        return state.flatMap { profile(of: holder, $0) }
    }

    /// A card as a person looks at it then; nil where it is not there yet.
    func profile(of holder: Holder, _ state: CardState) -> CardProfile? {
        guard state.hasHappened, let program = rules.program(state.program), let day = horizon.day(of: state.program)
        else { return nil }
        return CardProfile(
            card: holder.card,
            customer: holder.customer,
            number: holder.number,
            program: program,
            state: state,
            today: day
        )
    }
}

extension CardState {
    /// Whether any event counts that is no refusal: then the card is there.
    var hasHappened: Bool { Int64(version.rawValue) > Int64(refusals) }
}

extension CardDirectory {
    /// A card with its serial and who holds it.
    func holder(_ number: CardNumber) -> Retrospect.Holder {
        Retrospect.Holder(number: number, card: card(number), customer: customer(of: number))
    }
}

extension LedgerState {
    /// How much of the state a question needs.
    ///
    /// What a copy shares, the writer copies before it changes it: so a copy that lives while the log is read has no more than is
    /// needed, and never the index of all commands.
    enum Extent {
        /// Programs, attributions and where the log ends.
        case rules
        /// All cards too.
        case cards
    }

    /// A copy of a part of the state.
    func part(_ extent: Extent) -> LedgerState {
        var part = self
        part.commands = CommandIndex(of: nil)
        part.couplings = Couplings()
        if extent == .rules {
            part.cards = CardTable()
            part.directory = CardDirectory()
        }
        return part
    }

    /// The positions of the records that defined rule versions.
    var definitionPositions: [RuleVersion: UInt64] {
        Dictionary(
            definitions.values.map { ($0.version, $0.position) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}

extension Ledger {
    /// Looks at the ledger at a point in time, on a thread that may wait for the disk.
    func lookingBack<Result: Sendable>(
        to point: PointInTime,
        at extent: LedgerState.Extent,
        _ body: @escaping @Sendable (Retrospect) throws -> Result
    ) async throws -> Result {
        let now = options.now()
        return try await offThePool { [state, makeReader] in
            let (live, definitions) = state.read { ($0.part(extent), $0.definitionPositions) }
            let reader = try LedgerError.reading { try makeReader() }
            return try body(Retrospect(live, definitions, asOf: point, now: now, reader))
        }
    }

    /// The card of a serial, if it is issued.
    func holder(of id: CardID) -> Retrospect.Holder? {
        state.read { state in state.directory.number(of: id).map { state.directory.holder($0) } }
    }
}
