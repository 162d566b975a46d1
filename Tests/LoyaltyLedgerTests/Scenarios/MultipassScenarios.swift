import LoyaltyLedger
import LoyaltyLedgerTesting
import Testing

/// Prepaid visits (3.2).
@Suite("Scenarios: multipass") struct MultipassScenarios {
    private let pass: Scenario
    init() throws { pass = try Scenario(.multipass).given(.load(12, for: "120.00").named("pass")) }

    @Test("redeeming a visit: 12 become 11, and 20 points")
    func redeeming() async throws {
        try await pass.when(.spend(1)).then(.visitsLeft(11), .bonusPoints(20), .visits(1), .ltv("120.00"))
    }

    @Test("buying visits is no visit, and counts in LTV (D20)")
    func loading() async throws { try await pass.when().then(.visitsLeft(12), .visits(0), .ltv("120.00"), .spend("0")) }

    @Test("a family redeems three at once: one visit to the shop")
    func family() async throws { try await pass.when(.spend(3)).then(.visitsLeft(9), .bonusPoints(60), .visits(1)) }

    @Test("a correction is no redemption: no points, no visit")
    func correction() async throws {
        try await pass.when(.removeStamps(1)).then(.visitsLeft(11), .bonusPoints(0), .visits(0), .spent(0), .removed(1))
        try await pass.when(.removeStamps(13)).then(.refused(.exceedsBalance(12)))
    }

    @Test("an undone redemption brings back the visit and takes its points")
    func undoing() async throws {
        let used = pass.given(.spend(1).named("visit"))
        try await used.when(.reverseSpending("visit")).then(.visitsLeft(12), .bonusPoints(0), .visits(0))
        try await used.given(.spend(20, from: .bonus)).when(.reverseSpending("visit"))
            .then(.refused(.shortfall(due: 20, balance: 0)), .visitsLeft(11))
    }

    @Test("bonus points are spent and put right in a purse of their own")
    func bonus() async throws {
        let used = pass.given(.spend(2))
        try await used.when(.spend(30, from: .bonus)).then(.bonusPoints(10), .visitsLeft(10), .visits(1))
        try await used.when(.spend(41, from: .bonus)).then(.refused(.exceedsBonus(40)))
        try await used.when(.adjustBonus(5)).then(.bonusPoints(45))
        try await used.when(.adjustBonus(-5)).then(.bonusPoints(35))
        try await used.when(.adjustBonus(-41)).then(.refused(.exceedsBonus(40)))
        try await used.when(.adjustBonus(0)).then(.refused(.quantityTooSmall))
    }

    @Test("a partly used pass goes back in part, and not beyond")
    func returning() async throws {
        let used = pass.given(.spend(8))
        try await used.when(.reverseLoad("pass", 4, for: "40.00")).then(.visitsLeft(0), .ltv("80.00"))
        try await used.when(.reverseLoad("pass")).then(.refused(.shortfall(due: 12, balance: 4)), .ltv("120.00"))
        try await pass.when(.reverseLoad("pass", 13))
            .then(.refused(.exceedsLoad(12, MinorUnits(12_000))))
        try await pass.given(.reverseLoad("pass")).when(.reverseLoad("pass")).then(.refused(.alreadyReversed))
        try await pass.when(.reverseLoad("other")).then(.refused(.transactionNotFound))
    }

    @Test("more than is left is refused, and a visit without a prepaid one is not on this card")
    func refusals() async throws {
        try await pass.when(.spend(13)).then(.refused(.exceedsBalance(12)))
        try await pass.when(.visit()).then(.refused(.notOnThisCard))
        try await pass.when(.load(0)).then(.refused(.quantityTooSmall))
        try await pass.when(.load(1, for: "-1.00")).then(.refused(.amountTooSmall))
        try await pass.when(.load(1, for: "1.00 EUR")).then(.refused(.currencyMismatch(expected: Currency("USD")!)))
    }

    @Test("unused visits lapse by an event, not by a hole")
    func lapsing() async throws {
        try await Scenario(CardRules.multipass.with { $0.life = .lots(days: 365) })
            .given(.load(12, for: "120.00").on(day: 1), .spend(2).on(day: 100))
            .when(.sweep.on(day: 367))
            .then(.visitsLeft(0), .lapsed(10), .ltv("120.00"), .happened("stampsLapsed"))
    }
}
