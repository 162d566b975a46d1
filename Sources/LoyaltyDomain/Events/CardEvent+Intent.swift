extension CardEvent {
    /// What the caller asked for, or nil for an effect that follows from another event.
    ///
    /// Two commands with one id are the same command if their intents and contexts are equal (R20).
    public func intent(in catalog: ProgramCatalog, program: ProgramNumber) -> CardAction? {
        guard let terms = catalog.program(program) else { return nil }
        let money = { (amount: MinorUnits) in Money(amount, terms.currency) }
        switch self {
        case .cardIssued(_, let customer, _): return .issue(customer: customer, program: terms.id)
        case .cardInstalled(let platform): return .install(platform)
        case .cardDeleted: return .delete
        case .purchaseRecorded(let amount, _): return .purchase(money(amount))
        case .visitRecorded(let amount, _): return .visit(amount.map(money))
        case .stampsAdded(let count): return .addStamps(count)
        case .stampsRemoved(let count): return .removeStamps(count)
        case .amountRefunded(let amount, let named, _): return .refund(money(amount), of: named)
        case .visitsRemoved(let count, _): return .removeVisits(count)
        case .amountEdited(let edit): return .editAmount(of: edit.named, to: money(edit.to))
        case .rewardsGranted(let count, let amount): return .grantRewards(count, purchase: money(amount))
        case .grantReversed(let id, _, _): return .reverseGrant(id)
        case .rewardsRedeemed(let count, let amount): return .redeemRewards(count, purchase: money(amount))
        case .rewardsRemoved(let count, let amount, let reason):
            return .removeRewards(count, purchase: money(amount), reason)
        case .expirySet(let day): return .setExpiry(day)
        case .commandRefused(let action, _): return action
        case .debtPaid, .rewardsUnlocked, .cardExpired: return nil
        }
    }
}

extension CardAction {
    /// The action without what its decision does not keep: a second amount that says the same (R9).
    public var normalized: CardAction {
        if case .purchase(let amount, let stated) = self, stated == amount { return .purchase(amount) }
        return self
    }
}
