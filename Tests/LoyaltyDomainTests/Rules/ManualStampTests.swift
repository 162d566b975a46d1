import LoyaltyDomain
import Testing

/// C1, R5, S33: stamps by hand.
@Suite("Manual stamps")
struct ManualStampTests {
    @Test(
        "added stamps are earned and unlock; they are no purchase and no visit (C1)",
        arguments: [
            CardRules.spend(), .visits(), .manual(),
        ]
    )
    func adding(rules: CardRules) {
        let card = Card(rules).add(24)
        #expect(card.state.stampsEarned == 24)
        #expect(card.state.rewardsAvailable == 2)
        #expect(card.state.balance == 4)
        #expect(card.state.visits == 0)
        #expect(card.state.lifetimeValue == .zero)
    }

    @Test("removing more than the balance is refused with the balance (R5)")
    func removing() {
        let card = Card().buy("50")
        #expect(card.remove(6).refusal == .exceedsBalance(5))
        let removed = card.remove(5)
        #expect(removed.state.balance == 0)
        #expect(removed.state.stampsRemoved == 5)
        #expect(removed.state.stampsEarned == 5)
        #expect(removed.state.lifetimeValue == MinorUnits(5000))
        #expect(removed.state.visits == 1)
        #expect(removed.state.stampsUncollected == 0)
    }

    @Test("a quantity is at least one")
    func none() {
        #expect(Card().add(0).refusal == .quantityTooSmall)
        #expect(Card().add(-1).refusal == .quantityTooSmall)
        #expect(Card().add(5).remove(0).refusal == .quantityTooSmall)
        #expect(Card().add(5).remove(-3).refusal == .quantityTooSmall)
    }

    @Test("stamps taken by hand make later refunds uncollected")
    func afterwards() {
        #expect(Card().buy("50").remove(4).refund("50").state.stampsUncollected == 4)
    }
}
