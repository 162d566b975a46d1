import LoyaltyDomain
import Testing

/// R7, R8 and D14: granting, redeeming and removing rewards.
@Suite("Rewards")
struct RewardTests {
    private let grantID = CommandID.opaque(high: 1, low: 1)

    @Test("a grant counts as earned and in LTV, can be redeemed at once, and earns no stamps (R8, S43)")
    func grant() {
        let card = Card().grant(2, with: "20")
        #expect(card.state.rewardsEarned == 2)
        #expect(card.state.rewardsAvailable == 2)
        #expect(card.state.lifetimeValue == MinorUnits(2000))
        #expect(card.state.transactionAmount == .zero)
        #expect(card.state.stampsEarned == 0)
        #expect(card.state.visits == 0)
        #expect(card.redeem(2).refusal == nil)
    }

    @Test("grant 1 with 20, reverse: LTV 0, earned 1, corrected 1 (D14)")
    func reversal() {
        let card = Card().grant(1, with: "20", id: grantID).reverseGrant(grantID)
        #expect(card.state.lifetimeValue == .zero)
        #expect(card.state.rewardsEarned == 1)
        #expect(card.state.rewardsCorrected == 1)
        #expect(card.state.rewardsAvailable == 0)
    }

    @Test("a reversal names a grant whose rewards are there, once (D14)")
    func refusedReversals() {
        let card = Card().grant(2, id: grantID)
        #expect(card.reverseGrant(.opaque(high: 2, low: 2)).refusal == .transactionNotFound)
        #expect(card.redeem(1).reverseGrant(grantID).refusal == .exceedsAvailable(1))
        #expect(card.reverseGrant(grantID).reverseGrant(grantID).refusal == .alreadyReversed)
    }

    @Test("redeeming takes rewards and leaves stamps and LTV alone; its amount is kept for the record (R7, C8)")
    func redemption() {
        let card = Card().buy("250", day: 1).redeem(1, with: "12", day: 3)
        #expect(card.state.rewardsRedeemed == 1)
        #expect(card.state.rewardsAvailable == 1)
        #expect(card.state.rewardsEarned == 2)
        #expect(card.state.balance == 5)
        #expect(card.state.lifetimeValue == MinorUnits(25_000))
        #expect(card.state.lastRedeemedAt?.dayInUTC == LocalDay(daysSince1970: 3))
        #expect(card.lastEvents == [.rewardsRedeemed(1, purchase: MinorUnits(1200))])
    }

    @Test("removals say why; only redemptions count as redeemed (R7)")
    func removal() {
        let card = Card().buy("300").take(1, as: .correction).take(1, as: .expired)
        #expect(card.state.rewardsRedeemed == 0)
        #expect(card.state.rewardsCorrected == 1)
        #expect(card.state.rewardsExpired == 1)
        #expect(card.state.rewardsAvailable == 1)
        #expect(card.state.rewardsEarned == 3)
    }

    @Test("never more than are available, never none (R7, S48)")
    func refused() {
        let card = Card().buy("100")
        #expect(card.redeem(2).refusal == .exceedsAvailable(1))
        #expect(card.take(2, as: .correction).refusal == .exceedsAvailable(1))
        #expect(card.redeem(0).refusal == .quantityTooSmall)
        #expect(card.take(0, as: .expired).refusal == .quantityTooSmall)
        #expect(card.grant(0).refusal == .quantityTooSmall)
        #expect(card.redeem(1).redeem(1).refusal == .exceedsAvailable(0))
    }
}
