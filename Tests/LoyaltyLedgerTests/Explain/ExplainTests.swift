// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction.
import LoyaltyLedger
import Testing

/// The arithmetic of a balance in words (DESIGN.md 7.7); that every line adds up is looked at after every scenario and random shop.
@Suite("Explain") struct ExplainTests {
    private func shop(_ rules: CardRules) async throws -> Shop {
        try await Shop(rules, clock: .manual)
    }

    private func act(_ shop: Shop, _ action: CardAction, _ hours: Int64, _ context: CommandContext = .init())
        async throws
    {
        let time = Shop.noon.advanced(byMilliseconds: hours * 3_600_000)
        try await shop.run(action, at: time, context: context, recordedAt: time)
    }

    private func explain(_ shop: Shop, hours: Int64? = nil, known: Int64? = nil) async throws -> Explanation {
        let instant = { (hours: Int64) in Shop.noon.advanced(byMilliseconds: hours * 3_600_000) }
        let point = PointInTime(
            occurred: hours.map { .instant(instant($0)) },
            known: known.map { .instant(instant($0)) }
        )
        let found = try await shop.ledger.explain(shop.card(), asOf: point)
        let explanation = try #require(found)
        #expect(explanation.isConsistent, "\(explanation.discrepancies)")
        return explanation
    }

    private func steps(_ explanation: Explanation) -> [String] { explanation.lines.flatMap(\.reasoning.steps) }

    @Test("27.50 at 1 stamp per 10.00, 7.50 left over: 2 stamps")
    func perTransaction() async throws {
        let shop = try await shop(Shop.coffee)
        try await act(shop, .purchase(shop.money("27.50")), 0)
        let explanation = try await explain(shop)
        #expect(steps(explanation).contains("27.50 at 1 stamp per 10.00, 7.50 left over: 2 stamps"))
        #expect(explanation.lines.last?.reasoning.ruleVersion == RuleVersion(1))
        #expect(explanation.sum == 2)
    }

    @Test("what waits of earlier purchases is counted in (D4)")
    func cumulative() async throws {
        let rule = SpendRule(stamps: 1, per: MinorUnits(1000), remainder: .cumulative)
        let shop = try await shop(.stampCard(mechanic: .spend(rule), stampsPerReward: 10))
        try await act(shop, .purchase(shop.money("15")), 0)
        try await act(shop, .purchase(shop.money("15")), 1)
        let told = steps(try await explain(shop))
        #expect(told.contains("15.00 at 1 stamp per 10.00: 1 stamp, 5.00 waits for the next purchase"))
        #expect(told.contains("15.00 and 5.00 waiting make 20.00 at 1 stamp per 10.00: 2 stamps"))
    }

    @Test("points by the share of the tier before, rounded down (D20, R19)")
    func percent() async throws {
        let tiers = TierTable([
            Tier(Label("Bronze")!, share: BasisPoints(100)),
            Tier(Label("Silver")!, threshold: MinorUnits(10_000), share: BasisPoints(250)),
        ])
        let rule = PercentRule(share: BasisPoints(0), pointValue: MinorUnits(1))
        let shop = try await shop(.cashbackCard(rule, tiers: tiers))
        try await act(shop, .purchase(shop.money("120")), 0)
        try await act(shop, .purchase(shop.money("33.33")), 1)
        let told = steps(try await explain(shop))
        #expect(told.contains("120.00 at 1%, a point for 0.01: 120 points"))
        #expect(told.contains("a net spend of 120.00; Silver begins at 100.00"))
        #expect(told.contains("33.33 at 2.5%, a point for 0.01, rounded down: 83 points"))
    }

    @Test("a happy hour, a cap of the day and a refund say what they did")
    func guards() async throws {
        var rules = Shop.coffee
        rules.happyHours = [HappyHour(weekdays: 127, from: 0, to: 1440, extra: Extra(percent: 100, stamps: 1))]
        rules.guards.dailyCap = 4
        let shop = try await shop(rules)
        try await act(shop, .purchase(shop.money("25")), 0)
        try await act(shop, .refund(shop.money("6")), 1)
        let told = steps(try await explain(shop))
        #expect(told.contains("happy hour, 100% more and 1 stamp more of what it earns alone: 3 stamps"))
        #expect(told.contains("the cap of 4 stamps a day, of which the day had 0: 1 stamp withheld, 4 stamps given"))
        #expect(told.contains("25.00 less 6.00 is 19.00; at 1 stamp per 10.00 from 2 stamps to 1 stamp: 1 stamp back"))
        #expect(told.contains("1 stamp of these had been withheld and are not asked back"))
    }

    @Test("stamps that became a reward, stamps owed, and stamps that lapsed")
    func conversions() async throws {
        var rules = Shop.coffee
        rules.uncollected = .carryAsDebt
        rules.life = .sliding(days: 10)
        let shop = try await shop(rules)
        try await act(shop, .purchase(shop.money("110")), 0)
        try await act(shop, .refund(shop.money("110")), 1)
        try await act(shop, .purchase(shop.money("120")), 2)
        try await act(shop, .purchase(shop.money("10")), 24 * 40)
        let told = steps(try await explain(shop))
        #expect(told.contains("11 stamps at 10 stamps a reward: 1 reward, 1 stay"))
        #expect(told.contains("11 stamps due back, 1 stamp there: 1 taken, 10 carried as debt"))
        #expect(told.contains("12 stamps came in, 10 stamps owed: 10 stamps paid"))
        #expect(told.contains { $0.hasPrefix("the last was earned on") && $0.contains("all stay 10 days after it") })
    }

    @Test("prepaid visits, stored value, a catalogue: in the units of the program")
    func units() async throws {
        let pass = try await shop(.multipassCard(bonusPerVisit: 20))
        try await act(pass, .load(10, purchase: pass.money("50")), 0)
        try await act(pass, .spend(2, from: .main, purchase: pass.money("0")), 1)
        #expect(steps(try await explain(pass)).contains("2 visits at 20 bonus points each: 40 bonus points"))
        let gift = try await shop(.giftCard())
        try await act(gift, .load(5000, purchase: gift.money("50")), 0)
        try await act(gift, .spend(1250, from: .main, purchase: gift.money("0")), 1)
        let lines = try await explain(gift).lines
        #expect(lines.map(\.reasoning.title) == ["Card issued", "50.00 loaded", "12.50 spent"])
        let items = [RewardItem(Label("cake")!, cost: 3)]
        let reward = try await shop(.rewardCard(mechanic: .visit(stamps: 2), catalogue: items))
        try await act(reward, .visit(), 0)
        try await act(reward, .visit(), 1)
        try await act(reward, .claimReward(Label("cake")!, purchase: reward.money("0")), 2)
        let told = try await explain(reward)
        #expect(steps(told).contains("1 visit at 2 points a visit: 2 points"))
        #expect(told.lines.last?.reasoning.title == "cake claimed for 3 points")
    }

    @Test("a refused attempt changes nothing, and says why and what to do instead")
    func refusals() async throws {
        let shop = try await shop(Shop.coffee)
        try await act(shop, .purchase(shop.money("20")), 0)
        try await act(shop, .removeStamps(5), 1)
        let line = try #require(try await explain(shop).lines.last)
        #expect(line.reasoning.title == "Refused: removing 5 stamps by hand")
        #expect(line.reasoning.refusal?.reason == "the balance is 2 stamps; no more can be removed")
        #expect(line.reasoning.refusal?.nextStep.isEmpty == false)
        #expect(line.change.stamps == 0)
    }

    @Test("as of an instant, and as known at another, only what counts then has a line (D5)")
    func clocks() async throws {
        let shop = try await shop(Shop.coffee)
        try await act(shop, .purchase(shop.money("20")), 0)
        let late = Shop.noon.advanced(byMilliseconds: 3_600_000)
        let learnt = Shop.noon.advanced(byMilliseconds: 9 * 3_600_000)
        try await shop.run(.purchase(shop.money("30")), at: late, recordedAt: learnt)
        #expect(try await explain(shop, hours: 2).sum == 5)
        #expect(try await explain(shop, hours: 2, known: 8).sum == 2)
        #expect(try await explain(shop, hours: 2, known: 8).leftOut == 1)
        #expect(try await explain(shop, hours: -1).lines.isEmpty)
    }
}
