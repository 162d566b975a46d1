import LoyaltyLedger
import LoyaltyLedgerTesting
import Testing

/// Cashback cards (3.1, D20).
@Suite("Scenarios: cashback") struct CashbackScenarios {
    @Test("1 % of the first purchases, rounded down")
    func firstTier() async throws {
        try await Scenario(.cashback)
            .given(.purchase("20.00"), .purchase("0.99"))
            .when(.purchase("100.00"))
            .then(.points(120), .ltv("120.99"), .visits(3), .tier("Bronze"), .lastShare(100))
    }

    @Test("the purchase that crosses a threshold earns by the tier before it; the next one by the new tier")
    func crossing() async throws {
        try await Scenario(.cashback).when(.purchase("600.00")).then(.points(600), .tier("Silver"), .lastShare(100))
        try await Scenario(.cashback).given(.purchase("600.00")).when(.purchase("100.00"))
            .then(.points(900), .lastShare(300))
        try await Scenario(.cashback).given(.purchase("600.00"), .purchase("400.00")).when(.purchase("100.00"))
            .then(.points(600 + 1200 + 500), .tier("Gold"), .lastShare(500))
    }

    @Test("a refund takes back the points of that purchase's percent, and rates no other purchase again")
    func refund() async throws {
        try await Scenario(.cashback)
            .given(.purchase("600.00").named("first"), .purchase("100.00").named("second"))
            .when(.refund("600.00", of: "first"))
            .then(.points(300), .tier("Bronze"), .spend("100.00"), .visits(1))
        try await Scenario(.cashback)
            .given(.purchase("600.00").named("first"), .purchase("100.00").named("second"))
            .when(.refund("100.00", of: "second"))
            .then(.points(600), .tier("Silver"))
        try await Scenario(.cashback)
            .given(.purchase("1.50").named("first"))
            .when(.refund("0.60", of: "first"))
            .then(.points(0), .removed(1))
    }

    @Test("tiers that never drop stay after the refund")
    func neverDrop() async throws {
        try await Scenario(.cashback(neverDrop: true)).given(.purchase("600.00")).when(.refund("600.00"))
            .then(.points(0), .tier("Silver"), .ltv("0"))
    }

    @Test("points are spent like money and come back when the spending is undone")
    func spending() async throws {
        let shop = try Scenario(.cashback).given(.purchase("600.00"))
        try await shop.when(.spend(250)).then(.points(350), .spent(250), .ltv("600.00"), .visits(1))
        try await shop.when(.spend(601)).then(.refused(.exceedsBalance(600)), .points(600))
        try await shop.when(.spend(0)).then(.refused(.quantityTooSmall))
        try await shop.given(.spend(250).named("spent")).when(.reverseSpending("spent")).then(.points(600))
        try await shop.given(.spend(250).named("spent"), .reverseSpending("spent")).when(.reverseSpending("spent"))
            .then(.refused(.alreadyReversed))
        try await shop.when(.reverseSpending("nothing")).then(.refused(.transactionNotFound))
        try await shop.when(.spend(1, from: .bonus)).then(.refused(.notOnThisCard))
    }

    @Test("points by hand are no purchase and no visit; paid ones count in LTV (D20)")
    func byHand() async throws {
        try await Scenario(.cashback).when(.addStamps(50)).then(.points(50), .visits(0), .ltv("0"))
        try await Scenario(.cashback).when(.load(50, for: "5.00")).then(
            .points(50),
            .visits(0),
            .ltv("5.00"),
            .spend("0")
        )
        try await Scenario(.cashback).given(.addStamps(50)).when(.removeStamps(51))
            .then(.refused(.exceedsBalance(50)), .points(50))
        try await Scenario(.cashback).given(.addStamps(50)).when(.adjust(-24)).then(.points(26), .removed(24))
    }

    @Test("points with a life of their own lapse, the very lots come back by an undone spending (D12)")
    func lots() async throws {
        let rules = CardRules.cashback.with { $0.life = .lots(days: 30) }
        try await Scenario(rules)
            .given(
                .purchase("100.00").on(day: 1),
                .purchase("100.00").on(day: 11),
                .spend(150).named("spent"),
                .reverseSpending("spent")
            )
            .when(.sweep.on(day: 32))
            .then(.points(100), .lapsed(100))
    }

    @Test("what a cashback card has not: rewards of a catalogue, milestones, coupons, memberships")
    func notOnThisCard() async throws {
        let others: [Step] = [
            .claim("coffee"), .redeem(milestone: 3), .redeemCoupon(), .membership(1, .week), .adjustBonus(1),
            .renew(throughDay: 9), .cancelMembership,
        ]
        for step in others {
            try await Scenario(.cashback).given(.issue()).when(step).then(.refused(.notOnThisCard))
        }
        try await Scenario(.cashback).given(.issue()).when(.redeem()).then(.refused(.exceedsAvailable(0)))
        try await Scenario(.cashback).given(.issue()).when(.tier(4)).then(.refused(.unknownTier))
    }
}
