import LoyaltyDomain
import Testing

/// R4 and D16: what becomes of stamps due back that are gone.
@Suite("Debt")
struct DebtTests {
    private let owing = CardRules.spend(1, per: 1000, .perTransaction, .carryAsDebt)

    @Test("buy 100, refund 100 (debt 10), buy 50 (debt 5), refund 50: debt 10 (D16)")
    func vector() {
        let refunded = Card(owing).buy("100").refund("100")
        #expect(refunded.state.debt == 10)
        let bought = refunded.buy("50")
        #expect(bought.state.debt == 5)
        #expect(bought.state.balance == 0)
        #expect(bought.lastEvents.last == .debtPaid(5))
        let again = bought.refund("50")
        #expect(again.state.debt == 10)
        #expect(again.state.stampsUncollected == 15)
        #expect(again.state.rewardsAvailable == 1)
    }

    @Test("every addition pays debt first: purchases, visits, stamps by hand and edits upward (D16)")
    func everyAddition() {
        let card = Card(owing).buy("100").refund("100").add(4)
        #expect(card.state.debt == 6)
        #expect(card.state.balance == 0)
        let paid = card.buy("5", as: "edited").edit("edited", to: "90")
        #expect(paid.state.debt == 0)
        #expect(paid.state.balance == 3)
        #expect(paid.state.debtPaid == 10)
        #expect(paid.state.stampsEarned == 23)
    }

    @Test("what is left of an addition after the debt can unlock a reward")
    func unlockAfterDebt() {
        let card = Card(owing).buy("100").refund("100").buy("230")
        #expect(card.state.rewardsEarned == 2)
        #expect(card.state.balance == 3)
        #expect(card.state.debt == 0)
    }

    @Test("stamps to the next reward include the debt (D2)")
    func toNextReward() {
        let card = Card(owing).buy("100").refund("100")
        #expect(card.state.stampsToNextReward(required: 10) == 20)
        #expect(card.buy("50").state.stampsToNextReward(required: 10) == 15)
    }

    @Test("forgiven stamps are recorded and never asked for again (R4)")
    func forgiven() {
        let card = Card().buy("100").refund("100").buy("50")
        #expect(card.state.stampsUncollected == 10)
        #expect(card.state.balance == 5)
        #expect(card.state.debt == 0)
    }

    @Test("policy reject refuses the whole refund, the write-off and the edit (D16)")
    func rejected() {
        let card = Card(.spend(1, per: 1000, .perTransaction, .reject)).buy("100", as: "first").buy("20")
        let shortfall = Refusal.shortfall(due: 12, balance: 2)
        #expect(card.refund("120").refusal == shortfall)
        #expect(card.removeVisits(2).refusal == shortfall)
        #expect(card.edit("first", to: "50").refusal == .shortfall(due: 5, balance: 2))
        #expect(card.refund("120").state.lifetimeValue == MinorUnits(12_000))
        #expect(card.refund("20").refusal == nil)
    }

    @Test("the policy in force when the refund is recorded decides")
    func newestPolicy() {
        let card = Card().buy("100").change(to: owing).refund("100")
        #expect(card.state.debt == 10)
    }
}
