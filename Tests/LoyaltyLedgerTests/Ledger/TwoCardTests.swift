// swift-format-ignore-file: NeverForceUnwrap
// Test literals are valid by construction.

import LoyaltyLedger
import Testing

/// One command that reaches two cards: both records in one batch, or none (DESIGN.md 7.3).
@Suite("Two cards")
struct TwoCardTests {
    private var referring: CardRules {
        var rules = Shop.coffee
        rules.referral = ReferralRule(moment: .firstVisit, referrer: 3, newcomer: 2)
        return rules
    }

    private func check(_ shop: Shop) async throws {
        let report = try await shop.ledger.replay()
        #expect(report.isEqual, "\(report.differences) \(report.violations) \(report.snapshots)")
    }

    /// A referrer and a newcomer whose card is installed.
    private func pair() async throws -> Shop {
        let shop = try await Shop(referring)
        try await shop.run(.purchase(shop.money("20")), on: "old")
        try await shop.run(.refer(by: shop.card("old")), on: "new")
        try await shop.run(.install(.iOS), on: "new")
        return shop
    }

    @Test("a recommendation is rewarded once, at the newcomer's first visit (D25)")
    func referral() async throws {
        let shop = try await pair()
        #expect(try shop.state("new").referral.progress == .waiting)
        try await shop.run(.purchase(shop.money("10")), on: "new")
        #expect(try shop.state("new").balance == 3)
        #expect(try shop.state("old").balance == 5)
        #expect(try shop.state("old").referral.newcomers == 1)
        try await shop.run(.purchase(shop.money("10")), on: "new")
        #expect(try shop.state("old").balance == 5)
        try await shop.reopen()
        try await check(shop)
    }

    @Test("full reversal of the newcomer's first purchase collects it back from both (D25)")
    func collecting() async throws {
        let shop = try await pair()
        try await shop.run(.purchase(shop.money("10")), on: "new")
        try await shop.run(.removeStamps(4), on: "old")
        try await shop.run(.refund(shop.money("10")), on: "new")
        #expect(try shop.state("new").balance == 0)
        #expect(try shop.state("new").referral.progress == .collected)
        #expect(try shop.state("old").balance == 0)
        #expect(try shop.state("old").stampsUncollected == 2)
        try await check(shop)
    }

    @Test("only newcomers, only once, only by a card that is there (D25)")
    func referralRefusals() async throws {
        let shop = try await pair()
        #expect(try await shop.run(.refer(by: shop.card("old")), on: "new").refusal == .notANewcomer)
        #expect(try await shop.run(.refer(by: shop.card("none")), on: "third").refusal == .unknownOtherCard)
        #expect(try await shop.run(.refer(by: shop.card("fourth")), on: "fourth").refusal != nil)
        let second = CommandRequest(
            CardCommand(.refer(by: shop.card("old")), on: shop.card("fifth"), at: Shop.noon),
            id: shop.id(),
            issuing: CardIssue(customer: CustomerID("old"))
        )
        let receipt = try await shop.ledger.execute([second])[0].get()
        #expect(receipt.refusal == .notANewcomer, "the customer holds another card")
    }

    @Test("merging moves everything, history included, and closes the source (D24)")
    func merging() async throws {
        let shop = try await Shop()
        try await shop.run(.purchase(shop.money("70")), on: "a", id: .opaque(high: 3, low: 1))
        try await shop.run(.grantRewards(1, purchase: shop.money("5")), on: "a", id: .opaque(high: 3, low: 2))
        try await shop.run(.purchase(shop.money("45")), on: "b")
        try await shop.run(.merge(into: shop.card("b")), on: "a")
        let merged = try shop.state("b")
        #expect(merged.lifetimeValue == MinorUnits(12_000))
        #expect(merged.visits == 2)
        #expect(merged.balance == 1, "7 + 4 stamps unlock a reward")
        #expect(merged.rewardsAvailable == 2)
        #expect(try shop.state("a").lifetimeValue == .zero)
        #expect(try await shop.run(.purchase(shop.money("1")), on: "a").refusal == .cardMerged)
        try await shop.reopen()
        let name = TransactionName(commandID: .opaque(high: 3, low: 1))
        #expect(try await shop.run(.refund(shop.money("70"), of: name), on: "b").refusal == nil)
        #expect(try await shop.run(.reverseGrant(.opaque(high: 3, low: 2)), on: "b").refusal == nil)
        #expect(try shop.state("b").lifetimeValue == MinorUnits(4500))
        #expect(try shop.state("b").visits == 1)
        let again = try await shop.run(.purchase(shop.money("70")), on: "a", id: .opaque(high: 3, low: 1))
        #expect(again.isRepeat, "the ids of the source stay answered")
        #expect(try await shop.run(.merge(into: shop.card("b")), on: "b").refusal == .otherCardUnfit)
        try await check(shop)
    }

    @Test("a used coupon becomes a card with its first stamp, in one step; undone while untouched (D21)")
    func conversion() async throws {
        let shop = try await Shop()
        let coupon = CardRules.couponCard(conversion: Conversion(to: ProgramID("coffee")!))
        _ = try await shop.ledger.define(Shop.program(coupon, id: "offer"), id: shop.id())
        let use = CardAction.redeemCoupon(purchase: shop.money("8"), newCard: shop.card("new"))
        try await shop.run(.issue(customer: CustomerID("eve")!, program: ProgramID("offer")!), on: "coupon")
        let id = shop.id()
        #expect(try await shop.run(use, on: "coupon", id: id).refusal == nil)
        #expect(try shop.state("new").balance == 1)
        #expect(shop.ledger.card(shop.card("new"))?.customer == CustomerID("eve"))
        #expect(try await shop.run(use, on: "coupon", id: id).isRepeat, "a double scan gets the first result")
        #expect(try await shop.run(.reverseRedemption(id), on: "coupon").refusal == nil)
        #expect(try shop.state("new").installation == .deleted)
        #expect(try shop.state("new").balance == 0)
        let second = CardAction.redeemCoupon(purchase: shop.money("8"), newCard: shop.card("newer"))
        let secondID = shop.id()
        #expect(try await shop.run(use, on: "coupon").refusal == .otherCardExists)
        #expect(try await shop.run(second, on: "coupon", id: secondID).refusal == nil)
        try await shop.run(.purchase(shop.money("30")), on: "newer")
        #expect(try await shop.run(.reverseRedemption(secondID), on: "coupon").refusal == .convertedCardInUse)
        try await check(shop)
    }
}
