import LoyaltyDomain
import Testing

/// 3.3 and D21, as far as the coupon itself goes.
@Suite("Coupons")
struct CouponCardTests {
    @Test("a coupon is used as often as it may, and no more")
    func uses() {
        let card = Card(.couponCard(uses: 2))
        #expect(card.state.rewardsAvailable == 2)
        let once = card.redeemCoupon(id: .named(1))
        #expect(once.redeemCoupon().state.rewardsAvailable == 0)
        #expect(once.redeemCoupon().redeemCoupon().refusal == .exceedsAvailable(0))
        #expect(once.reverseRedemption(.named(1)).state.rewardsAvailable == 2)
    }

    @Test("an expired coupon is not used")
    func expiry() {
        let card = Card(.couponCard().with { $0.term = .days(5) })
        #expect(card.redeemCoupon(day: 5).refusal == nil)
        #expect(card.redeemCoupon(day: 6).refusal == .cardExpired(on: LocalDay(daysSince1970: 5)))
    }

    @Test("a coupon that converts names the new card, and says what becomes of it (D21)")
    func conversion() {
        let rules = CardRules.couponCard(conversion: Conversion(to: .coffee))
        let card = Card(rules).amid {
            $0.customer = .someone
            $0.card = CardNumber(4)
            $0.nextCard = CardNumber(5)
        }
        #expect(card.redeemCoupon().refusal == .newCardMissing)
        let used = card.redeemCoupon(into: "new", id: .named(1))
        #expect(used.state.links.convertedInto == CardNumber(5))
        #expect(used.consequences.count == 1)
        #expect(used.reverseRedemption(.named(1)).refusal == .convertedCardInUse)
        #expect(Card(.couponCard()).redeemCoupon(into: "new").refusal == .notOnThisCard)
        #expect(card.redeem(1).refusal == .notOnThisCard)
    }

    @Test(
        "a card that came of a coupon is unused until somebody does something on it; dues and refusals are no use (D21)"
    )
    func unused() {
        var card = CardState(issuedAt: .epoch, program: .only)
        func isUnused(after event: CardEvent) -> Bool {
            let day = LocalDay(daysSince1970: 0)
            let moment = CardState.Moment(occurredAt: .epoch, occurredOn: day)
            card.evolve(EffectiveEvent(event, effectiveAt: .epoch), at: moment)
            return card.version == card.links.createdAt
        }
        let day = LocalDay(daysSince1970: 0)
        #expect(!isUnused(after: .stampsAdded(2)))
        #expect(isUnused(after: .cardCreated(from: CardNumber(4))))
        #expect(isUnused(after: .stampsLapsed(2, through: day, next: nil)))
        #expect(isUnused(after: .commandRefused(.addStamps(0), .quantityTooSmall)))
        #expect(isUnused(after: .cardExpired(day)))
        #expect(!isUnused(after: .cardInstalled(.iOS)))
        #expect(!isUnused(after: .cardExpired(day)))
    }
}
