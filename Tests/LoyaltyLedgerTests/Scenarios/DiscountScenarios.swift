import LoyaltyLedger
import LoyaltyLedgerTesting
import Testing

/// Discount cards (3.4) and tiers by hand (R19, D18).
@Suite("Scenarios: discount") struct DiscountScenarios {
    @Test("5 %, 10 % from 500, 15 % from 1,000: by the tier before the purchase, of the amount before the discount")
    func tiers() async throws {
        let card = try Scenario(.discount)
        try await card.when(.purchase("500.00")).then(.lastShare(500), .tier("Silver"), .ltv("500.00"))
        try await card.given(.purchase("500.00")).when(.purchase("500.00")).then(.lastShare(1000), .tier("Gold"))
        try await card.given(.purchase("1000.00")).when(.purchase("1.00")).then(.lastShare(1500))
        try await card.when(.purchase("499.99")).then(.tier("Bronze"))
    }

    @Test("a refund lowers the tier with the net spend")
    func refund() async throws {
        try await Scenario(.discount).given(.purchase("1000.00")).when(.refund("0.01")).then(.tier("Silver"))
        try await Scenario(.discount).given(.purchase("1000.00")).when(.refund("1000.01"))
            .then(.refused(.exceedsOpenAmount(MinorUnits(100_000))), .tier("Gold"))
    }

    @Test("there is nothing to add, spend or redeem")
    func nothing() async throws {
        for step in [Step.addStamps(1), .spend(1), .load(1, for: "1"), .claim("coffee"), .adjustBonus(1)] {
            try await Scenario(.discount).given(.issue()).when(step).then(.refused(.notOnThisCard))
        }
    }

    @Test("a tier by hand is pinned: spend only raises it, until the day or the unpinning (D18)")
    func pins() async throws {
        let pinned = try Scenario(.discount).given(.issue(), .tier(2).note("a friend of the house"))
        try await pinned.when(.purchase("1.00")).then(.tier("Silver"), .pinned(true), .lastShare(1000))
        try await pinned.when(.purchase("1000.00")).then(.tier("Gold"), .pinned(true))
        try await pinned.given(.purchase("1000.00")).when(.refund("1000.00")).then(.tier("Gold"))
        try await pinned.when(.unpinTier).then(.tier("Bronze"), .pinned(false))
        let dated = try Scenario(.discount).given(.issue().on(day: 1), .tier(3, until: 5))
        try await dated.when(.purchase("1.00").on(day: 5)).then(.tier("Gold"), .lastShare(1500))
        try await dated.when(.purchase("1.00").on(day: 6)).then(.tier("Bronze"), .lastShare(500))
        try await dated.when(.sweep.on(day: 6)).then(
            .tier("Bronze"),
            .pinned(false),
            .happened("tierChanged", times: 3)
        )
    }

    private var withEntryRewards: CardRules {
        .discount.with {
            $0.tiers?.tiers[1].entry = Bonus(rewards: 1)
            $0.tiers?.tiers[2].entry = Bonus(rewards: 2)
        }
    }

    @Test("entry rewards come once per card and tier, ever (D18)")
    func entry() async throws {
        let card = try Scenario(withEntryRewards)
        try await card.when(.purchase("500.00")).then(.rewards(1))
        try await card.given(.purchase("500.00"), .refund("500.00")).when(.purchase("500.00")).then(.rewards(1))
        try await card.given(.issue()).when(.tier(3, grantingEntry: true)).then(.rewards(2))
        try await card.given(.issue()).when(.tier(3)).then(.rewards(0))
        try await card.given(.tier(3, grantingEntry: true), .tier(1)).when(.tier(3, grantingEntry: true))
            .then(.rewards(2))
    }

    @Test("new rules raise a card with its next purchase, never with a refund (I4)")
    func newTiers() async throws {
        let card = try Scenario(withEntryRewards.with { $0.tiers?.tiers[1].threshold = MinorUnits(90_000) })
            .given(.purchase("800.00"), .newRules(withEntryRewards))
        try await card.when(.refund("1.00")).then(.tier("Bronze"), .rewards(0))
        try await card.given(.refund("1.00")).when(.purchase("1.00")).then(.tier("Silver"), .rewards(1))
    }

    @Test("a fall to a tier that was skipped on the way up gives nothing: a refund moves no reward (S45, I4)")
    func falling() async throws {
        let card = try Scenario(withEntryRewards).given(.purchase("1000.00"))
        try await card.when(.refund("400.00")).then(.tier("Silver"), .rewards(2))
        try await card.given(.refund("600.00")).when(.purchase("200.00")).then(.tier("Silver"), .rewards(3))
        try await Scenario(withEntryRewards).given(.issue(), .purchase("500.00"), .tier(3, until: 5))
            .when(.sweep.on(day: 6)).then(.tier("Silver"), .rewards(1))
    }
}
