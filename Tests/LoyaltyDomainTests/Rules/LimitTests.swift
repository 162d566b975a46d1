import LoyaltyDomain
import Testing

/// Huge figures are refused; none traps or wraps.
@Suite("Limits")
struct LimitTests {
    static let hugeAmounts: [Int64] = [.max, .max - 1, MinorUnits.largest.rawValue + 1]
    static let hugeCounts: [Int32] = [.max, Stamps.largest.rawValue + 1]

    @Test("amounts beyond the largest are refused by every command that takes one", arguments: hugeAmounts)
    func amounts(minor: Int64) {
        let card = Card().buy("50", as: "it").grant(2)
        let money = Money(MinorUnits(minor), .dollars)
        let actions: [CardAction] = [
            .purchase(money), .purchase(money, stated: money), .visit(money), .refund(money),
            .editAmount(of: TransactionName(reference: "it"), to: money), .grantRewards(1, purchase: money),
            .redeemRewards(1, purchase: money), .removeRewards(1, purchase: money, .correction),
        ]
        for action in actions { #expect(card.doing(action, day: nil).refusal == .limitExceeded) }
    }

    @Test("negative amounts are refused by every command that takes one", arguments: [.min, -1] as [Int64])
    func negative(minor: Int64) {
        let card = Card().buy("50", as: "it").grant(2)
        let money = Money(MinorUnits(minor), .dollars)
        let actions: [CardAction] = [
            .purchase(money), .visit(money), .refund(money),
            .editAmount(of: TransactionName(reference: "it"), to: money),
            .grantRewards(1, purchase: money), .redeemRewards(1, purchase: money),
        ]
        for action in actions { #expect(card.doing(action, day: nil).refusal == .amountTooSmall) }
    }

    @Test("counts beyond the largest are refused by every command that takes one", arguments: hugeCounts)
    func counts(count: Int32) {
        let card = Card().buy("50")
        #expect(card.add(Stamps(count)).refusal == .limitExceeded)
        #expect(card.remove(Stamps(count)).refusal == .limitExceeded)
        #expect(card.grant(Rewards(count)).refusal == .limitExceeded)
        #expect(card.redeem(Rewards(count)).refusal == .limitExceeded)
        #expect(card.take(Rewards(count), as: .expired).refusal == .limitExceeded)
        #expect(card.removeVisits(Visits(count)).refusal == .limitExceeded)
    }

    @Test("sums stop where they are full: stamps, rewards, money")
    func sums() {
        let stamps = Card(.manual(reward: .largest)).add(.largest)
        #expect(stamps.state.rewardsEarned == 1)
        #expect(stamps.add(1).refusal == .limitExceeded)
        let rewards = Card().grant(.largest)
        #expect(rewards.grant(1).refusal == .limitExceeded)
        #expect(rewards.add(10).refusal == .limitExceeded)
        var rich = Card(.manual())
        while rich.refusal == nil {
            rich.run(.purchase(Money(.largest, .dollars)), at: .epoch, on: LocalDay(daysSince1970: 0))
        }
        #expect(rich.refusal == .limitExceeded)
        #expect(rich.state.lifetimeValue > MinorUnits(.max - 3 * MinorUnits.largest.rawValue))
    }

    @Test("a purchase worth more stamps than a card holds is refused")
    func tooManyStamps() {
        let card = Card(.spend(1000, per: 1))
        #expect(card.buy("10000.00").refusal == nil)
        #expect(card.buy("10000.01").refusal == .limitExceeded)
        #expect(card.doing(.purchase(Money(.largest, .dollars)), day: nil).refusal == .limitExceeded)
    }

    @Test("withheld stamps of one purchase stay countable, however often it is edited upward")
    func withheld() {
        let card = Card(.spend(1, per: 1, cap: 1)).buy("9999999", as: "it")
        #expect(card.refusal == nil)
        let raised = card.edit("it", to: "19999998")
        #expect(raised.refusal == .limitExceeded)
        #expect(raised.edit("it", to: "0").state.visits == 0)
    }

    @Test("dues of several purchases that exceed a count are refused together")
    func dues() {
        // Each odd cent completes a unit worth a billion stamps, which the cap withholds from it; the even ones go first.
        let rules = CardRules.spend(.largest, per: 2, .cumulative, cap: 1)
        let card = (0..<5).reduce(Card(rules)) { card, pair in
            card.buy("0.01", day: 50 + pair).buy("0.01", day: 10 + pair)
        }
        #expect(card.refusal == nil)
        #expect(card.refund("0.05").refusal == .limitExceeded)
    }

    @Test("a correction of more transactions than one record holds is refused, and one less is not")
    func reductions() {
        var card = Card()
        for _ in 0...Correction.mostReductions {
            card.run(.purchase(card.money("0.01")), at: .epoch, on: LocalDay(daysSince1970: 0))
        }
        #expect(card.refund("327.69").refusal == .limitExceeded)
        #expect(card.removeVisits(32_769).refusal == .limitExceeded)
        #expect(card.refund("327.68").state.visits == 1)
    }

    @Test("debt and the way to the next reward stay countable")
    func debt() {
        let rules = CardRules.spend(.largest, per: 1000, .perTransaction, reward: .largest, .carryAsDebt)
        let card = Card(rules).buy("10").refund("10")
        #expect(card.state.debt == .largest)
        #expect(card.state.stampsToNextReward(required: .largest).rawValue == 2 * Stamps.largest.rawValue)
        #expect(card.buy("10").refusal == .limitExceeded)
    }
}
