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
        var deliberation = Deliberation(of: self, on: card, basis: basis)
        deliberation.recordDueFacts()
        let due = deliberation
        do throws(Refusal) {
            try deliberation.act(action)
            return Decision(events: deliberation.events)
        } catch {
            deliberation = due
            deliberation.record(.commandRefused(action.normalized, error), as: .taking)
            return Decision(events: deliberation.events, refusal: error)
        }
    }

    /// Whether the decision needs the card's single transactions: corrections do, and transactions that come late.
    public func needsHistory(_ card: CardState, catalog: ProgramCatalog, occurredOn day: LocalDay) -> Bool {
        switch action {
        case .refund, .editAmount, .removeVisits, .reverseGrant: return true
        case .purchase, .visit:
            guard let version = catalog.version(of: card.program, at: occurredAt) else { return false }
            let isLateForCap = version.program.rules.dailyStampCap != nil && day < card.capped.day
            return isLateForCap || version.version < card.remainder.ruleVersion
        default: return false
        }
    }

    private func decideIssue(_ basis: DecisionBasis) throws(Undecidable) -> Decision {
        guard case .issue(let customer, let program) = action else { throw .unknownCard }
        guard let number = basis.catalog.number(of: program) else { throw .unknownProgram }
        guard occurredAt <= basis.recordedAt.advanced(byMilliseconds: Self.clockTolerance) else {
            throw .occurredInFuture
        }
        let event = CardEvent.cardIssued(card: card, customer: customer, program: number)
        return Decision(events: [EffectiveEvent(event, effectiveAt: occurredAt)])
    }
}
