import LoyaltyDomain
import Testing

/// 3.4.
@Suite("Discount cards")
struct DiscountCardTests {
    private let card = Card(.discountCard(tiers: .metals()))

    @Test("the discount of a purchase is that of the tier before it")
    func discount() {
        let crossing = card.buy("600")
        #expect(crossing.share == BasisPoints(100))
        #expect(crossing.state.tier.number == TierNumber(2))
        #expect(crossing.buy("1").share == BasisPoints(300))
        #expect(crossing.state.balance == 0)
    }

    @Test("a refund lowers the tier with the net spend")
    func refunds() {
        #expect(card.buy("600").refund("200").state.tier.number == TierNumber(1))
    }

    @Test("there is nothing to add, spend or redeem")
    func refusals() {
        #expect(card.add(5).refusal == .notOnThisCard)
        #expect(card.spend(5).refusal == .notOnThisCard)
        #expect(card.redeem(1).refusal == .exceedsAvailable(0))
    }
}

extension Card {
    /// The share that the last purchase had.
    var share: BasisPoints? {
        for case .purchaseRecorded(_, let award) in lastEvents { return award.detail?.share }
        return nil
    }
}
