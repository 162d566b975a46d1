import LoyaltyDomain
import Testing

/// D13: milestones, whose stamps stay.
@Suite("Milestones")
struct MilestoneTests {
    private let card = Card(.stampCard(mechanic: .manual, milestones: [3, 6, 9]))

    private func figures(_ card: Card) -> [Int32] {
        [card.state.balance.rawValue, card.state.rewardsAvailable.rawValue]
    }

    @Test("3/6/9: +7 -> 7/2; +9 -> 16/3; redeem 9 -> 7/4: the rest reaches 3 and 6 again (D13)")
    func cycle() {
        let seven = card.add(7)
        #expect(figures(seven) == [7, 2])
        let full = seven.add(9)
        #expect(figures(full) == [16, 3])
        #expect(figures(full.redeem(milestone: 9)) == [7, 4])
    }

    @Test("3/6/9 by visits: +7 -> 7/2; refund due 5 -> 2/2; +9 -> 11/3; redeem 9 -> 2/2; +1 -> 3/3 (D13)")
    func vector() {
        let rules = CardRules.stampCard(
            mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000))),
            milestones: [3, 6, 9]
        )
        let seven = Card(rules).buy("70")
        #expect(figures(seven) == [7, 2])
        let refunded = seven.refund("50")
        #expect(figures(refunded) == [2, 2])
        let eleven = refunded.add(9)
        #expect(figures(eleven) == [11, 3])
        let restarted = eleven.redeem(milestone: 9)
        #expect(figures(restarted) == [2, 2])
        #expect(figures(restarted.add(1)) == [3, 3])
        #expect(restarted.add(1).state.firstViolation == nil)
    }

    @Test("without a name the lowest milestone is redeemed; a milestone not reached is refused")
    func naming() {
        let seven = card.add(7)
        let redeemed = seven.redeem(milestone: nil)
        #expect(redeemed.state.milestones.waiting(at: MilestoneNumber(0)) == 0)
        #expect(redeemed.state.milestones.waiting(at: MilestoneNumber(1)) == 1)
        #expect(seven.redeem(milestone: 9).refusal == .milestoneNotOpen)
        #expect(redeemed.redeem(milestone: 3).refusal == .milestoneNotOpen)
        #expect(card.redeem(3).refusal == .exceedsAvailable(0))
    }

    @Test("undoing the redemption of the last one brings back its reward and the stamps of the cycle")
    func undoing() {
        let full = card.add(9).redeem(milestone: 9, id: .named(1))
        #expect(figures(full) == [0, 2])
        let undone = full.reverseRedemption(.named(1))
        #expect(figures(undone) == [9, 3])
        #expect(undone.reverseRedemption(.named(1)).refusal == .alreadyReversed)
        #expect(undone.state.firstViolation == nil)
    }
}
