import LoyaltyLedger

// Words for what only some card types have.

extension EventWords {
    init(parts event: CardEvent, currency: Currency) {
        switch event {
        case .stampsCredited(let credit):
            let amount = credit.cause == .load ? credit.purchase : nil
            self.init("stamps-credited", amount: amount, reason: "\(credit.cause)")
        case .bonusRemoved: self.init("bonus-removed")
        case .stampsSpent(let spending):
            let over = spending.over > 0 ? "\(spending.over) more were not there" : nil
            self.init("stamps-spent", amount: spending.purchase, detail: over)
        case .spendingReversed(let reversal): self.init("spending-reversed", detail: "of \(reversal.named)")
        case .loadReversed(let reversal):
            self.init("load-reversed", amount: reversal.purchase, detail: "of \(reversal.named)")
        case .stampsLapsed(_, let day, _): self.init("stamps-lapsed", detail: "there through \(day)")
        case .stampsRestored(_, let day): self.init("stamps-restored", detail: "lapsed at the end of \(day)")
        case .milestoneReached(_, let value, let version):
            self.init("milestone-reached", ruleVersion: version, detail: "at \(value)")
        case .milestoneRedeemed(let redemption):
            let restart = redemption.restart.map { ", a new cycle without \($0)" } ?? ""
            self.init("milestone-redeemed", amount: redemption.purchase, detail: "of \(redemption.value)\(restart)")
        case .rewardClaimed(let item, let cost, let purchase, let version):
            self.init("reward-claimed", amount: purchase, ruleVersion: version, detail: "\(item.text) for \(cost)")
        case .claimUsed(let id, let purchase): self.init("claim-used", amount: purchase, detail: "of \(id)")
        case .claimRemoved(let id, let returned):
            self.init("claim-removed", detail: "of \(id), \(returned ?? 0) stamps returned")
        case .couponRedeemed(let purchase, let newCard):
            self.init("coupon-redeemed", amount: purchase, detail: newCard.map { "turns into card \($0.text)" })
        case .redemptionReversed(let reversal): self.init("redemption-reversed", detail: "of \(reversal.named)")
        case .redemptionConflicted(_, let over, let purchase):
            let detail = "\(counted(over, Reward.singular)) redeemed offline that were not there"
            self.init("redemption-conflicted", amount: purchase, detail: detail)
        case .rewardsCredited(_, let cause): self.init("rewards-credited", reason: "\(cause)")
        default: self.init(life: event)
        }
    }

    private init(life event: CardEvent) {
        switch event {
        case .tierChanged(let change):
            let move = "from tier \(change.from.rawValue) to \(change.to.rawValue)"
            self.init("tier-changed", reason: "\(change.cause)", detail: move)
        case .membershipSet(let terms):
            self.init("membership-set", detail: "tier \(terms.tier.rawValue), by the \(terms.period)")
        case .periodStarted(let day): self.init("period-started", detail: "on \(day)")
        case .membershipRenewed(let day): self.init("membership-renewed", detail: "valid through \(day)")
        case .membershipCancelled: self.init("membership-cancelled")
        case .termSet(let day): self.init("term-set", detail: "valid through \(day)")
        case .cardReinstalled(let platform): self.init("reinstalled", detail: "\(platform)")
        case .programLeft: self.init("program-left")
        case .programRejoined: self.init("program-rejoined")
        case .cardReferred(let card, _): self.init("referred", detail: "by card \(card.text)")
        case .referralPaid(let payment): self.init("referral-paid", ruleVersion: payment.ruleVersion)
        case .referralCredited(let card, _): self.init("referral-credited", detail: "for card number \(card.rawValue)")
        case .referralCollected(let card, _):
            self.init("referral-collected", detail: "with card number \(card.rawValue)")
        case .referenceClaimed: self.init("reference-claimed")
        case .cardMerged(let card, _): self.init("merged", detail: "into card \(card.text)")
        case .cardAbsorbed(let card, _): self.init("absorbed", detail: "card number \(card.rawValue)")
        case .cardConverted(let card): self.init("converted", detail: "into card number \(card.rawValue)")
        case .cardCreated(let card): self.init("created", detail: "from card number \(card.rawValue)")
        default: self.init("conversion-undone")
        }
    }
}

extension CardAction {
    /// The word for what was asked.
    var partName: String {
        switch self {
        case .purchaseEligible: "purchase-eligible"
        case .adjustStamps: "adjust-stamps"
        case .adjustBonus: "adjust-bonus"
        case .load: "load"
        case .reverseLoad: "reverse-load"
        case .spend: "spend"
        case .reverseSpending: "reverse-spending"
        case .redeemMilestone: "redeem-milestone"
        case .reverseRedemption: "reverse-redemption"
        case .claimReward: "claim-reward"
        case .useClaim: "use-claim"
        case .removeClaim: "remove-claim"
        case .redeemCoupon: "redeem-coupon"
        case .setTier: "set-tier"
        case .unpinTier: "unpin-tier"
        case .setMembership: "set-membership"
        case .renewMembership: "renew-membership"
        case .cancelMembership: "cancel-membership"
        case .refer: "refer"
        case .reinstall: "reinstall"
        case .leaveProgram: "leave-program"
        case .rejoinProgram: "rejoin-program"
        case .merge: "merge"
        default: "command"
        }
    }

    /// The amount that was asked for, where there was one.
    var partAmount: MinorUnits? {
        switch self {
        case .purchaseEligible(let money, _), .load(_, let money), .spend(_, _, let money),
            .redeemMilestone(_, let money), .claimReward(_, let money), .useClaim(_, let money),
            .redeemCoupon(let money, _):
            money.minorUnits
        case .reverseLoad(_, _, let money): money?.minorUnits
        default: nil
        }
    }
}
