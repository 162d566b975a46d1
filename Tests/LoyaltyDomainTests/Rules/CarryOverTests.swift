import LoyaltyDomain
import Testing

/// D4: the cumulative remainder, one C per rule version.
@Suite("Carry-over")
struct CarryOverTests {
    private let carrying = CardRules.spend(1, per: 1000, .cumulative)

    @Test("15, 15, refund the first 15: due 2")
    func firstOfTwo() {
        let card = Card(carrying).buy("15", as: "first").buy("15").refund("15", of: "first")
        #expect(card.state.stampsEarned == 3)
        #expect(card.state.stampsRemoved == 2)
        #expect(card.state.balance == 1)
    }

    @Test("30, refund 1: due 1; buy 1: 1 stamp")
    func oneDollar() {
        let refunded = Card(carrying).buy("30").refund("1")
        #expect(refunded.state.stampsRemoved == 1)
        #expect(refunded.buy("1").state.stampsEarned == 4)
        #expect(refunded.buy("0.99").state.stampsEarned == 3)
    }

    @Test("105, refund 100: uncollected 10, carry 5; buy 5: 1 stamp")
    func uncollected() {
        let refunded = Card(carrying).buy("105").refund("100")
        #expect(refunded.state.stampsUncollected == 10)
        #expect(refunded.state.balance == 0)
        let bought = refunded.buy("5")
        #expect(bought.state.balance == 1)
        #expect(bought.state.stampsEarned == 11)
    }

    @Test("v1 15, then v2 (unit 8) 9, refund 14: due 1 + 0")
    func versions() {
        let card = Card(carrying).buy("15").change(to: .spend(1, per: 800, .cumulative)).buy("9").refund("14")
        guard case .amountRefunded(_, _, let correction) = card.lastEvents.last else {
            Issue.record("no refund was recorded")
            return
        }
        #expect(correction.reductions.map(\.due) == [1, 0])
        #expect(correction.reductions.map(\.ruleVersion) == [RuleVersion(2), RuleVersion(1)])
        #expect(card.state.balance == 1)
    }

    @Test("each rule version begins its own remainder, and a late purchase returns to the old one")
    func ownRemainders() {
        let card = Card(carrying).buy("9", day: 1).change(to: .spend(1, per: 1000, .cumulative), day: 5).buy(
            "9",
            day: 6
        )
        #expect(card.state.stampsEarned == 0)
        #expect(card.buy("1", day: 2).state.stampsEarned == 1)
        #expect(card.buy("1", day: 7).state.stampsEarned == 1)
        #expect(card.buy("1", day: 2).buy("1", day: 2).state.stampsEarned == 1)
    }

    @Test("several purchases reduced by one refund see what the ones before them left")
    func chained() {
        let card = Card(carrying).buy("5").buy("5").buy("5").refund("15")
        guard case .amountRefunded(_, _, let correction) = card.lastEvents.last else {
            Issue.record("no refund was recorded")
            return
        }
        #expect(correction.reductions.map(\.due) == [0, 1, 0])
        #expect(card.state.balance == 0)
    }
}
