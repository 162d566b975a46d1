import LoyaltyLedger
import LoyaltyLedgerTesting
import Testing

/// Reward cards: points for a catalogue (3.7, D26).
@Suite("Scenarios: reward") struct RewardScenarios {
    private let card: Scenario
    init() throws { card = try Scenario(.points).given(.purchase("50.00"), .purchase("25.00")) }

    @Test("$50 are 1,000 points, $25 are 500: 1,500, of which 500 buy a coffee and 1,000 are left")
    func vector() async throws {
        try await card.when(.claim("coffee")).then(.points(1000), .claims(1), .rewards(1), .spent(500), .ltv("75.00"))
    }

    @Test("a claim waits, is handed out once, or taken back with or without its points (D26)")
    func claims() async throws {
        let claimed = card.given(.claim("coffee").named("c"))
        try await claimed.when(.use("c")).then(.claims(0), .rewards(0), .redeemed(1), .points(1000))
        try await claimed.given(.use("c")).when(.use("c")).then(.refused(.claimNotOutstanding))
        try await claimed.given(.use("c")).when(.removeClaim("c")).then(.refused(.claimNotOutstanding))
        try await claimed.when(.removeClaim("c")).then(.claims(0), .points(1000), .corrected(1))
        try await claimed.when(.removeClaim("c", returningPoints: true)).then(.claims(0), .points(1500))
        try await claimed.when(.use("other")).then(.refused(.transactionNotFound))
    }

    @Test("too dear, unknown, or claimed as often as one may (S48)")
    func refusals() async throws {
        try await card.given(.claim("coffee")).when(.claim("mug")).then(.refused(.exceedsBalance(1000)))
        try await card.when(.claim("cake")).then(.refused(.unknownReward))
        try await card.given(.claim("mug"), .purchase("75.00")).when(.claim("mug")).then(
            .refused(.usageLimitReached(1))
        )
        try await card.given(.claim("mug").named("m"), .removeClaim("m", returningPoints: true)).when(.claim("mug"))
            .then(.claims(1), .points(0))
        try await card.given(.claim("coffee")).when(.redeem()).then(.refused(.exceedsAvailable(0)), .claims(1))
    }

    @Test("a refund takes points by policy, never a claimed reward (I4, S45)")
    func refund() async throws {
        try await card.given(.claim("coffee")).when(.refund("75.00"))
            .then(.points(0), .uncollected(500), .claims(1), .rewards(1))
    }

    @Test("the claim keeps the cost it had, whatever the catalogue says later (R16)")
    func costs() async throws {
        let dearer = CardRules.rewardCard(
            mechanic: .spend(SpendRule(stamps: 200, per: MinorUnits(1000))),
            catalogue: [RewardItem(CardRules.label("coffee"), cost: 900)]
        )
        try await card.given(.claim("coffee").named("c"), .newRules(dearer))
            .when(.removeClaim("c", returningPoints: true)).then(.points(1500))
        try await card.given(.newRules(dearer)).when(.claim("coffee")).then(.points(600))
    }

    @Test("points by hand, independent of any amount")
    func byHand() async throws {
        try await card.when(.addStamps(7)).then(.points(1507), .ltv("75.00"), .visits(2))
        try await card.when(.removeStamps(1501)).then(.refused(.exceedsBalance(1500)))
        try await card.when(.spend(1)).then(.refused(.notOnThisCard))
    }

    @Test("which reward was handed out last: the one that was claimed, whatever the catalogue calls it later (S14)")
    func lastRedeemed() async throws {
        let claimed = card.given(.purchase("25.00"), .claim("coffee").named("c"), .claim("mug").named("m"))
        try await claimed.when().then(.lastRedeemed(nil))
        let used = claimed.given(.use("m"))
        try await used.when().then(.lastRedeemed(claim: "m"))
        let renamed = CardRules.rewardCard(
            mechanic: .spend(SpendRule(stamps: 200, per: MinorUnits(1000))),
            catalogue: [RewardItem(CardRules.label("beaker"), cost: 1000)]
        )
        try await used.when(.newRules(renamed)).then(.lastRedeemed(claim: "m"))
        try await used.when(.use("c")).then(.lastRedeemed(claim: "c"))
        try await used.given(.grant(1)).when(.redeem()).then(.lastRedeemed(.plain))
        try await used.given(.purchase("1.00").card("other")).when(.merge(into: "other"))
            .then(.lastRedeemed(claim: "m").card("other"), .lastRedeemed(nil))
    }

    @Test("two devices handed out one claimed reward: the second is a conflict (D23)")
    func offline() async throws {
        try await card.given(.claim("coffee").named("c"))
            .when(.offline(.use("c").at(14), device: "a"), .offline(.use("c").at(13), device: "b"))
            .then(.claims(0), .redeemed(1), .overRedeemed(1))
    }

    @Test("as many points as a visit card gives, and a welcome tier at nothing")
    func mechanics() async throws {
        let catalogue = [RewardItem(CardRules.label("coffee"), cost: 50)]
        try await Scenario(.rewardCard(mechanic: .visit(stamps: 25), catalogue: catalogue))
            .given(.visit()).when(.visit("9.00")).then(.points(50), .visits(2), .ltv("9.00"), .toNextReward(0))
        let welcome = CardRules.rewardCard(mechanic: .manual, catalogue: catalogue).with {
            $0.welcome = Bonus(stamps: 20, rewards: 1)
        }
        try await Scenario(welcome).when(.issue()).then(.points(20), .rewards(1), .toNextReward(30))
    }
}
