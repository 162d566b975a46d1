extension CardCommand {
    /// How far ahead of the ledger's clock a till's clock may be: ten minutes (D9).
    public static let clockTolerance: Int64 = 600_000

    /// Decides the command: pure, and the same for the same arguments for ever.
    ///
    /// - Parameter basis: The card, its history where `needsHistory` asks for it, the rules and the time.
    /// - Returns: The events to record, in order. A refusal is one of them (D1).
    /// - Throws: `Undecidable` where there is no such card or program.
    /// - Complexity: O(1), and O(transactions of the card) for corrections and late transactions.
    public func decide(_ basis: DecisionBasis) throws(Undecidable) -> Decision {
        guard let card = basis.card else { return try decideIssue(basis) }
        let moment = CardState.Moment(occurredAt: occurredAt, occurredOn: basis.occurredOn)
        var deliberation = Deliberation(on: card, at: moment, basis: basis)
        deliberation.recordDueFacts()
        deliberation.foldDueFacts()
        let due = deliberation
        do throws(Refusal) {
            try deliberation.act(action)
            return Decision(events: deliberation.events, consequences: deliberation.consequences)
        } catch {
            deliberation = due
            deliberation.record(.commandRefused(action.normalized, error), as: .taking)
            return Decision(events: deliberation.events, refusal: error)
        }
    }

    /// Whether the decision needs the card's single transactions: corrections do, transactions that come late, and lots that may
    /// have lapsed.
    public func needsHistory(_ card: CardState, catalog: ProgramCatalog, occurredOn day: LocalDay) -> Bool {
        if action.readsHistory || Self.needsHistoryForDueFacts(card, catalog: catalog, on: day) { return true }
        guard action.isTransaction, let version = catalog.version(of: card.program, at: occurredAt) else {
            return false
        }
        let guards = version.program.rules.guards
        let isLateForCap = guards.dailyCap != nil && day < card.capped.day
        let isLateForCoolDown = guards.coolDown != nil && card.lastAwardAt.map { occurredAt < $0 } ?? false
        return isLateForCap || isLateForCoolDown || version.version < card.remainder.ruleVersion
    }

    /// Whether lots of the card may have lapsed before a day, or stamps that come on it may prevent a lapse; the history tells.
    ///
    /// Not only what earns brings stamps: so does an installation that pays a recommendation, and a tier that is entered.
    public static func needsHistoryForDueFacts(
        _ card: CardState,
        catalog: ProgramCatalog,
        on day: LocalDay
    ) -> Bool {
        if card.balance > 0, let next = card.lapse.next, next < day { return true }
        guard case .sliding? = catalog.program(card.program)?.rules.life, let last = card.lapse.last else {
            return false
        }
        return day <= last
    }

    /// Whether anything is due on a card before an instant, so that a sweep has something to record (D9).
    public static func hasDueFacts(_ card: CardState, catalog: ProgramCatalog, on day: LocalDay) -> Bool {
        guard let rules = catalog.program(card.program)?.rules else { return false }
        if let last = card.expiresOn, !card.isExpiryRecorded, last < day { return true }
        if case .until(let last) = card.tier.pin, last < day { return true }
        if let period = card.membership.period,
            card.membership.start < period.start(of: day, from: card.membership.anchor)
        {
            return true
        }
        guard card.balance > 0 else { return false }
        if case .sliding(let days) = rules.life, let last = card.lastStampOn {
            return last.advanced(byDays: days) < day
        }
        return card.lapse.next.map { $0 < day } ?? false
    }

    /// What is due on a card before an instant: for sweeps, and for nothing else (D9).
    public static func dueFacts(_ basis: DecisionBasis, at moment: CardState.Moment) -> [EffectiveEvent] {
        guard let card = basis.card else { return [] }
        var deliberation = Deliberation(on: card, at: moment, basis: basis)
        deliberation.recordDueFacts()
        return deliberation.events
    }

    private func decideIssue(_ basis: DecisionBasis) throws(Undecidable) -> Decision {
        guard case .issue(let customer, let program) = action else { throw .unknownCard }
        guard let number = basis.catalog.number(of: program) else { throw .unknownProgram }
        guard occurredAt <= basis.recordedAt.advanced(byMilliseconds: Self.clockTolerance) else {
            throw .occurredInFuture
        }
        let moment = CardState.Moment(occurredAt: occurredAt, occurredOn: basis.occurredOn)
        let blank = CardState(issuedAt: occurredAt, program: number)
        var deliberation = Deliberation(on: blank, at: moment, basis: basis)
        deliberation.issue(card, to: customer)
        return Decision(events: deliberation.events)
    }
}
