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
        case .purchaseRecorded(let amount, let award):
            guard let eligible = award.detail?.eligible else { return .purchase(money(amount)) }
            return .purchaseEligible(money(amount), eligible: money(eligible))
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
        default: return partsIntent(money: money)
        }
    }

    private func partsIntent(money: (MinorUnits) -> Money) -> CardAction? {
        switch self {
        case .stampsCredited(let credit): return credit.intent(money: money)
        case .bonusRemoved(let count): return .adjustBonus(0 - count)
        case .stampsSpent(let spending):
            return .spend(spending.stamps + spending.over, from: spending.purse, purchase: money(spending.purchase))
        case .spendingReversed(let reversal): return .reverseSpending(reversal.named)
        case .loadReversed(let reversal):
            return .reverseLoad(reversal.named, reversal.asked, amount: reversal.askedAmount.map(money))
        case .milestoneRedeemed(let redemption):
            let value = redemption.isNamed ? redemption.value : nil
            return .redeemMilestone(value, purchase: money(redemption.purchase))
        case .rewardClaimed(let item, _, let purchase, _): return .claimReward(item, purchase: money(purchase))
        case .claimUsed(let named, let purchase): return .useClaim(named, purchase: money(purchase))
        case .claimRemoved(let named, let returned): return .removeClaim(named, returnsStamps: returned != nil)
        case .couponRedeemed(let purchase, let newCard):
            return .redeemCoupon(purchase: money(purchase), newCard: newCard)
        case .redemptionReversed(let reversal): return .reverseRedemption(reversal.named)
        case .redemptionConflicted(let redeemed, let over, let purchase):
            return .redeemRewards(redeemed + over, purchase: money(purchase))
        case .useConflicted(let action): return action
        case .tierChanged(let change): return change.intent
        case .membershipSet(let terms): return terms.isByHand ? .setMembership(terms.tier, terms.period) : nil
        case .membershipRenewed(let day): return .renewMembership(through: day)
        case .membershipCancelled: return .cancelMembership
        case .cardReinstalled(let platform): return .reinstall(platform)
        case .programLeft: return .leaveProgram
        case .programRejoined: return .rejoinProgram
        case .cardReferred(let card, _): return .refer(by: card)
        case .cardMerged(let card, _): return .merge(into: card)
        default: return caseIntent(money: money)
        }
    }
}

extension CardEvent {
    fileprivate func caseIntent(money: (MinorUnits) -> Money) -> CardAction? {
        switch self {
        case .caseOpened(_, let claim): .openCase(claim)
        case .evidenceAdded(let number, let position): .addEvidence(number, position: position)
        case .caseDecided(let number, let verdict): .decideCase(number, verdict)
        case .caseRemedied(let number, let adjustment, let cost):
            .remedyCase(number, adjustment: adjustment, cost: money(cost))
        case .caseClosed(let number): .closeCase(number)
        default: nil
        }
    }
}

extension Credit {
    fileprivate func intent(money: (MinorUnits) -> Money) -> CardAction? {
        switch (cause, purse) {
        case (.manual, .main): .addStamps(stamps)
        case (.manual, .bonus): .adjustBonus(stamps)
        case (.load, _): .load(stamps, purchase: money(purchase))
        default: nil
        }
    }
}

extension TierChange {
    fileprivate var intent: CardAction? {
        switch (cause, pin) {
        case (.manual, .until(let day)): .setTier(to, until: day, grantsEntry: grantsEntry)
        case (.manual, _): .setTier(to, until: nil, grantsEntry: grantsEntry)
        case (.unpinned, _): .unpinTier
        default: nil
        }
    }
}

extension CardAction {
    /// The action without what its decision does not keep: a second amount that says the same (R9), a sign that another action
    /// says (S35).
    public var normalized: CardAction {
        switch self {
        case .purchase(let amount, let stated) where stated == amount: .purchase(amount)
        case .adjustStamps(let count) where count > 0: .addStamps(count)
        case .adjustStamps(let count) where count < 0: .removeStamps(0 - count)
        default: self
        }
    }
}
