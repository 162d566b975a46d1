extension Deliberation {
    mutating func grantRewards(_ count: Rewards, purchase: Money) throws(Refusal) {
        let count = try quantity(count)
        let purchase = try amount(purchase)
        try checkRoom(amount: purchase)
        try checkRoom(rewards: count)
        record(.rewardsGranted(count, purchase: purchase), as: .addition)
    }

    mutating func reverseGrant(_ id: CommandID) throws(Refusal) {
        guard let grant = history().grants.first(where: { $0.commandID == id }) else { throw .transactionNotFound }
        guard !grant.isReversed else { throw .alreadyReversed }
        guard grant.rewards <= removable else { throw .exceedsAvailable(removable) }
        record(.grantReversed(named: id, grant.rewards, purchase: grant.purchase), as: .taking)
    }

    /// Redeems rewards that have no name; from a device that was offline, what was there and the rest as a conflict (R7, D23).
    mutating func redeemRewards(_ count: Rewards, purchase: Money) throws(Refusal) {
        if try newestRules().conversion != nil { throw .notOnThisCard }
        let count = try quantity(count)
        let purchase = try amount(purchase)
        let available = card.plainRewards
        if count <= available {
            record(.rewardsRedeemed(count, purchase: purchase), as: .taking)
        } else {
            guard basis.surroundings.isOffline else { throw .exceedsAvailable(available) }
            let redeemed = max(available, 0)
            guard card.rewardsOverRedeemed <= Rewards.largest - (count - redeemed) else { throw .limitExceeded }
            record(.redemptionConflicted(redeemed, over: count - redeemed, purchase: purchase), as: .taking)
        }
    }

    mutating func removeRewards(
        _ count: Rewards,
        purchase: Money,
        _ reason: RewardRemovalReason
    ) throws(Refusal) {
        let count = try quantity(count)
        let purchase = try amount(purchase)
        guard count <= removable else { throw .exceedsAvailable(removable) }
        record(.rewardsRemoved(count, purchase: purchase, reason), as: .taking)
    }

    /// Rewards that can be taken by their number alone; claimed ones are named.
    private var removable: Rewards { card.rewardsAvailable - card.claims }

    /// Unlocks the rewards of milestones that the balance has reached in this cycle (D13).
    mutating func reachMilestones(_ values: [Stamps], under version: RuleVersion) throws(Refusal) {
        for (place, value) in values.enumerated() where value <= card.balance {
            let number = MilestoneNumber(UInt8(place))
            guard !card.milestones.hasReached(number) else { continue }
            // 255 rewards of one milestone may wait; who leaves more unredeemed unlocks none on top.
            guard card.milestones.waiting(at: number) < 255 else { throw .limitExceeded }
            try checkRoom(rewards: 1)
            record(.milestoneReached(number, value: value, ruleVersion: version), as: .taking)
        }
    }

    /// Redeems the reward of a milestone; the last one ends the cycle and begins another with the rest (D13).
    mutating func redeemMilestone(_ value: Stamps?, purchase money: Money) throws(Refusal) {
        let newest = try newestVersion()
        let values = newest.program.rules.milestones
        guard !values.isEmpty else { throw .notOnThisCard }
        let purchase = try amount(money)
        let found = values.enumerated().first { place, candidate in
            (value == nil || candidate == value)
                && card.milestones.waiting(at: MilestoneNumber(UInt8(place))) > 0
        }
        guard let (place, reached) = found else {
            return try conflict(.redeemMilestone(value, purchase: money), else: .milestoneNotOpen)
        }
        let redemption = MilestoneRedemption(
            MilestoneNumber(UInt8(place)),
            value: reached,
            isNamed: value != nil,
            purchase: purchase,
            restart: place == values.count - 1 ? min(reached, card.balance) : nil
        )
        record(.milestoneRedeemed(redemption), as: .taking)
        if redemption.restart != nil { try reachMilestones(values, under: newest.version) }
    }

    /// Undoes a redemption: the reward is there again, and what a restart converted comes back to its lots.
    mutating func reverseRedemption(_ id: CommandID) throws(Refusal) {
        guard let redeemed = history().redemptions.first(where: { $0.commandID == id }) else {
            throw .transactionNotFound
        }
        guard !redeemed.isReversed else { throw .alreadyReversed }
        guard card.rewardsReversed <= Rewards.largest - redeemed.rewards else { throw .limitExceeded }
        if let number = redeemed.milestone, card.milestones.waiting(at: number) >= 255 { throw .limitExceeded }
        try checkRestoring(redeemed.converted)
        if redeemed.isCoupon, card.links.convertedInto != CardNumber(0) {
            // The new card is as its coupon made it, or it has been used (D21).
            guard let other = basis.surroundings.counterpart, other.state.version == other.state.links.createdAt else {
                throw .convertedCardInUse
            }
            consequences.append(.undoConversion(of: card.links.convertedInto))
        }
        let reversal = RedemptionReversal(
            of: id,
            redeemed.rewards,
            milestone: redeemed.milestone,
            stamps: redeemed.converted
        )
        record(.redemptionReversed(reversal), as: .taking)
    }

    /// Uses a coupon once, and turns it into another card where its program says so (D21).
    mutating func redeemCoupon(purchase money: Money, newCard: CardID?) throws(Refusal) {
        let rules = try newestRules()
        guard rules.hasUses else { throw .notOnThisCard }
        let purchase = try amount(money)
        guard card.plainRewards > 0 else {
            return try conflict(.redeemCoupon(purchase: money, newCard: newCard), else: .exceedsAvailable(0))
        }
        var consequence: Consequence?
        if let conversion = rules.conversion {
            guard let newCard, let customer = basis.surroundings.customer else { throw .newCardMissing }
            guard basis.surroundings.counterpart == nil else { throw .otherCardExists }
            guard basis.catalog.number(of: conversion.program) != nil else { throw .otherCardUnfit }
            let number = basis.surroundings.card
            consequence = .create(newCard, customer: customer, conversion, coupon: number)
        } else if newCard != nil {
            throw .notOnThisCard
        }
        record(.couponRedeemed(purchase: purchase, newCard: newCard), as: .taking)
        guard let consequence else { return }
        record(.cardConverted(into: basis.surroundings.nextCard), as: .taking)
        consequences.append(consequence)
    }

    /// Spends stamps on a reward of the catalogue (D26).
    mutating func claim(_ name: Label, purchase: Money) throws(Refusal) {
        let newest = try newestVersion()
        guard case .catalogue(let items) = newest.program.rules.rewards else { throw .notOnThisCard }
        let purchase = try amount(purchase)
        guard let item = items.first(where: { $0.name == name }) else { throw .unknownReward }
        if let limit = item.usageLimit {
            let claimed = history().claims.count { $0.item == name && $0.status != .removed }
            guard claimed < Int(limit.rawValue) else { throw .usageLimitReached(limit) }
        }
        guard item.cost <= card.balance else { throw .exceedsBalance(card.balance) }
        try checkRoom(rewards: 1)
        record(
            .rewardClaimed(name, cost: item.cost, purchase: purchase, ruleVersion: newest.version),
            as: .taking
        )
    }

    mutating func useClaim(_ id: CommandID, purchase money: Money) throws(Refusal) {
        let claim = try claim(id)
        let purchase = try amount(money)
        guard claim.status == .outstanding else {
            return try conflict(.useClaim(id, purchase: money), else: .claimNotOutstanding)
        }
        record(.claimUsed(named: claim.commandID, purchase: purchase), as: .taking)
    }

    /// Records what a device handed out that was gone, which cannot be undone at the till (D23); refuses it from anywhere else.
    private mutating func conflict(_ action: CardAction, else refusal: Refusal) throws(Refusal) {
        guard basis.surroundings.isOffline else { throw refusal }
        guard card.rewardsOverRedeemed < Rewards.largest else { throw .limitExceeded }
        record(.useConflicted(action), as: .taking)
    }

    mutating func removeClaim(_ id: CommandID, returnsStamps: Bool) throws(Refusal) {
        let claim = try claim(id)
        guard claim.status == .outstanding else { throw .claimNotOutstanding }
        if returnsStamps { try checkRestoring(claim.cost) }
        record(.claimRemoved(named: claim.commandID, returned: returnsStamps ? claim.cost : nil), as: .taking)
    }

    private func claim(_ id: CommandID) throws(Refusal) -> TransactionHistory.Claim {
        guard let claim = history().claims.first(where: { $0.commandID == id }) else { throw .transactionNotFound }
        return claim
    }
}
