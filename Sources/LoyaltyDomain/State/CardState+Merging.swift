extension CardState {
    /// Leaves nothing behind but the card's life: its sums have moved to another card (D24).
    mutating func moveAway(to target: CardNumber) {
        var emptied = CardState(issuedAt: issuedAt, program: program)
        emptied.installation = .deleted
        emptied.expiresOn = expiresOn
        emptied.isExpiryRecorded = isExpiryRecorded
        emptied.version = version
        emptied.greatestEffectiveAt = greatestEffectiveAt
        emptied.refusals = refusals
        emptied.links = links
        emptied.links.mergedInto = target
        self = emptied
    }

    /// Takes in everything of another card: balances, purchases, debt and visits; the later expiry wins (D24).
    mutating func absorb(_ other: CardState) {
        lifetimeValue += other.lifetimeValue
        transactionAmount += other.transactionAmount
        visits += other.visits
        stampedVisits += other.stampedVisits
        purchases += other.purchases
        lastDays = LastDays(
            visit: later(lastDays.visit, other.lastDays.visit),
            purchase: later(lastDays.purchase, other.lastDays.purchase)
        )
        purse.absorb(other.purse)
        bonus.absorb(other.bonus)
        absorbRewards(of: other)
        changeRemainder(of: other.remainder.ruleVersion, by: other.remainder.open)
        if other.capped.day > capped.day {
            capped = other.capped
        } else if other.capped.day == capped.day {
            capped.awarded += other.capped.awarded
        }
        absorbDates(of: other)
        tier.entered |= other.tier.entered
        referral.earned += other.referral.earned
        referral.newcomers += other.referral.newcomers
    }

    private mutating func absorbRewards(of other: CardState) {
        rewardsEarned += other.rewardsEarned
        rewardsRedeemed += other.rewardsRedeemed
        rewardsCorrected += other.rewardsCorrected
        rewardsExpired += other.rewardsExpired
        rewardsReversed += other.rewardsReversed
        rewardsOverRedeemed += other.rewardsOverRedeemed
        rewardsAvailable += other.rewardsAvailable
        claims += other.claims
        milestones.reached |= other.milestones.reached
        for place in UInt8(0)..<8 {
            let number = MilestoneNumber(place)
            milestones.add(Int64(other.milestones.waiting(at: number).rawValue), at: number)
        }
    }

    private mutating func absorbDates(of other: CardState) {
        lastStampAt = later(lastStampAt, other.lastStampAt)
        lastRewardAt = later(lastRewardAt, other.lastRewardAt)
        if let redeemedAt = other.lastRedeemedAt, lastRedeemedAt.map({ $0 < redeemedAt }) ?? true {
            lastRedeemedAt = redeemedAt
            lastRedeemed = other.lastRedeemed
        }
        lastStampOn = later(lastStampOn, other.lastStampOn)
        lastAwardAt = later(lastAwardAt, other.lastAwardAt)
        lapse.next = [lapse.next, other.lapse.next].compactMap(\.self).min()
        lapse.last = later(lapse.last, other.lapse.last)
        lapse.latest = later(lapse.latest, other.lapse.latest)
        guard let expiry = expiresOn else { return }
        if let others = other.expiresOn {
            guard others > expiry else { return }
            expiresOn = others
            isExpiryRecorded = other.isExpiryRecorded
        } else {
            expiresOn = nil
            isExpiryRecorded = false
        }
    }
}

/// The later of two that may both be absent.
private func later<Value: Comparable>(_ left: Value?, _ right: Value?) -> Value? {
    [left, right].compactMap(\.self).max()
}
