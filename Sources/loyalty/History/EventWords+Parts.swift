import LoyaltyLedger

// Words for what only some card types have.

extension EventWords {
    init(parts event: CardEvent, _ phrases: Phrases) {
        switch event {
        case .stampsCredited(let credit): self.init(credit, phrases)
        case .bonusRemoved(let count): self.init("bonus-removed", detail: "\(counted(count, "bonus point")) by hand")
        case .stampsSpent(let spending): self.init(spending, phrases)
        case .spendingReversed(let reversal):
            let back = "\(phrases.units(reversal.stamps, in: reversal.purse)) back, of \(reversal.named)"
            let parts = [back, phrases.collected(reversal.bonus, in: .bonus)]
            self.init("spending-reversed", detail: parts.compactMap(\.self).joined(separator: ", "))
        case .loadReversed(let reversal):
            let parts = ["of \(reversal.named)", phrases.collected(reversal.clawback)]
            let detail = parts.compactMap(\.self).joined(separator: ", ")
            self.init("load-reversed", amount: reversal.purchase, detail: detail)
        case .stampsLapsed(let count, let day, _):
            self.init("stamps-lapsed", detail: "\(phrases.units(count)), there through \(day)")
        case .stampsRestored(let count, let day):
            self.init("stamps-restored", detail: "\(phrases.units(count)) that had lapsed at the end of \(day)")
        case .milestoneReached(_, let value, let version):
            self.init("milestone-reached", ruleVersion: version, detail: "at \(phrases.units(value))")
        case .milestoneRedeemed(let redemption):
            let restart = redemption.restart.map { ", a new cycle begins without \(phrases.units($0))" } ?? ""
            let detail = "the reward at \(phrases.units(redemption.value))\(restart)"
            self.init("milestone-redeemed", amount: redemption.purchase, detail: detail)
        default: self.init(rewards: event, phrases)
        }
    }

    private init(_ credit: Credit, _ phrases: Phrases) {
        let amount = credit.cause == .load ? credit.purchase : nil
        let last = credit.lapsesAfter.map { ", there through \($0)" } ?? ""
        let cause: String =
            switch credit.cause {
            case .manual: "by hand"
            case .load: "for \(phrases.decimal(credit.purchase))"
            case .welcome: "as a welcome"
            case .referral: "for coming by recommendation"
            case .conversion: "that the coupon promised"
            case .tier: "for entering the tier"
            }
        self.init(
            "stamps-credited",
            amount: amount,
            reason: "\(credit.cause)",
            detail: "\(phrases.units(credit.stamps, in: credit.purse)) \(cause)\(last)"
        )
    }

    private init(_ spending: Spending, _ phrases: Phrases) {
        let spent = phrases.units(spending.stamps, in: spending.purse)
        let bonus = spending.bonus > 0 ? "earned \(counted(spending.bonus, "bonus point"))" : nil
        let over = spending.over > 0 ? "\(phrases.units(spending.over, in: spending.purse)) more were not there" : nil
        let detail = [spent, bonus, over].compactMap(\.self).joined(separator: ", ")
        self.init("stamps-spent", amount: spending.purchase, detail: detail)
    }

    private init(rewards event: CardEvent, _ phrases: Phrases) {
        switch event {
        case .rewardClaimed(let item, let cost, let purchase, let version):
            let detail = "\(item.text) for \(phrases.units(cost))"
            self.init("reward-claimed", amount: purchase, ruleVersion: version, detail: detail)
        case .claimUsed(let id, let purchase): self.init("claim-used", amount: purchase, detail: "of \(id)")
        case .claimRemoved(let id, let returned):
            let back = returned.map { "\(phrases.units($0)) returned" } ?? "nothing returned"
            self.init("claim-removed", detail: "of \(id), \(back)")
        case .couponRedeemed(let purchase, let newCard):
            self.init("coupon-redeemed", amount: purchase, detail: newCard.map { "turns into card \($0.text)" })
        case .redemptionReversed(let reversal): self.init("redemption-reversed", detail: "of \(reversal.named)")
        case .redemptionConflicted(_, let over, let purchase):
            let detail = "\(counted(over, Reward.singular)) given out offline that were not there"
            self.init("redemption-conflicted", amount: purchase, detail: detail)
        case .useConflicted:
            self.init("use-conflicted", detail: "1 reward given out offline that was not there")
        case .rewardsCredited(let rewards, let cause):
            self.init("rewards-credited", reason: "\(cause)", detail: "\(counted(rewards, Reward.singular)), \(cause)")
        default: self.init(life: event, phrases)
        }
    }

    private init(life event: CardEvent, _ phrases: Phrases) {
        switch event {
        case .tierChanged(let change):
            self.init("tier-changed", reason: "\(change.cause)", detail: phrases.moved(change))
        case .membershipSet(let terms):
            let tier = phrases.tier(terms.tier)
            self.init("membership-set", detail: "\(tier), by the \(terms.period), from \(terms.anchor) on")
        case .periodStarted(let day): self.init("period-started", detail: "on \(day), uses count from 0")
        case .membershipRenewed(let day): self.init("membership-renewed", detail: "valid through \(day)")
        case .membershipCancelled: self.init("membership-cancelled", detail: "no more uses until it is renewed")
        case .termSet(let day): self.init("term-set", detail: "valid through \(day)")
        case .cardReinstalled(let platform): self.init("reinstalled", detail: "on \(platform), with its history")
        case .programLeft: self.init("program-left")
        case .programRejoined: self.init("program-rejoined")
        default: self.init(links: event, phrases)
        }
    }

    private init(links event: CardEvent, _ phrases: Phrases) {
        switch event {
        case .cardReferred(let card, _): self.init("referred", detail: "by card \(card.text)")
        case .referralPaid(let payment):
            let both = "\(phrases.units(payment.newcomerStamps)) here, \(phrases.units(payment.referrerStamps)) there"
            self.init("referral-paid", ruleVersion: payment.ruleVersion, detail: both)
        case .referralCredited(let card, let count):
            let detail = "\(phrases.units(count)) for bringing card number \(card.rawValue)"
            self.init("referral-credited", detail: detail)
        case .referralCollected(let card, let clawback):
            let parts = ["with card number \(card.rawValue)", phrases.collected(clawback)]
            self.init("referral-collected", detail: parts.compactMap(\.self).joined(separator: ", "))
        case .referenceClaimed: self.init("reference-claimed", detail: "the receipt earns no more")
        case .cardMerged(let card, _): self.init("merged", detail: "into card \(card.text)")
        case .cardAbsorbed(let card, _): self.init("absorbed", detail: "card number \(card.rawValue)")
        case .cardConverted(let card): self.init("converted", detail: "into card number \(card.rawValue)")
        case .cardCreated(let card): self.init("created", detail: "from coupon card number \(card.rawValue)")
        case .conversionUndone: self.init("conversion-undone", detail: "the coupon was taken back")
        default: self.init(dispute: event, phrases)
        }
    }

    private init(dispute event: CardEvent, _ phrases: Phrases) {
        switch event {
        case .caseOpened(let number, let claim):
            self.init("case-opened", detail: "case \(number.rawValue): \(phrases.claim(claim))")
        case .evidenceAdded(let number, let position):
            let place = position.map { ", the event at position \($0)" } ?? ""
            self.init("evidence-added", detail: "case \(number.rawValue)\(place)")
        case .caseDecided(let number, let verdict):
            self.init("case-decided", reason: verdict.code, detail: "case \(number.rawValue): \(verdict.words)")
        case .caseRemedied(let number, let id, let cost):
            self.init("case-remedied", amount: cost, detail: "case \(number.rawValue), by \(id)")
        case .caseClosed(let number): self.init("case-closed", detail: "case \(number.rawValue)")
        default: preconditionFailure("an event without words: \(event)")
        }
    }
}
