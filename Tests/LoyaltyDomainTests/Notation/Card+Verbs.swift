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

    /// An amount of the card's currency.
    func money(_ text: String) -> Money {
        guard let money = Money(decimal: text, currency) else { preconditionFailure("no amount: \(text)") }
        return money
    }
}
