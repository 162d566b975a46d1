import LoyaltyLedger
import LoyaltyLedgerTesting
import Testing

/// Guards, happy hours, recommendations, offline devices, notes (D7, D22, D23, D25, R18).
@Suite("Scenarios: guards and bonuses") struct GuardScenarios {
    private func guarded(_ guards: Guards) throws -> Scenario {
        try Scenario(CardRules.coffee.with { $0.guards = guards })
    }

    @Test("buy 50 under a cap of 2: 2 awarded, 3 withheld; refund 20: none due; refund 20: one (D7)")
    func cap() async throws {
        let shop = try guarded(Guards(dailyCap: 2)).given(.purchase("50.00"))
        try await shop.when().then(.stamps(2), .withheld(3), .ltv("50.00"), .visits(1))
        try await shop.when(.refund("20.00")).then(.stamps(2), .removed(0))
        try await shop.given(.refund("20.00")).when(.refund("20.00")).then(.stamps(1), .removed(1))
        try await shop.when(.purchase("10.00").on(day: 2)).then(.stamps(3))
    }

    @Test("New York, cap 1: the local day counts, across the end of summer time (D22)")
    func localDays() async throws {
        let shop = try Scenario(CardRules.coffee.with { $0.guards = Guards(dailyCap: 1) }, zone: "America/New_York")
        let first = Timestamp(milliseconds: 1_793_511_000_000)
        let lateThatDay = Timestamp(milliseconds: 1_793_595_599_000)
        try await shop.given(.purchase("10.00").at(first)).when(.purchase("10.00").at(lateThatDay))
            .then(.stamps(1), .withheld(1))
        try await shop.given(.purchase("10.00").at(first))
            .when(.purchase("10.00").at(lateThatDay.advanced(byMilliseconds: 1000))).then(.stamps(2), .withheld(0))
    }

    @Test("a cool-down withholds the stamp, never the sale")
    func coolDown() async throws {
        let shop = try guarded(Guards(coolDown: 600)).given(.purchase("10.00").at(12))
        try await shop.when(.purchase("10.00").at(12, 9)).then(
            .stamps(1),
            .withheld(1, by: .coolDown),
            .ltv("20.00"),
            .visits(2)
        )
        try await shop.when(.purchase("10.00").at(12, 10)).then(.stamps(2), .withheld(0))
        try await shop.when(.purchase("10.00").at(11, 55)).then(.stamps(1), .withheld(1, by: .coolDown))
    }

    @Test("a member of staff gives no more than the cap of the day, over all cards")
    func staffCap() async throws {
        let shop = try guarded(Guards(dailyStaffCap: 3)).given(.purchase("20.00").card("a").by("anna"))
        try await shop.when(.purchase("20.00").card("b").by("anna"))
            .then(.stamps(1).card("b"), .withheld(1, by: .staffCap).card("b"))
        try await shop.when(.purchase("20.00").card("b").by("ben")).then(.stamps(2).card("b"))
        try await shop.when(.purchase("20.00").card("b").by("anna").on(day: 2)).then(.stamps(2).card("b"))
    }

    @Test("a till receipt counts once, whichever card it is shown with")
    func receipts() async throws {
        let shop = try guarded(Guards(singleUseReferences: true)).given(.purchase("10.00").card("a").receipt("R1"))
        try await shop.when(.purchase("10.00").card("b").receipt("R1"))
            .then(.stamps(0).card("b"), .withheld(1, by: .reference).card("b"), .ltv("10.00").card("b"))
        try await shop.when(.purchase("10.00").card("b").receipt("R2")).then(.stamps(1).card("b"))
        try await shop.when(.purchase("10.00").card("b")).then(.stamps(1).card("b"))
    }

    @Test("a happy hour doubles what a purchase earns alone; a refund takes its bonus back (D4)")
    func happyHour() async throws {
        let rules = CardRules.coffee.with {
            $0.happyHours = [HappyHour(weekdays: 1, from: 15 * 60, to: 17 * 60, extra: Extra(percent: 100, stamps: 1))]
        }
        let monday = try Scenario(rules).given(.purchase("25.00").on(day: 1).at(15))
        try await monday.when().then(.stamps(5))
        try await monday.when(.refund("10.00")).then(.stamps(3))
        try await monday.when(.refund("25.00")).then(.stamps(0))
        try await Scenario(rules).when(.purchase("25.00").on(day: 1).at(17)).then(.stamps(2))
        try await Scenario(rules).when(.purchase("25.00").on(day: 2).at(15)).then(.stamps(2))
    }

    private func referral(_ moment: ReferralRule.Moment, _ uncollected: UncollectedPolicy = .forgive) throws -> Scenario
    {
        let rules = CardRules.tenStamps(uncollected).with {
            $0.referral = ReferralRule(moment: moment, referrer: 3, newcomer: 2)
        }
        return try Scenario(rules).given(.purchase("10.00").card("kim"), .refer(by: "kim").card("lee"))
    }

    @Test("a recommendation is paid once, when the installed newcomer first buys (D25, S17)")
    func referrals() async throws {
        let brought = try referral(.firstVisit).given(.install().card("lee"))
        try await brought.when().then(.stamps(0).card("lee"), .stamps(1).card("kim"))
        try await brought.given(.purchase("10.00").card("lee")).when(.purchase("10.00").card("lee"))
            .then(
                .stamps(4).card("lee"),
                .stamps(4).card("kim"),
                .newcomers(1).card("kim"),
                .referralStamps(3).card("kim")
            )
        try await referral(.installation).when(.install().card("lee")).then(
            .stamps(2).card("lee"),
            .stamps(4).card("kim")
        )
        try await referral(.firstVisit).given(.purchase("10.00").card("lee")).when(.install().card("lee"))
            .then(.stamps(3).card("lee"), .stamps(4).card("kim"))
    }

    @Test(
        "a late installation pays a recommendation whose stamps would have kept others from lapsing, on both cards (D11, D25)"
    )
    func lateReferral() async throws {
        let rules = CardRules.coffee.with {
            $0.referral = ReferralRule(moment: .installation, referrer: 3, newcomer: 2)
            $0.life = .sliding(days: 10)
        }
        let lapsed = try Scenario(rules).given(
            .purchase("10.00").card("kim").on(day: 1),
            .refer(by: "kim").card("lee").on(day: 1),
            .purchase("50.00").card("lee").on(day: 1),
            .sweep.on(day: 20)
        )
        try await lapsed.when().then(.lapsed(1).card("kim"), .lapsed(5).card("lee"))
        try await lapsed.when(.install().card("lee").on(day: 5)).then(
            .restored(5).card("lee"),
            .stamps(7).card("lee"),
            .restored(1).card("kim"),
            .stamps(4).card("kim")
        )
        try await lapsed.when(.install().card("lee").on(day: 19)).then(.restored(0).card("lee"), .stamps(2).card("lee"))
    }

    @Test("a tier set late brings its bonus, and the stamps back that it would have kept (D11, D18)")
    func lateTier() async throws {
        let rules = CardRules.rewardCard(
            mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000))),
            catalogue: [RewardItem(CardRules.label("mug"), cost: 500)]
        )
        .with {
            $0.life = .sliding(days: 10)
            $0.tiers = TierTable([Tier(CardRules.label("Gold"), threshold: MinorUnits(99_000), entry: Bonus(stamps: 4))]
            )
        }
        try await Scenario(rules).given(.purchase("50.00").on(day: 1), .sweep.on(day: 20))
            .when(.tier(1, grantingEntry: true).on(day: 5)).then(.restored(5), .points(9), .tier("Gold"))
    }

    @Test("the newcomer's first purchase reversed in full collects it back from both (D25)")
    func collecting() async throws {
        let paid = try referral(.firstVisit).given(.install().card("lee"), .purchase("10.00").card("lee"))
        try await paid.when(.refund("10.00").card("lee"))
            .then(.stamps(0).card("lee"), .stamps(1).card("kim"), .newcomers(0).card("kim"))
        try await paid.when(.refund("9.00").card("lee")).then(.stamps(2).card("lee"), .stamps(4).card("kim"))
        try await paid.given(.removeStamps(3).card("kim")).when(.refund("10.00").card("lee"))
            .then(.stamps(0).card("kim"), .uncollected(2).card("kim"))
    }

    @Test("only someone new is brought, once, by a card that is there (D25)")
    func newcomers() async throws {
        let shop = try referral(.firstVisit)
        try await shop.when(.refer(by: "kim").card("lee")).then(.refused(.notANewcomer))
        try await shop.when(.refer(by: "kim").card("second").customer("lee")).then(.refused(.notANewcomer))
        try await shop.given(.purchase("1.00").card("max")).when(.refer(by: "kim").card("max"))
            .then(.refused(.notANewcomer))
        try await shop.when(.refer(by: "nobody").card("max")).then(.refused(.unknownOtherCard))
        try await shop.given(.issue().card("max")).when(.refer(by: "max").card("max")).then(.refused(.otherCardUnfit))
        try await Scenario(.coffee).given(.issue().card("kim")).when(.refer(by: "kim").card("lee"))
            .then(.refused(.notOnThisCard))
    }

    @Test("two offline devices redeemed one reward: the second is a conflict, nothing is lost (D23)")
    func offline() async throws {
        let shop = try Scenario(.coffee).given(.purchase("100.00").on(day: 1))
        try await shop.when(
            .offline(.redeem().on(day: 2).at(14), .purchase("10.00").at(15), device: "a"),
            .offline(.redeem().on(day: 2).at(13), device: "b")
        )
        .then(
            .rewards(0),
            .redeemed(1),
            .overRedeemed(1),
            .stamps(1),
            .ltv("110.00"),
            .happened("redemptionConflicted")
        )
        try await shop.when(
            .offline(.purchase("20.00").on(day: 3), .redeem().on(day: 2), .purchase("30.00").on(day: 1))
        )
        .then(.rewards(0), .redeemed(1), .stamps(5))
    }

    @Test("notes are for staff, comments for the customer; both are kept (R18, S53, S54)")
    func notes() async throws {
        let outcome = try await Scenario(.coffee).given(.purchase("10.00"))
            .when(.addStamps(1).comment("With our apologies").note("the barista forgot").by("anna"))
            .then(.stamps(2))
        let entry = try #require(outcome.histories.values.first?.last)
        #expect(entry.texts.customerComment == "With our apologies")
        #expect(entry.texts.internalNote == "the barista forgot")
        #expect(entry.attribution.staff?.text == "anna")
    }
}
