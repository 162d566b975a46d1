import LoyaltyDomain
import Projections
import Testing

@Suite struct CardMetricsTests {
    private func label(_ text: String) throws -> Label { try #require(Label(text)) }

    private func metrics(_ shop: RecordedShop, _ card: String = "c", on today: LocalDay) throws -> CardMetrics {
        CardMetrics(try #require(shop.state(of: card)), under: shop.rules, on: today)
    }

    /// The vendor's example: Bronze 5 %, Silver 10 % at $500, Gold 15 % at $1,000.
    @Test func tellsDiscountAndProgress() throws {
        let tiers = TierTable([
            Tier(try label("Bronze"), share: BasisPoints(500)),
            Tier(try label("Silver"), threshold: MinorUnits(50_000), share: BasisPoints(1000)),
            Tier(try label("Gold"), threshold: MinorUnits(100_000), share: BasisPoints(1500)),
        ])
        var shop = try RecordedShop(.discountCard(tiers: tiers))
        try shop.run(.purchase(cents(30_000)), on: "c", day(1))
        let bronze = try metrics(shop, on: day(1))
        #expect(bronze.share == BasisPoints(500) && bronze.amountToNextTier == MinorUnits(20_000))
        try shop.run(.purchase(cents(80_000)), on: "c", day(2))
        let gold = try metrics(shop, on: day(2))
        #expect(gold.share == BasisPoints(1500) && gold.amountToNextTier == nil && gold.tier?.name.text == "Gold")
    }

    @Test func tellsTheBestRewardThatABalanceBuys() throws {
        let items = [
            RewardItem(try label("Coffee"), cost: 500), RewardItem(try label("Lunch"), cost: 1000),
            RewardItem(try label("Dinner"), cost: 2000, usageLimit: 1),
        ]
        var shop = try RecordedShop(.rewardCard(mechanic: .manual, catalogue: items))
        try shop.run(.addStamps(400), on: "c", day(1))
        #expect(try metrics(shop, on: day(1)).bestAffordable == nil)
        try shop.run(.addStamps(1100), on: "c", day(1))
        #expect(try metrics(shop, on: day(1)).bestAffordable == items[1])
    }

    /// S47: 1,500 points, a reward of 500, 1,000 left; S48: what is dearer than the balance cannot be chosen.
    @Test func quotesWhatWouldRemain() throws {
        let items = [
            RewardItem(try label("Coffee"), cost: 500, usageLimit: 1), RewardItem(try label("Tea"), cost: 1600),
        ]
        var shop = try RecordedShop(.rewardCard(mechanic: .manual, catalogue: items))
        try shop.run(.addStamps(1500), on: "c", day(1))
        let before = RewardQuote(try #require(shop.state(of: "c")), under: shop.rules, claims: shop.claims(of: "c"))
        #expect(before.balance == 1500 && before.lines.map(\.remaining) == [1000, nil])
        #expect(before.lines.map(\.missing) == [0, 100] && before.lines.map(\.isAvailable) == [true, false])
        try shop.run(.claimReward(items[0].name, purchase: cents(0)), on: "c", day(2))
        let after = RewardQuote(try #require(shop.state(of: "c")), under: shop.rules, claims: shop.claims(of: "c"))
        #expect(after.balance == 1000 && after.lines.map(\.remaining) == [500, nil])
        #expect(after.lines.map(\.usesLeft) == [0, nil] && !after.lines[0].isAvailable)
    }

    @Test func tellsWhatPointsAreWorth() throws {
        #expect(CardRules.giftCard().value(of: 2500) == MinorUnits(2500))
        let rule = PercentRule(share: BasisPoints(300), pointValue: MinorUnits(10))
        #expect(CardRules(.cashback, mechanic: .percent(rule)).value(of: 7) == MinorUnits(70))
        #expect(CardRules.stampCard(mechanic: .manual, stampsPerReward: 10).value(of: 7) == nil)
    }

    @Test func sumsAProgramUp() throws {
        var shop = try RecordedShop(.stampCard(mechanic: .manual, stampsPerReward: 10))
        for card in ["a", "b", "c", "d"] { try shop.run(.addStamps(12), on: card, day(1)) }
        try shop.run(.install(.iOS), on: "b", day(2))
        try shop.run(.setExpiry(day(2)), on: "c", day(2))
        try shop.run(.delete, on: "d", day(2))
        try shop.run(.visit(cents(400)), on: "a", day(2))
        var totals = ProgramTotals()
        let (first, second) = (try #require(CustomerID("k1")), try #require(CustomerID("k2")))
        for (state, customer) in zip(shop.states, [first, first, second, second]) {
            totals.add(state, of: customer, on: day(3))
        }
        #expect(totals.customers == 2 && totals.cards == 4)
        #expect([totals.notInstalled, totals.installed, totals.expired, totals.deleted] == [1, 1, 1, 1])
        #expect(totals.transactions == 1 && totals.lifetimeValue == MinorUnits(400))
        #expect(totals.balance == 8 && totals.rewardsAvailable == 4)
    }
}
