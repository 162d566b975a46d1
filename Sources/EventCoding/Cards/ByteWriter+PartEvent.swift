internal import LogFormat
internal import LoyaltyDomain

extension ByteWriter {
    /// Writes the fields of the events that only some card types have.
    mutating func partFields(of event: CardEvent) {
        switch event {
        case .stampsCredited(let credit):
            count(credit.stamps)
            u8(credit.purse.rawValue)
            u8(credit.cause.rawValue)
            amount(credit.purchase)
            day(credit.lapsesAfter)
        case .bonusRemoved(let stamps), .conversionUndone(let stamps): count(stamps)
        case .stampsSpent(let spending): self.spending(spending)
        case .spendingReversed(let reversal): spendingReversal(reversal)
        case .loadReversed(let reversal): loadReversal(reversal)
        case .stampsLapsed(let stamps, let last, let next):
            count(stamps)
            day(last)
            day(next)
        case .stampsRestored(let stamps, let last):
            count(stamps)
            day(last)
        case .milestoneReached(let number, let value, let ruleVersion):
            u8(number.rawValue)
            count(value)
            version(ruleVersion)
        case .milestoneRedeemed(let redemption): milestoneRedemption(redemption)
        case .rewardClaimed(let item, let cost, let purchase, let ruleVersion):
            string(item.text)
            count(cost)
            amount(purchase)
            version(ruleVersion)
        case .claimUsed(let named, let purchase):
            commandID(named)
            amount(purchase)
        case .claimRemoved(let named, let returned):
            commandID(named)
            optional(returned) { $0.count($1) }
        case .couponRedeemed(let purchase, let newCard):
            amount(purchase)
            optional(newCard) { $0.string($1.text) }
        case .redemptionReversed(let reversal): redemptionReversal(reversal)
        case .redemptionConflicted(let redeemed, let over, let purchase):
            count(redeemed)
            count(over)
            amount(purchase)
        case .useConflicted(let action): cardAction(action)
        case .rewardsCredited(let rewards, let cause):
            count(rewards)
            u8(cause.rawValue)
        default: lifeFields(of: event)
        }
    }

    private mutating func lifeFields(of event: CardEvent) {
        switch event {
        case .tierChanged(let change): tierChange(change)
        case .membershipSet(let terms):
            u8(terms.tier.rawValue)
            u8(terms.period.rawValue)
            day(terms.anchor)
            flag(terms.isByHand)
        case .periodStarted(let first): day(first)
        case .membershipRenewed(let last), .termSet(let last): day(last)
        case .cardReinstalled(let platform): u8(platform.rawValue)
        case .cardReferred(let id, let number), .cardMerged(let id, let number):
            string(id.text)
            card(number)
        case .referralPaid(let payment):
            card(payment.referrer)
            count(payment.newcomerStamps)
            count(payment.referrerStamps)
            version(payment.ruleVersion)
        case .referralCredited(let newcomer, let stamps):
            card(newcomer)
            count(stamps)
        case .referralCollected(let other, let clawback):
            card(other)
            self.clawback(clawback)
        case .referenceClaimed(let hash): u64(hash)
        case .cardAbsorbed(let source, let moved):
            card(source)
            let layout = CardStateCoding.Layout(carrying: moved)
            u8(layout.rawValue)
            CardStateCoding.encode(moved, in: layout, to: &self)
        case .cardConverted(let other), .cardCreated(let other): card(other)
        case .caseOpened, .evidenceAdded, .caseDecided, .caseRemedied, .caseClosed: caseFields(of: event)
        default: break
        }
    }

    private mutating func spending(_ spending: Spending) {
        u8(spending.purse.rawValue)
        count(spending.stamps)
        count(spending.over)
        amount(spending.purchase)
        count(spending.bonus)
        flag(spending.isVisit)
    }

    private mutating func spendingReversal(_ reversal: SpendingReversal) {
        commandID(reversal.named)
        u8(reversal.purse.rawValue)
        count(reversal.stamps)
        clawback(reversal.bonus)
        flag(reversal.withdrawsVisit)
        lastDays(reversal.remaining)
    }

    private mutating func loadReversal(_ reversal: LoadReversal) {
        commandID(reversal.named)
        optional(reversal.asked) { $0.count($1) }
        optional(reversal.askedAmount) { $0.amount($1) }
        amount(reversal.purchase)
        clawback(reversal.clawback)
    }

    private mutating func milestoneRedemption(_ redemption: MilestoneRedemption) {
        u8(redemption.number.rawValue)
        count(redemption.value)
        flag(redemption.isNamed)
        amount(redemption.purchase)
        optional(redemption.restart) { $0.count($1) }
    }

    private mutating func redemptionReversal(_ reversal: RedemptionReversal) {
        commandID(reversal.named)
        count(reversal.rewards)
        optional(reversal.milestone) { $0.u8($1.rawValue) }
        count(reversal.stamps)
    }

    private mutating func tierChange(_ change: TierChange) {
        u8(change.from.rawValue)
        u8(change.to.rawValue)
        u8(change.cause.rawValue)
        pin(change.pin)
        flag(change.grantsEntry)
        flag(change.isFirstEntry)
    }

    /// Writes the actions that only some card types have, as refusals keep them.
    mutating func partAction(_ action: CardAction) {
        switch action {
        case .purchaseEligible(let amount, let eligible):
            u8(CardActionType.purchaseEligible.rawValue)
            money(amount)
            money(eligible)
        case .adjustStamps(let count): quantity(count, of: .adjustStamps)
        case .adjustBonus(let count): quantity(count, of: .adjustBonus)
        case .load(let count, let purchase):
            quantity(count, of: .load)
            money(purchase)
        case .reverseLoad(let id, let stamps, let amount):
            named(id, .reverseLoad)
            optional(stamps) { $0.count($1) }
            optional(amount) { $0.money($1) }
        case .spend(let count, let purse, let purchase):
            quantity(count, of: .spend)
            u8(purse.rawValue)
            money(purchase)
        case .reverseSpending(let id): named(id, .reverseSpending)
        case .redeemMilestone(let value, let purchase):
            u8(CardActionType.redeemMilestone.rawValue)
            optional(value) { $0.count($1) }
            money(purchase)
        case .reverseRedemption(let id): named(id, .reverseRedemption)
        case .claimReward(let item, let purchase):
            u8(CardActionType.claimReward.rawValue)
            string(item.text)
            money(purchase)
        case .useClaim(let id, let purchase):
            named(id, .useClaim)
            money(purchase)
        case .removeClaim(let id, let returnsStamps):
            named(id, .removeClaim)
            flag(returnsStamps)
        default: lifeAction(action)
        }
    }

    private mutating func lifeAction(_ action: CardAction) {
        switch action {
        case .redeemCoupon(let purchase, let newCard):
            u8(CardActionType.redeemCoupon.rawValue)
            money(purchase)
            optional(newCard) { $0.string($1.text) }
        case .setTier(let number, let last, let grantsEntry):
            u8(CardActionType.setTier.rawValue)
            u8(number.rawValue)
            day(last)
            flag(grantsEntry)
        case .unpinTier: u8(CardActionType.unpinTier.rawValue)
        case .setMembership(let number, let period):
            u8(CardActionType.setMembership.rawValue)
            u8(number.rawValue)
            u8(period.rawValue)
        case .renewMembership(let last):
            u8(CardActionType.renewMembership.rawValue)
            day(last)
        case .cancelMembership: u8(CardActionType.cancelMembership.rawValue)
        case .refer(let other):
            u8(CardActionType.refer.rawValue)
            string(other.text)
        case .reinstall(let platform):
            u8(CardActionType.reinstall.rawValue)
            u8(platform.rawValue)
        case .leaveProgram: u8(CardActionType.leaveProgram.rawValue)
        case .rejoinProgram: u8(CardActionType.rejoinProgram.rawValue)
        case .merge(let other):
            u8(CardActionType.merge.rawValue)
            string(other.text)
        default: caseAction(action)
        }
    }

    private mutating func named(_ id: CommandID, _ type: CardActionType) {
        u8(type.rawValue)
        commandID(id)
    }
}
