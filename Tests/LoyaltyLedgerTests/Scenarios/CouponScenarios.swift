import LoyaltyLedger
import LoyaltyLedgerTesting
import Testing

/// Coupons (3.3, D21).
@Suite("Scenarios: coupon") struct CouponScenarios {
    private func converting() throws -> Scenario {
        let program = try #require(ProgramID("coffee"))
        return try Scenario(programs: [
            ("welcome", .couponCard(conversion: Conversion(to: program))), ("coffee", .coffee),
        ])
        .given(.issue(to: "kim").card("coupon"))
    }

    @Test("a coupon is used once; a limited one as often as it says")
    func uses() async throws {
        try await Scenario(.couponCard()).given(.issue()).when(.redeemCoupon()).then(.rewards(0), .redeemed(1))
        try await Scenario(.couponCard()).given(.redeemCoupon()).when(.redeemCoupon())
            .then(.refused(.exceedsAvailable(0)))
        try await Scenario(.couponCard(uses: 2)).given(.redeemCoupon()).when(.redeemCoupon()).then(.rewards(0))
        try await Scenario(.couponCard(uses: 2)).given(.redeemCoupon(), .redeemCoupon()).when(.redeemCoupon())
            .then(.refused(.exceedsAvailable(0)), .redeemed(2))
    }

    @Test("a used coupon turns into a card with its first stamp, in one step")
    func conversion() async throws {
        let outcome = try await converting().when(.redeemCoupon(into: "new").card("coupon"))
            .then(.rewards(0).card("coupon"), .stamps(1).card("new"), .status(.notInstalled).card("new"))
        #expect(try outcome.card("new").program.id.text == "coffee")
        #expect(try outcome.card("new").customer.text == "kim")
    }

    @Test("undone while the new card is untouched, the coupon is there again and the new card is closed (D21)")
    func undoing() async throws {
        try await converting()
            .given(.redeemCoupon(into: "new").card("coupon").named("use"))
            .when(.reverseRedemption("use").card("coupon"))
            .then(.rewards(1).card("coupon"), .stamps(0).card("new"), .status(.deleted).card("new"))
    }

    @Test("undone after the new card's stamps lapsed: nothing is taken twice")
    func lapsed() async throws {
        let program = try #require(ProgramID("coffee"))
        let coffee = CardRules.coffee.with { $0.life = .sliding(days: 3) }
        try await Scenario(programs: [
            ("welcome", .couponCard(conversion: Conversion(to: program))), ("coffee", coffee),
        ])
        .given(.redeemCoupon(into: "new").card("coupon").named("use").on(day: 1))
        .when(.reverseRedemption("use").card("coupon").on(day: 9))
        .then(.rewards(1).card("coupon"), .stamps(0).card("new"), .lapsed(1).card("new"), .removed(0).card("new"))
    }

    @Test(
        "what became due on the new card is no use of it: the coupon can still be undone (D21)"
    )
    func lapsedBefore() async throws {
        let program = try #require(ProgramID("coffee"))
        let coffee = CardRules.coffee.with {
            $0.life = .sliding(days: 3)
            $0.term = .days(5)
        }
        let swept = try Scenario(programs: [
            ("welcome", .couponCard(conversion: Conversion(to: program))), ("coffee", coffee),
        ])
        .given(.redeemCoupon(into: "new").card("coupon").named("use").on(day: 1), .sweep.on(day: 8))
        try await swept.when().then(.stamps(0).card("new"), .lapsed(1).card("new"))
        try await swept.when(.reverseRedemption("use").card("coupon").on(day: 9)).then(
            .rewards(1).card("coupon"),
            .status(.deleted).card("new"),
            .lapsed(1).card("new"),
            .removed(0).card("new")
        )
        try await swept.given(.expiry(day: 30).card("new").on(day: 9))
            .when(.reverseRedemption("use").card("coupon").on(day: 9)).then(.refused(.convertedCardInUse))
    }

    @Test("undone coupons can be used again, into another card")
    func again() async throws {
        try await converting()
            .given(.redeemCoupon(into: "new").card("coupon").named("use"), .reverseRedemption("use").card("coupon"))
            .when(.redeemCoupon(into: "newer").card("coupon"))
            .then(.rewards(0).card("coupon"), .stamps(1).card("newer"), .stamps(0).card("new"))
    }

    @Test("once the new card has been used, the coupon stays used (D21)")
    func inUse() async throws {
        try await converting()
            .given(
                .redeemCoupon(into: "new").card("coupon").named("use"),
                .purchase("10.00").card("new").program("coffee")
            )
            .when(.reverseRedemption("use").card("coupon"))
            .then(.refused(.convertedCardInUse), .rewards(0).card("coupon"), .stamps(2).card("new"))
    }

    @Test("a conversion needs a serial of its own")
    func serials() async throws {
        try await converting().when(.redeemCoupon().card("coupon")).then(
            .refused(.newCardMissing),
            .rewards(1).card("coupon")
        )
        try await converting().given(.issue().card("new").program("coffee"))
            .when(.redeemCoupon(into: "new").card("coupon")).then(.refused(.otherCardExists))
        try await Scenario(.couponCard()).given(.issue()).when(.redeemCoupon(into: "new"))
            .then(.refused(.notOnThisCard), .isUnknown.card("new"))
        try await converting().when(.redeem().card("coupon")).then(.refused(.notOnThisCard))
    }

    @Test("a redemption is undone once, and only one that was")
    func reversals() async throws {
        let used = try Scenario(.couponCard()).given(.redeemCoupon().named("use"))
        try await used.when(.reverseRedemption("use")).then(.rewards(1))
        try await used.given(.reverseRedemption("use")).when(.reverseRedemption("use")).then(.refused(.alreadyReversed))
        try await used.when(.reverseRedemption("other")).then(.refused(.transactionNotFound))
    }

    @Test("an expired coupon is not used")
    func expiry() async throws {
        let coupon = try Scenario(CardRules.couponCard().with { $0.term = .days(5) }).given(.issue().on(day: 1))
        try await coupon.when(.redeemCoupon().on(day: 6)).then(.rewards(0), .validThrough(day: 6))
        try await coupon.when(.redeemCoupon().on(day: 7)).then(.refused(.cardExpired(on: .scenario(6))), .rewards(1))
    }

    @Test("two devices that were offline used one coupon: the second use is a conflict (D23)")
    func offline() async throws {
        try await Scenario(.couponCard()).given(.issue())
            .when(
                .offline(.redeemCoupon().at(13), device: "a"),
                .offline(.redeemCoupon().at(12, 30), device: "b")
            )
            .then(.rewards(0), .redeemed(1), .overRedeemed(1))
    }
}
