package import LoyaltyDomain

/// Folds the records of one card into the reason of each of its events, in recorded order.
///
/// It sees a card as its decisions did: everything recorded so far, whatever clock an answer is asked for.
package struct ReasoningFold {
    /// What one event was worked out from.
    package struct Terms {
        /// The rules that were known when it was recorded.
        package var catalog: ProgramCatalog
        /// The minute of the local day on which it occurred.
        package var minuteOfDay: Int32
        /// The transactions of the card that comes in with it, where one does.
        package var absorbed: TransactionHistory?

        /// Creates terms.
        package init(catalog: ProgramCatalog, minuteOfDay: Int32, absorbed: TransactionHistory? = nil) {
            self.catalog = catalog
            self.minuteOfDay = minuteOfDay
            self.absorbed = absorbed
        }
    }

    private let words: UnitWords
    private var state: CardState?
    private var history = TransactionHistory()
    private var command: CommandID?
    /// What the newest addition of the record brought, less what of it went to pay debt.
    private var given: Stamps = 0

    /// A fold that speaks of a program's units.
    package init(_ words: UnitWords) { self.words = words }

    /// The reason of the next event.
    package mutating func next(_ event: EffectiveEvent, of record: CardRecord, _ terms: Terms) -> Reasoning {
        if command != record.commandID { given = 0 }
        command = record.commandID
        var before = state ?? CardState(issuedAt: record.moment.occurredAt, program: ProgramNumber(0))
        if case .cardIssued(_, _, let program) = event.event {
            before = CardState(issuedAt: record.moment.occurredAt, program: program)
        }
        var deduction = Deduction(
            record: record,
            recorded: event,
            before: before,
            history: history,
            terms: terms,
            words: words,
            given: given
        )
        deduction.deduce()
        var after = before
        after.evolve(event, at: record.moment)
        note(event.event, since: before, after)
        history.evolve(
            event.event,
            of: record.commandID,
            reference: record.texts.reference,
            at: record.moment,
            attribution: record.attribution
        )
        if let absorbed = terms.absorbed { history.absorb(absorbed) }
        state = after
        return deduction.reasoning
    }

    private mutating func note(_ event: CardEvent, since before: CardState, _ after: CardState) {
        switch event {
        case .debtPaid(let paid): given -= paid
        case .cardAbsorbed(_, let moved): given = moved.balance
        default:
            let earned = after.purse.earned - before.purse.earned
            if earned > 0 { given = earned }
        }
    }
}
