import LoyaltyDomain
import Testing

/// R12, S71, D23: what a card may do in which part of its life.
@Suite("Life cycle")
struct LifeCycleTests {
    @Test("a deleted card keeps its history, takes corrections, and lives again by reinstalling only (R12, D19)")
    func reinstalling() {
        let deleted = Card().buy("50").install().delete()
        #expect(deleted.install().refusal == .cardDeleted)
        #expect(deleted.buy("10").refusal == .cardDeleted)
        #expect(deleted.refund("10").refusal == nil)
        let again = deleted.reinstall()
        #expect(again.state.installation == .installed(.iOS))
        #expect(again.state.balance == 5)
        #expect(again.buy("10").state.balance == 6)
        #expect(again.reinstall().refusal == .notDeleted)
    }

    @Test("who left the program neither earns nor redeems until they rejoin (S71)")
    func leaving() {
        let left = Card().buy("100").leave()
        #expect(left.buy("10").refusal == .outsideProgram)
        #expect(left.redeem(1).refusal == .outsideProgram)
        #expect(left.refund("10").refusal == nil)
        #expect(left.rejoin().redeem(1).refusal == nil)
        #expect(left.rejoin().rejoin().refusal == .insideProgram)
    }

    @Test("a second redemption of one reward is a conflict: available stays 0, over-redeemed + 1 (D23)")
    func conflicts() {
        let card = Card().buy("100").redeem(1).amid { $0.isOffline = true }.redeem(1)
        #expect(card.refusal == nil)
        #expect(card.state.rewardsAvailable == 0)
        #expect(card.state.rewardsOverRedeemed == 1)
        #expect(card.state.rewardsRedeemed == 1)
    }

    @Test("a signed quantity adds or takes (S35)")
    func adjusting() {
        #expect(Card().adjust(24).state.stampsEarned == 24)
        #expect(Card().adjust(4).adjust(-4).state.balance == 0)
        #expect(Card().adjust(-24).refusal == .exceedsBalance(0))
        #expect(Card().adjust(0).refusal == .quantityTooSmall)
    }

    @Test("undoing a redemption brings the reward back")
    func undoing() {
        let card = Card().buy("100").redeem(1).act(.reverseRedemption(.sequence(source: 1, number: 2)))
        #expect(card.state.rewardsAvailable == 1)
        #expect(card.state.rewardsReversed == 1)
        #expect(card.state.firstViolation == nil)
    }
}
