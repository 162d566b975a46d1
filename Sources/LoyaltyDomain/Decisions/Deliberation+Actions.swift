extension Deliberation {
    /// Does what was asked for, or leaves with the reason why not.
    ///
    /// Refusals come in this order: the clock, the card's life, what the card can do, the figures, the balance.
    mutating func act(_ action: CardAction) throws(Refusal) {
        guard !isAheadOfClock else { throw .occurredInFuture }
        try checkLife(for: action)
        switch action {
        case .issue: throw .alreadyIssued
        case .purchase(let money, let stated):
            if let stated, stated != money { throw .amountsDiffer }
            try purchase(money, eligible: nil)
        case .purchaseEligible(let money, let eligible): try purchase(money, eligible: eligible)
        case .visit(let money): try visit(money)
        case .refund(let money, let name): try refund(money, of: name)
        case .editAmount(let name, let money): try editAmount(of: name, to: money)
        case .removeVisits(let count): try removeVisits(count)
        case .addStamps(let count): try addStamps(count)
        case .removeStamps(let count): try removeStamps(count)
        case .adjustStamps(let count):
            if count > 0 { try addStamps(count) } else { try removeStamps(0 - count) }
        case .adjustBonus(let count): try adjustBonus(count)
        case .load(let count, let money): try load(count, purchase: money)
        case .reverseLoad(let id, let count, let money): try reverseLoad(id, count, amount: money)
        case .spend(let count, let purse, let money): try spend(count, from: purse, purchase: money)
        case .reverseSpending(let id): try reverseSpending(id)
        default: try actOnRewards(action)
        }
    }

    private mutating func actOnRewards(_ action: CardAction) throws(Refusal) {
        switch action {
        case .grantRewards(let count, let money): try grantRewards(count, purchase: money)
        case .reverseGrant(let id): try reverseGrant(id)
        case .redeemRewards(let count, let money): try redeemRewards(count, purchase: money)
        case .removeRewards(let count, let money, let reason): try removeRewards(count, purchase: money, reason)
        case .redeemMilestone(let value, let money): try redeemMilestone(value, purchase: money)
        case .reverseRedemption(let id): try reverseRedemption(id)
        case .claimReward(let item, let money): try claim(item, purchase: money)
        case .useClaim(let id, let money): try useClaim(id, purchase: money)
        case .removeClaim(let id, let returnsStamps): try removeClaim(id, returnsStamps: returnsStamps)
        case .redeemCoupon(let money, let newCard): try redeemCoupon(purchase: money, newCard: newCard)
        default: try actOnLife(action)
        }
    }

    private mutating func actOnLife(_ action: CardAction) throws(Refusal) {
        switch action {
        case .install(let platform):
            record(.cardInstalled(platform), as: .addition)
            try payReferral()
        case .delete: record(.cardDeleted, as: .taking)
        case .reinstall(let platform):
            record(.cardReinstalled(platform), as: .taking)
            try payReferral()
        case .setExpiry(let day): try setExpiry(day)
        case .setTier(let number, let day, let grantsEntry): try setTier(number, until: day, grantsEntry: grantsEntry)
        case .unpinTier: try unpinTier()
        case .setMembership(let number, let period): try setMembership(number, period)
        case .renewMembership(let day): try renewMembership(through: day)
        case .cancelMembership: try cancelMembership()
        case .refer: try refer(action)
        case .leaveProgram: record(.programLeft, as: .taking)
        case .rejoinProgram: record(.programRejoined, as: .taking)
        case .merge: try merge(action)
        default: try actOnCase(action)
        }
    }

    /// What a card may do that is deleted, expired, merged, not installed, or whose customer left (R12, R14, D19, S71).
    private func checkLife(for action: CardAction) throws(Refusal) {
        if case .issue = action { return }
        if card.links.mergedInto != CardNumber(0) { throw .cardMerged }
        if case .reinstall = action {
            guard card.installation == .deleted else { throw .notDeleted }
            return
        }
        if action.kind == .correcting || action.kind == .disputing { return }
        if card.installation == .deleted { throw .cardDeleted }
        if case .rejoinProgram = action {
            guard card.hasLeftProgram else { throw .insideProgram }
            return
        }
        if action.kind == .managing && action != .leaveProgram { return }
        if card.hasLeftProgram { throw .outsideProgram }
        if action.kind == .managing { return }
        try checkExpiry(for: action)
        guard action.kind == .earning, card.installation == .notInstalled else { return }
        if case .refer = action { return }
        if try newestRules().requiresInstallation { throw .notInstalled }
    }

    /// An expired card earns nothing, and redeems by policy (R14).
    private func checkExpiry(for action: CardAction) throws(Refusal) {
        guard let day = card.expiresOn, day < moment.occurredOn else { return }
        guard action.kind == .redeeming else { throw .cardExpired(on: day) }
        switch try newestRules().redeemWhenExpired {
        case .allowed: return
        case .denied: throw .cardExpired(on: day)
        case .graceDays(let days): if day.advanced(byDays: days) < moment.occurredOn { throw .cardExpired(on: day) }
        }
    }

    /// A past day is allowed and expires the card at once (R14).
    private mutating func setExpiry(_ day: LocalDay?) throws(Refusal) {
        if try newestRules().subscription?.isExternal == true { throw .expiryHeldElsewhere }
        record(.expirySet(day), as: .addition)
        recordDueFacts()
    }
}
