/// A decision in the making: the events so far, and the card as they leave it.
struct Deliberation {
    /// Whether an event adds, and counts from when it occurred, or takes, and counts after everything it takes from (D5).
    ///
    /// Every event that lowers anything a card may not run out of is a taking: removals, corrections, debt payments, redemptions,
    /// and conversions, which lower the balance. A taking counts no earlier than any event recorded before it. So where one counts
    /// as of t, all events recorded before it count as well: the sum as of t is what stood after the last such taking,
    /// which was not negative, and additions on top. No past sum is negative then (I1 in effective order).
    ///
    /// An edit that raises an amount adds and lowers nothing; one that lowers an amount is a taking. Debt paid from a late addition is a
    /// taking of its own, so that the addition still counts from when it occurred.
    enum Kind {
        case addition
        case taking
    }

    private(set) var card: CardState
    private(set) var events: [EffectiveEvent] = []
    var consequences: [Consequence] = []
    let moment: CardState.Moment
    private(set) var basis: DecisionBasis

    init(on card: CardState, at moment: CardState.Moment, basis: DecisionBasis) {
        self.card = card
        self.moment = moment
        self.basis = basis
    }

    /// Records an event and folds it, so that what follows sees its effect.
    mutating func record(_ event: CardEvent, as kind: Kind) {
        let effectiveAt = kind == .addition ? moment.occurredAt : max(moment.occurredAt, card.greatestEffectiveAt)
        let recorded = EffectiveEvent(event, effectiveAt: effectiveAt)
        events.append(recorded)
        card.evolve(recorded, at: moment)
    }

    /// Folds what was due into the card's transactions, so that a correction sees what lapsed right before it (D9, D11).
    mutating func foldDueFacts() {
        // Due facts are of no command's making, and none of them is a transaction that could be named by one.
        for event in events {
            basis.history?.evolve(event.event, of: .opaque(high: 0, low: 0), reference: nil, at: moment)
        }
    }

    /// Whether the till's clock is so far ahead that nothing can be concluded from it (D9).
    var isAheadOfClock: Bool {
        moment.occurredAt > basis.recordedAt.advanced(byMilliseconds: CardCommand.clockTolerance)
    }

    /// The rules by which a transaction of this moment earns.
    func earningRules() throws(Refusal) -> ProgramCatalog.Version {
        guard let version = basis.catalog.version(of: card.program, at: moment.occurredAt) else {
            throw .occurredInFuture
        }
        return version
    }

    /// The rules by which rewards unlock and policies are read: the newest in effect when the command is recorded (D9).
    func newestRules() throws(Refusal) -> CardRules {
        try newestVersion().program.rules
    }

    /// The newest version in effect when the command is recorded.
    func newestVersion() throws(Refusal) -> ProgramCatalog.Version {
        guard let version = basis.catalog.version(of: card.program, at: basis.recordedAt) else {
            throw .occurredInFuture
        }
        return version
    }

    /// The card's transactions, which `needsHistory` asked for.
    func history() -> TransactionHistory {
        guard let history = basis.history else {
            preconditionFailure("the command needs the card's history; see CardCommand.needsHistory")
        }
        return history
    }

    /// The minor units of an amount in the program's currency.
    func amount(_ money: Money, atLeast least: MinorUnits = .zero) throws(Refusal) -> MinorUnits {
        let currency = try newestVersion().program.currency
        guard money.currency == currency else { throw .currencyMismatch(expected: currency) }
        guard money.minorUnits >= least else { throw .amountTooSmall }
        guard money.minorUnits <= .largest else { throw .limitExceeded }
        return money.minorUnits
    }

    /// A quantity of at least one.
    func quantity<Unit>(_ count: Count<Unit>) throws(Refusal) -> Count<Unit> {
        guard count >= 1 else { throw .quantityTooSmall }
        guard count <= Count<Unit>.largest else { throw .limitExceeded }
        return count
    }
}
