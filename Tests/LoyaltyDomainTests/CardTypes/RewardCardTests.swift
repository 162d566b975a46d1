import LoyaltyDomain
import Testing

/// 3.7 and D26.
@Suite("Reward cards")
struct RewardCardTests {
    @Test("$50 at 200 per $10 are 1,000 points; 500 are spent on a reward, 500 are left")
    func claiming() {
        let card = Card(.points).buy("50")
        #expect(card.state.balance == 1000)
        let claimed = card.claim("mug", id: .named(1))
        #expect(claimed.state.balance == 500)
        #expect(claimed.state.rewardsAvailable == 1)
        #expect(claimed.redeem(1).refusal == .exceedsAvailable(0), "it is used by its name")
        #expect(card.claim("bag").refusal == .exceedsBalance(1000))
        #expect(card.claim("hat").refusal == .unknownReward)
    }

    @Test("a claim is used or removed, once; its points come back only if asked for (D26)")
    func life() {
        let claimed = Card(.points).buy("50").claim("mug", id: .named(1))
        let used = claimed.use(.named(1))
        #expect(used.state.rewardsRedeemed == 1)
        #expect(used.use(.named(1)).refusal == .claimNotOutstanding)
        #expect(used.removeClaim(.named(1)).refusal == .claimNotOutstanding)
        #expect(claimed.removeClaim(.named(1)).state.balance == 500)
        let returned = claimed.removeClaim(.named(1), returning: true)
        #expect(returned.state.balance == 1000)
        #expect(returned.state.rewardsCorrected == 1)
        #expect(returned.state.firstViolation == nil)
    }

    @Test("a usage limit counts what was not removed")
    func limits() {
        let card = Card(.points).add(5000).claim("bag", id: .named(1))
        #expect(card.claim("bag").refusal == .usageLimitReached(1))
        #expect(card.removeClaim(.named(1)).claim("bag").refusal == nil)
    }

    @Test("a refund collects points by policy, and leaves claims alone (I4)")
    func refunds() {
        let card = Card(.points).buy("50").claim("mug").refund("50")
        #expect(card.state.balance == 0)
        #expect(card.state.stampsUncollected == 500)
        #expect(card.state.rewardsAvailable == 1)
    }
}
