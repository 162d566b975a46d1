import LoyaltyDomain

extension Card {
    /// A purchase; `name` is its reference, by which a refund may name it.
    func buy(_ amount: String, day: Int? = nil, as name: String? = nil, id: CommandID? = nil) -> Card {
        doing(.purchase(money(amount)), day: day, id: id, reference: name)
    }

    func visit(_ amount: String? = nil, day: Int? = nil, as name: String? = nil) -> Card {
        doing(.visit(amount.map(money)), day: day, reference: name)
    }

    func refund(_ amount: String, of name: String? = nil, day: Int? = nil) -> Card {
        doing(.refund(money(amount), of: name.map { TransactionName(reference: $0) }), day: day)
    }

    func refund(_ amount: String, of name: TransactionName, day: Int? = nil) -> Card {
        doing(.refund(money(amount), of: name), day: day)
    }

    func edit(_ name: String, to amount: String, day: Int? = nil) -> Card {
        doing(.editAmount(of: TransactionName(reference: name), to: money(amount)), day: day)
    }

    func removeVisits(_ count: Visits, day: Int? = nil) -> Card {
        doing(.removeVisits(count), day: day)
    }

    func add(_ stamps: Stamps, day: Int? = nil) -> Card {
        doing(.addStamps(stamps), day: day)
    }

    func remove(_ stamps: Stamps, day: Int? = nil) -> Card {
        doing(.removeStamps(stamps), day: day)
    }

    func grant(_ rewards: Rewards, with amount: String = "0", day: Int? = nil, id: CommandID? = nil) -> Card {
        doing(.grantRewards(rewards, purchase: money(amount)), day: day, id: id)
    }

    func reverseGrant(_ id: CommandID, day: Int? = nil) -> Card {
        doing(.reverseGrant(id), day: day)
    }

    func redeem(_ rewards: Rewards, with amount: String = "0", day: Int? = nil) -> Card {
        doing(.redeemRewards(rewards, purchase: money(amount)), day: day)
    }

    func take(_ rewards: Rewards, as reason: RewardRemovalReason, day: Int? = nil) -> Card {
        doing(.removeRewards(rewards, purchase: money("0"), reason), day: day)
    }

    func expire(after last: Int?, day: Int? = nil) -> Card {
        doing(.setExpiry(last.map { LocalDay(daysSince1970: Int32($0)) }), day: day)
    }

    func install(_ platform: Platform = .android, day: Int? = nil) -> Card {
        doing(.install(platform), day: day)
    }

    func delete(day: Int? = nil) -> Card {
        doing(.delete, day: day)
    }

    /// New rules, learnt on `day` and in effect from `start`, else at once.
    func change(to rules: CardRules, from start: Int? = nil, day: Int? = nil) -> Card {
        var card = self
        card.wait(untilDay: day ?? today)
        card.define(rules, from: start.map { Timestamp(milliseconds: Int64($0) * 86_400_000) })
        return card
    }

    func buy(_ amount: String, earning eligible: String, day: Int? = nil, as name: String? = nil) -> Card {
        doing(.purchaseEligible(money(amount), eligible: money(eligible)), day: day, reference: name)
    }

    func adjust(_ stamps: Stamps, day: Int? = nil) -> Card { doing(.adjustStamps(stamps), day: day) }

    func adjustBonus(_ points: Stamps, day: Int? = nil) -> Card { doing(.adjustBonus(points), day: day) }

    func load(_ stamps: Stamps, for amount: String = "0", day: Int? = nil, id: CommandID? = nil) -> Card {
        doing(.load(stamps, purchase: money(amount)), day: day, id: id)
    }

    func reverseLoad(_ id: CommandID, _ stamps: Stamps? = nil, for amount: String? = nil) -> Card {
        doing(.reverseLoad(id, stamps, amount: amount.map(money)), day: nil)
    }

    func spend(_ stamps: Stamps, from purse: PurseKind = .main, day: Int? = nil, id: CommandID? = nil) -> Card {
        doing(.spend(stamps, from: purse, purchase: money("0")), day: day, id: id)
    }

    func reverseSpending(_ id: CommandID, day: Int? = nil) -> Card { doing(.reverseSpending(id), day: day) }

    func redeem(milestone value: Stamps?, day: Int? = nil, id: CommandID? = nil) -> Card {
        doing(.redeemMilestone(value, purchase: money("0")), day: day, id: id)
    }

    func reverseRedemption(_ id: CommandID, day: Int? = nil) -> Card { doing(.reverseRedemption(id), day: day) }

    func claim(_ item: String, day: Int? = nil, id: CommandID? = nil) -> Card {
        doing(.claimReward(known(Label(item)), purchase: money("0")), day: day, id: id)
    }

    func use(_ id: CommandID, day: Int? = nil) -> Card { doing(.useClaim(id, purchase: money("0")), day: day) }

    func removeClaim(_ id: CommandID, returning: Bool = false) -> Card {
        doing(.removeClaim(id, returnsStamps: returning), day: nil)
    }

    func redeemCoupon(into card: String? = nil, day: Int? = nil, id: CommandID? = nil) -> Card {
        doing(.redeemCoupon(purchase: money("0"), newCard: card.map { known(CardID($0)) }), day: day, id: id)
    }

    func put(into tier: UInt8, until last: Int? = nil, entry: Bool = false, day: Int? = nil) -> Card {
        let until = last.map { LocalDay(daysSince1970: Int32($0)) }
        return doing(.setTier(TierNumber(tier), until: until, grantsEntry: entry), day: day)
    }

    func unpin(day: Int? = nil) -> Card { doing(.unpinTier, day: day) }

    func reinstall(day: Int? = nil) -> Card { doing(.reinstall(.iOS), day: day) }

    func leave() -> Card { doing(.leaveProgram, day: nil) }

    func rejoin() -> Card { doing(.rejoinProgram, day: nil) }

    func act(_ action: CardAction, day: Int? = nil, id: CommandID? = nil) -> Card { doing(action, day: day, id: id) }

    /// The card with other things around it.
    func amid(_ change: (inout Surroundings) -> Void) -> Card {
        var card = self
        change(&card.surroundings)
        return card
    }

    /// An amount of the card's currency.
    func money(_ text: String) -> Money {
        guard let money = Money(decimal: text, currency) else { preconditionFailure("no amount: \(text)") }
        return money
    }
}
