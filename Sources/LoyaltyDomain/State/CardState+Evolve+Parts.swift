extension CardState {
    /// Folds the events that only some card types have.
    mutating func evolveParts(_ recorded: borrowing EffectiveEvent, at moment: Moment) {
        switch recorded.event {
        case .stampsCredited(let credit): add(credit, at: moment)
        case .bonusRemoved(let count): bonus.remove(count)
        case .stampsSpent(let spending): apply(spending, at: moment, effectiveAt: recorded.effectiveAt)
        case .spendingReversed(let reversal): apply(reversal)
        case .loadReversed(let reversal):
            lifetimeValue -= reversal.purchase
            purse.collect(reversal.clawback)
        case .stampsLapsed(let count, let day, let next):
            purse.lapse(count)
            lapse.last = latest(lapse.last, day)
            lapse.next = next
        case .stampsRestored(let count, _): purse.restore(count)
        case .milestoneReached(let number, _, _):
            milestones.reach(number)
            addRewards(1, at: recorded.effectiveAt)
        case .milestoneRedeemed(let redemption):
            milestones.add(-1, at: redemption.number)
            redeem(1, .milestone(redemption.value), at: recorded.effectiveAt)
            if let restart = redemption.restart {
                purse.convert(restart)
                milestones.reached = 0
            }
        case .rewardClaimed(_, let cost, _, _):
            purse.spend(cost)
            claims += 1
            addRewards(1, at: recorded.effectiveAt)
        case .claimUsed(let claim, _):
            claims -= 1
            redeem(1, .claim(claim), at: recorded.effectiveAt)
        case .claimRemoved(_, let returned):
            claims -= 1
            rewardsAvailable -= 1
            rewardsCorrected += 1
            purse.restore(returned ?? 0)
        case .couponRedeemed: redeem(1, at: recorded.effectiveAt)
        case .redemptionReversed(let reversal): apply(reversal)
        case .redemptionConflicted(let redeemed, let over, _):
            rewardsOverRedeemed += over
            redeem(redeemed, at: recorded.effectiveAt)
        case .useConflicted: rewardsOverRedeemed += 1
        case .rewardsCredited(let count, _): addRewards(count, at: recorded.effectiveAt)
        default: evolveLife(recorded.event, at: moment)
        }
    }

    private mutating func evolveLife(_ event: CardEvent, at moment: Moment) {
        switch event {
        case .tierChanged(let change):
            tier.number = change.to
            tier.pin = change.pin
            if change.isFirstEntry && change.to != .none { tier.entered |= 1 << (UInt32(change.to.rawValue - 1) & 31) }
        case .membershipSet(let terms):
            tier.number = terms.tier
            membership.period = terms.period
            membership.anchor = terms.anchor
            membership.start = terms.anchor
            membership.used = 0
            membership.isCancelled = false
        case .periodStarted(let day):
            membership.start = day
            membership.used = 0
        case .membershipRenewed(let day):
            membership.isCancelled = false
            expire(on: day)
        case .membershipCancelled: membership.isCancelled = true
        case .termSet(let day): expire(on: day)
        case .cardReinstalled(let platform): installation = .installed(platform)
        case .programLeft: hasLeftProgram = true
        case .programRejoined: hasLeftProgram = false
        default: evolveLinks(event, at: moment)
        }
    }

    private mutating func evolveLinks(_ event: CardEvent, at moment: Moment) {
        switch event {
        case .cardReferred(_, let referrer):
            referral.referrer = referrer
            referral.progress = .waiting
        case .referralPaid(let payment):
            referral.progress = .paid
            referral.paidToNewcomer = payment.newcomerStamps
            referral.paidToReferrer = payment.referrerStamps
        case .referralCredited(_, let count):
            referral.newcomers += 1
            referral.earned += count
            earn(count, at: moment)
        case .referralCollected(let other, let clawback):
            purse.collect(clawback)
            if other == referral.referrer && referral.progress == .paid {
                referral.progress = .collected
            } else {
                referral.newcomers -= 1
            }
        case .cardMerged(_, let target): moveAway(to: target)
        case .cardAbsorbed(_, let moved): absorb(moved)
        case .cardConverted(let card): links.convertedInto = card
        case .cardCreated(let coupon):
            links.createdFrom = coupon
            links.createdAt = version
        case .conversionUndone(let stamps):
            purse.remove(stamps)
            installation = .deleted
        default: break
        }
    }

    private mutating func add(_ credit: Credit, at moment: Moment) {
        lifetimeValue += credit.purchase
        if credit.cause == .referral { referral.earned += credit.stamps }
        switch credit.purse {
        case .main: earn(credit.stamps, at: moment, lapsesAfter: credit.lapsesAfter)
        case .bonus: bonus.earn(credit.stamps)
        }
    }

    private mutating func apply(_ spending: Spending, at moment: Moment, effectiveAt instant: Timestamp) {
        switch spending.purse {
        case .main:
            purse.spend(spending.stamps)
            purse.overspent += spending.over
        case .bonus:
            bonus.spend(spending.stamps)
            bonus.overspent += spending.over
        }
        bonus.earn(spending.bonus)
        lastRedeemedAt = latest(lastRedeemedAt, instant)
        guard spending.isVisit else { return }
        visits += 1
        lastDays.visit = latest(lastDays.visit, moment.occurredOn)
    }

    private mutating func apply(_ reversal: SpendingReversal) {
        switch reversal.purse {
        case .main: purse.restore(reversal.stamps)
        case .bonus: bonus.restore(reversal.stamps)
        }
        bonus.collect(reversal.bonus)
        if reversal.withdrawsVisit { visits -= 1 }
        if let remaining = reversal.remaining { lastDays = remaining }
    }

    private mutating func apply(_ reversal: RedemptionReversal) {
        rewardsReversed += reversal.rewards
        rewardsAvailable += reversal.rewards
        if let number = reversal.milestone {
            milestones.add(1, at: number)
            // The cycle that its redemption ended goes on, with all milestones reached.
            if reversal.stamps > 0 { milestones.reached = .max }
        }
        purse.restore(reversal.stamps)
        links.convertedInto = CardNumber(0)
    }

    private mutating func expire(on day: LocalDay) {
        expiresOn = day
        isExpiryRecorded = false
    }
}
