internal import LoyaltyDomain

extension Deduction {
    mutating func unlocked(_ rewards: Rewards, _ converted: Stamps, _ version: RuleVersion) {
        title("\(words.units(converted)) became \(words.rewards(rewards))")
        reasoning.ruleVersion = version
        guard let required = rules(version)?.stampsPerReward, required > 0 else {
            return require(false, "these rules turn nothing into rewards")
        }
        let (count, rest) = before.balance.rawValue.quotientAndRemainder(dividingBy: required.rawValue)
        let balance = words.units(before.balance)
        say("\(balance) at \(words.units(required)) a reward: \(words.rewards(Rewards(count))), \(rest) stay")
        check("rewards", Rewards(count), is: rewards)
        check("converted", Stamps(count &* required.rawValue), is: converted)
    }

    mutating func reached(_ value: Stamps, _ version: RuleVersion) {
        title("The milestone at \(words.units(value)) was reached: 1 reward")
        reasoning.ruleVersion = version
        say("the balance is \(words.units(before.balance)); the stamps stay")
        require(before.balance >= value, "the balance does not reach it")
        require(rules(version)?.milestones.contains(value) ?? false, "these rules have no such milestone")
    }

    mutating func redeemed(_ redemption: MilestoneRedemption) {
        title("The reward of the milestone at \(words.units(redemption.value)) was redeemed")
        reasoning.ruleVersion = newest?.version
        let values = newest?.program.rules.milestones ?? []
        let restart = values.last == redemption.value ? min(redemption.value, before.balance) : nil
        check("stamps that go with the last milestone", restart, is: redemption.restart)
        guard let restart else { return say("the stamps stay") }
        say("it is the last one: \(words.units(restart)) go, and a new cycle begins")
    }

    mutating func claimed(_ item: Label, _ cost: Stamps, _ version: RuleVersion) {
        title("\(item.text) claimed for \(words.units(cost))")
        reasoning.ruleVersion = version
        say("of \(words.units(before.balance)) there")
        var price: Stamps?
        if case .catalogue(let items) = rules(version)?.rewards { price = items.first { $0.name == item }?.cost }
        check("price", price, is: cost)
        require(cost <= before.balance, "the price is above the balance")
    }

    mutating func claimUsed(_ named: CommandID) {
        title("A claimed reward was handed out")
        if let claim = claim(named) { say("\(claim.item.text), claimed for \(words.units(claim.cost))") }
    }

    mutating func claimRemoved(_ named: CommandID, _ returned: Stamps?) {
        title("A claimed reward was taken back")
        guard let claim = claim(named) else { return }
        say("\(claim.item.text), claimed for \(words.units(claim.cost))")
        guard let returned else { return say("nothing was returned") }
        say("\(words.units(returned)) returned")
        check("returned", claim.cost, is: returned)
    }

    private mutating func claim(_ named: CommandID) -> TransactionHistory.Claim? {
        let found = history.claims.first { $0.commandID == named }
        require(found != nil, "the claim it is about is not among the card's")
        return found
    }

    mutating func granted(_ count: Rewards, _ amount: MinorUnits) {
        title("\(words.rewards(count)) granted")
        if amount > .zero { say("with \(words.decimal(amount)), which counts in the lifetime value") }
    }

    mutating func grantReversed(_ named: CommandID, _ count: Rewards, _ amount: MinorUnits) {
        title("A grant of \(words.rewards(count)) taken back")
        guard let grant = history.grants.first(where: { $0.commandID == named }) else {
            return require(false, "the grant it takes back is not among the card's")
        }
        check("rewards", grant.rewards, is: count)
        check("amount", grant.purchase, is: amount)
    }

    mutating func credited(_ count: Rewards, _ cause: Credit.Cause) {
        title("\(words.rewards(count)) \(cause == .welcome ? "as a welcome" : "for entering the tier")")
        let sources = cause == .welcome ? [earning?.program.rules] : [newest?.program.rules, known]
        let given = sources.compactMap { rules in
            cause == .welcome ? rules?.welcome.rewards : rules?.tiers?[before.tier.number]?.entry.rewards
        }
        require(given.contains(count), "the rules do not give \(words.rewards(count)) for it")
    }

    mutating func redeemed(_ count: Rewards, _ amount: MinorUnits) {
        title("\(words.rewards(count)) redeemed")
        say(
            "of \(words.rewards(before.rewardsAvailable)) there; \(words.unit == "value" ? "the value" : "stamps") stay"
        )
        if amount > .zero { say("with a purchase of \(words.decimal(amount)), kept for the record") }
        require(count <= before.rewardsAvailable, "more was redeemed than was there")
    }

    mutating func removed(_ count: Rewards, _ reason: RewardRemovalReason) {
        title("\(words.rewards(count)) removed, \(reason == .correction ? "as a correction" : "as they ran out")")
        say("of \(words.rewards(before.rewardsAvailable)) there")
        require(count <= before.rewardsAvailable, "more was removed than was there")
    }

    mutating func reversed(_ reversal: RedemptionReversal) {
        title("A redemption undone: \(words.rewards(reversal.rewards)) back")
        guard let redeemed = history.redemptions.first(where: { $0.commandID == reversal.named }) else {
            return require(false, "the redemption it undoes is not among the card's")
        }
        check("rewards", redeemed.rewards, is: reversal.rewards)
        check("stamps that come back", redeemed.converted, is: reversal.stamps)
        if reversal.stamps > 0 { say("\(words.units(reversal.stamps)) that had gone with it come back") }
    }

    mutating func conflicted(_ count: Rewards, _ over: Rewards) {
        title("\(words.rewards(count + over)) given out by a device that was offline")
        say("\(words.rewards(count)) were there, \(words.rewards(over)) were not")
        require(count <= before.rewardsAvailable, "more was redeemed than was there")
    }

    mutating func useConflicted(_ action: CardAction) {
        title("A reward given out by a device that was offline, which was not there")
        say("the device did: \(words.action(action))")
    }

    mutating func couponRedeemed(_ newCard: CardID?) {
        title("The coupon was used")
        say("of \(words.rewards(before.rewardsAvailable)) left")
        if let newCard { say("it turns into card \(newCard.text)") }
        require(before.rewardsAvailable > 0, "no use of it was left")
    }
}
