import LoyaltyDomain
import Testing

/// Welcome bonuses, happy hours, eligible parts and tiers: D4, D18, D27, R19.
@Suite("Bonuses and tiers")
struct BonusTests {
    private let always = HappyHour(weekdays: 127, from: 0, to: 1440, extra: Extra(percent: 100))

    @Test("a happy hour doubles what the purchase earns alone, never the remainder (D4)")
    func happyHour() {
        let rules = CardRules.spend(1, per: 1000, .cumulative).with { $0.happyHours = [always] }
        let card = Card(rules).buy("15", as: "a").buy("15", as: "b")
        #expect(card.state.stampsEarned == 5, "1 + 1, then 2 by the remainder + 1 of its own")
        let refunded = card.refund("15", of: "b")
        #expect(refunded.state.balance == 2)
        #expect(refunded.refund("15", of: "a").state.balance == 0)
    }

    @Test("a happy hour holds by weekday and minute of the local day")
    func window() {
        let thursday = HappyHour(weekdays: 1 << 3, from: 60, to: 120, extra: Extra(stamps: 5))
        let card = Card(.spend().with { $0.happyHours = [thursday] })
        #expect(card.amid { $0.minuteOfDay = 60 }.buy("10", day: 0).state.balance == 6)
        #expect(card.amid { $0.minuteOfDay = 120 }.buy("10", day: 0).state.balance == 1)
        #expect(card.amid { $0.minuteOfDay = 60 }.buy("10", day: 1).state.balance == 1)
    }

    @Test("only the eligible part earns, LTV counts all, a refund takes the eligible part first (D27)")
    func eligible() {
        let card = Card().buy("100", earning: "40")
        #expect(card.state.balance == 4)
        #expect(card.state.lifetimeValue == MinorUnits(10_000))
        let refunded = card.refund("30")
        #expect(refunded.state.balance == 1)
        #expect(refunded.refund("70").state.balance == 0)
        #expect(refunded.refund("70").state.stampsUncollected == 0)
        #expect(card.buy("10", earning: "11").refusal == .eligibleExceedsAmount)
    }

    @Test("a card begins with its welcome bonus, its term and its first tier")
    func welcome() {
        let rules = CardRules.spend().with {
            $0.welcome = Bonus(stamps: 12)
            $0.term = .days(30)
        }
        let card = Card(rules)
        #expect(card.state.balance == 2)
        #expect(card.state.rewardsAvailable == 1)
        #expect(card.state.expiresOn == LocalDay(daysSince1970: 30))
        #expect(card.records[0].events.count == 4)
    }

    @Test("entry rewards come once per card and tier, ever; a pin holds against the spend (D18)")
    func tiers() {
        let rules = CardRules.cashback.with { $0.tiers = .metals(entry: Bonus(stamps: 50, rewards: 1)) }
        let silver = Card(rules).buy("600")
        #expect(silver.state.tier.number == TierNumber(2))
        #expect(silver.state.rewardsAvailable == 1)
        let dropped = silver.refund("300")
        #expect(dropped.state.tier.number == TierNumber(1))
        let again = dropped.buy("300")
        #expect(again.state.tier.number == TierNumber(2))
        #expect(again.state.rewardsAvailable == 1)
        let pinned = dropped.put(into: 3, until: 20, entry: true, day: 5)
        #expect(pinned.state.rewardsAvailable == 2)
        #expect(pinned.refund("100").state.tier.number == TierNumber(3))
        #expect(pinned.install(day: 21).state.tier.number == TierNumber(1))
        #expect(pinned.unpin().state.tier.number == TierNumber(1))
        #expect(dropped.put(into: 3).state.rewardsAvailable == 1, "the switch was off")
        #expect(silver.put(into: 9).refusal == .unknownTier)
    }

    @Test("tiers that never drop stay, whatever is refunded")
    func neverDrop() {
        let rules = CardRules.cashback.with { $0.tiers = .metals(neverDrop: true) }
        #expect(Card(rules).buy("600").refund("600").state.tier.number == TierNumber(2))
    }
}
