import LoyaltyDomain

/// One card driven by commands, as a till would: the given and the when of the cases.
///
/// Each verb returns the card as the command left it, so that a case reads as a sentence:
/// `Card().buy("50", day: 3).refund("20")`. Days count from 1970-01-01 in a zone without an offset; a verb without a day
/// happens on the day of the command before it. The ledger learns of each command when it occurs; of a late one, today.
struct Card {
    /// What one command did.
    struct Record: Hashable {
        var action: CardAction
        var id: CommandID
        var reference: String?
        var moment: CardState.Moment
        var recordedAt: Timestamp
        var events: [EffectiveEvent]
        var refusal: Refusal?
    }

    private(set) var catalog = ProgramCatalog()
    private(set) var state: CardState
    private(set) var history = TransactionHistory()
    private(set) var records: [Record] = []
    /// What commands from now on find around the card.
    var surroundings = Surroundings()
    /// What the last command did to other cards.
    private(set) var consequences: [Consequence] = []
    var recordedAt = Timestamp.epoch
    private(set) var today = 0

    /// A card issued on day 0 under rule version 1.
    init(_ rules: CardRules = .spend(), in currency: Currency = .dollars) {
        state = CardState(issuedAt: .epoch, program: .only)
        catalog.add(.first(of: .coffee(rules, in: currency)))
        run(.issue(customer: .someone, program: .coffee), at: .epoch, on: LocalDay(daysSince1970: 0))
    }

    /// The currency of the card's program.
    var currency: Currency { catalog.program(.only)?.currency ?? .dollars }

    /// Why the last command was refused, or nil.
    var refusal: Refusal? { records.last?.refusal }

    /// What the last command did.
    var lastEvents: [CardEvent] { records.last?.events.map(\.event) ?? [] }

    /// Everything that happened, in recorded order.
    var events: [EffectiveEvent] { records.flatMap(\.events) }

    /// Decides a command and folds what it did.
    ///
    /// The decision gets the history only where it asked for it, so that a wrong answer to `needsHistory` traps.
    @discardableResult
    mutating func run(
        _ action: CardAction,
        at occurredAt: Timestamp,
        on day: LocalDay,
        id: CommandID? = nil,
        reference: String? = nil,
        recordedAt wished: Timestamp? = nil
    ) -> Decision {
        recordedAt = max(recordedAt, wished ?? occurredAt)
        let command = CardCommand(action, on: .someCard, at: occurredAt)
        let isIssued = !records.isEmpty
        let needsHistory = isIssued && command.needsHistory(state, catalog: catalog, occurredOn: day)
        let basis = DecisionBasis(
            card: isIssued ? state : nil,
            history: needsHistory ? history : nil,
            catalog: catalog,
            recordedAt: recordedAt,
            occurredOn: day,
            surroundings: surroundings
        )
        let decision = decided(command, basis)
        consequences = decision.consequences
        let record = Record(
            action: action,
            id: id ?? .sequence(source: 1, number: UInt64(records.count)),
            reference: reference,
            moment: CardState.Moment(occurredAt: occurredAt, occurredOn: day),
            recordedAt: recordedAt,
            events: decision.events,
            refusal: decision.refusal
        )
        fold(record)
        return decision
    }

    /// Adds a version of the rules, learnt now and wished to take effect from an instant.
    mutating func define(_ rules: CardRules, from wished: Timestamp? = nil) {
        catalog.add(
            ProgramCatalog.Version(
                version: catalog.nextVersion,
                number: .only,
                effectiveFrom: catalog.effectiveFrom(of: .coffee, wished: wished, recordedAt: recordedAt),
                program: .coffee(rules, in: currency)
            )
        )
    }

    /// Lets the clock run on until a day.
    mutating func wait(untilDay day: Int) {
        today = max(today, day)
        recordedAt = max(recordedAt, instant(onDay: day))
    }

    /// Does something on a day; verbs are made of it.
    func doing(
        _ action: CardAction,
        day: Int?,
        id: CommandID? = nil,
        reference: String? = nil
    ) -> Card {
        var card = self
        let day = day ?? today
        card.today = max(today, day)
        card.run(
            action,
            at: instant(onDay: day),
            on: LocalDay(daysSince1970: Int32(day)),
            id: id,
            reference: reference
        )
        return card
    }

    /// A second of a day, later for each command.
    private func instant(onDay day: Int) -> Timestamp {
        Timestamp(milliseconds: Int64(day) * 86_400_000 + Int64(records.count) * 1000)
    }

    private mutating func fold(_ record: Record) {
        records.append(record)
        for event in record.events {
            state.evolve(event, at: record.moment)
            history.evolve(event.event, of: record.id, reference: record.reference, at: record.moment)
        }
    }

    private func decided(_ command: CardCommand, _ basis: DecisionBasis) -> Decision {
        do { return try command.decide(basis) } catch { preconditionFailure("\(command) is undecidable: \(error)") }
    }
}
