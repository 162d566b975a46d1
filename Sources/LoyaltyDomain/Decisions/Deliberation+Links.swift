extension Deliberation {
    /// Notes who recommended the card (D25).
    mutating func refer(_ action: CardAction) throws(Refusal) {
        guard case .refer(let referrer) = action else { return }
        guard try newestRules().referral != nil else { throw .notOnThisCard }
        let other = try otherCard()
        guard card.referral.progress == .none, card.visits == 0, basis.surroundings.isOnlyCardOfCustomer else {
            throw .notANewcomer
        }
        record(.cardReferred(by: referrer, other.number), as: .addition)
        try payReferral()
    }

    /// Rewards both cards of a recommendation once its moment has come (D25).
    mutating func payReferral() throws(Refusal) {
        guard card.referral.progress == .waiting, case .installed = card.installation else { return }
        let newest = try newestVersion()
        guard let rule = newest.program.rules.referral else { return }
        if rule.moment == .firstVisit && card.visits == 0 { return }
        try checkRoom(stamps: rule.newcomer)
        let referrer = card.referral.referrer
        record(
            .referralPaid(
                ReferralPayment(
                    referrer: referrer,
                    newcomer: rule.newcomer,
                    referrer: rule.referrer,
                    ruleVersion: newest.version
                )
            ),
            as: .addition
        )
        try credit(rule.newcomer, .referral)
        guard rule.referrer > 0 else { return }
        consequences.append(.creditReferral(to: referrer, from: basis.surroundings.card, rule.referrer))
    }

    /// Collects a recommendation's stamps back from both, where the newcomer's first purchase was reversed in full (D25).
    mutating func collectReferral(withdrawing withdrawn: Set<CardVersion>) throws(Refusal) {
        guard card.referral.progress == .paid, let first = history().first, withdrawn.contains(first.version) else {
            return
        }
        let referrer = card.referral.referrer
        let stamps = card.referral.paidToReferrer
        record(.referralCollected(referrer, try clawback(of: card.referral.paidToNewcomer)), as: .taking)
        guard stamps > 0 else { return }
        consequences.append(.collectReferral(from: referrer, newcomer: basis.surroundings.card, stamps))
    }

    /// Moves everything to another card of the same program and closes this one (D24).
    mutating func merge(_ action: CardAction) throws(Refusal) {
        guard case .merge(let target) = action else { return }
        let other = try otherCard()
        try checkMerging(other.state)
        let moved = card
        record(.cardMerged(into: target, other.number), as: .taking)
        consequences.append(.absorb(into: other.number, from: basis.surroundings.card, moved))
    }

    /// The named other card: there, another one, of the same program, neither deleted nor merged.
    private func otherCard() throws(Refusal) -> Surroundings.Counterpart {
        guard let other = basis.surroundings.counterpart else { throw .unknownOtherCard }
        guard other.number != basis.surroundings.card, other.state.program == card.program,
            other.state.installation != .deleted
        else { throw .otherCardUnfit }
        return other
    }

    /// Refuses a merge after which a sum would be larger than a ledger keeps.
    private func checkMerging(_ other: CardState) throws(Refusal) {
        let amounts = MinorUnits(Int64.max - MinorUnits.largest.rawValue - other.lifetimeValue.rawValue)
        guard card.lifetimeValue <= amounts else { throw .limitExceeded }
        for (mine, theirs) in [(card.purse, other.purse), (card.bonus, other.bonus)] {
            let sums: [KeyPath<Purse, Stamps>] = [\.earned, \.uncollected, \.restored, \.overspent]
            for sum in sums where mine[keyPath: sum] > Stamps.largest - theirs[keyPath: sum] { throw .limitExceeded }
        }
        for place in UInt8(0)..<UInt8(RewardRule.mostMilestones) {
            let number = MilestoneNumber(place)
            guard card.milestones.waiting(at: number) + other.milestones.waiting(at: number) <= 255 else {
                throw .limitExceeded
            }
        }
        guard card.rewardsEarned <= Rewards.largest - other.rewardsEarned else { throw .limitExceeded }
    }
}
