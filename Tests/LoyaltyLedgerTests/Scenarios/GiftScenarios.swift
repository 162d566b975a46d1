import LoyaltyLedger
import LoyaltyLedgerTesting
import Testing

/// Gift cards (3.5).
@Suite("Scenarios: gift") struct GiftScenarios {
    private let gift: Scenario
    init() throws { gift = try Scenario(.giftCard()).given(.load(5000, for: "50.00").named("sale")) }

    @Test("value is spent in portions; LTV counts the load only, and neither is a visit")
    func portions() async throws {
        try await gift.when(.spend(2000)).then(.value("30.00"), .ltv("50.00"), .visits(0))
        try await gift.given(.spend(2000)).when(.spend(3000)).then(.value("0"), .spent(5000))
        try await gift.given(.spend(2000)).when(.spend(3001)).then(.refused(.exceedsBalance(3000)), .value("30.00"))
        try await gift.when(.load(1000, for: "10.00")).then(.value("60.00"), .ltv("60.00"))
    }

    @Test("what the card pays for is no second purchase")
    func noPurchase() async throws {
        try await gift.when(.purchase("20.00")).then(.refused(.notOnThisCard), .ltv("50.00"))
        try await gift.when(.visit("20.00")).then(.refused(.notOnThisCard))
        try await gift.when(.refund("1.00")).then(.refused(.spendCardsOnly))
    }

    @Test("a load goes back whole or in part, and not once it is spent")
    func reversal() async throws {
        try await gift.when(.reverseLoad("sale")).then(.value("0"), .ltv("0"))
        try await gift.when(.reverseLoad("sale", 2000, for: "20.00")).then(.value("30.00"), .ltv("30.00"))
        try await gift.given(.spend(1)).when(.reverseLoad("sale"))
            .then(.refused(.shortfall(due: 5000, balance: 4999)), .ltv("50.00"))
    }

    @Test("a spending that was a mistake comes back")
    func undone() async throws {
        try await gift.given(.spend(2000).named("spent")).when(.reverseSpending("spent")).then(.value("50.00"))
    }

    @Test("value by hand is refused beyond what is there")
    func byHand() async throws {
        try await gift.when(.adjust(500)).then(.value("55.00"), .ltv("50.00"))
        try await gift.when(.adjust(-5001)).then(.refused(.exceedsBalance(5000)))
        try await gift.when(.adjust(0)).then(.refused(.quantityTooSmall))
    }

    @Test("a till that was offline spent what was gone: recorded as a conflict, since the goods are gone (D23)")
    func offline() async throws {
        try await gift.when(
            .offline(.spend(4000).at(14), device: "a"),
            .offline(.spend(4000).at(13), device: "b")
        )
        .then(.value("0"), .spent(5000), .overspent(3000))
    }

    @Test("expiry is optional; an expired gift card is spent by policy")
    func expiry() async throws {
        try await gift.given(.expiry(day: 3)).when(.spend(100).on(day: 4)).then(.value("49.00"))
        try await gift.given(.expiry(day: 3)).when(.load(100).on(day: 4)).then(.refused(.cardExpired(on: .scenario(3))))
    }
}
