import LoyaltyDomain
import Testing

/// 3.1 and D20.
@Suite("Cashback cards")
struct CashbackCardTests {
    @Test("points are a share of each purchase, by the tier before it (D20)")
    func points() {
        let card = Card(.cashback).buy("600")
        #expect(card.state.balance == 600, "1 % of 60000, not the 3 % of the tier it leads to")
        #expect(card.buy("100").state.balance == 900)
        #expect(Card(.cashback).buy("0.99").state.balance == 0)
    }

    @Test("a refund takes back the points of that percent, and the tier may fall (3.1)")
    func refunds() {
        let card = Card(.cashback).buy("600", as: "a").buy("100", as: "b")
        let refunded = card.refund("600", of: "a")
        #expect(refunded.state.balance == 300)
        #expect(refunded.state.tier.number == TierNumber(1))
        #expect(refunded.refund("100", of: "b").state.balance == 0)
    }

    @Test("points are spent like money, and a spending can be undone")
    func spending() {
        let card = Card(.cashback).buy("600")
        #expect(card.spend(601).refusal == .exceedsBalance(600))
        let spent = card.spend(250, id: .named(1))
        #expect(spent.state.balance == 350)
        #expect(spent.state.purse.spent == 250)
        #expect(spent.state.visits == 1)
        let undone = spent.reverseSpending(.named(1))
        #expect(undone.state.balance == 600)
        #expect(undone.reverseSpending(.named(1)).refusal == .alreadyReversed)
        #expect(undone.state.firstViolation == nil)
    }

    @Test("points that are loaded count in LTV, and are no visit (D20)")
    func loading() {
        let card = Card(.cashback).load(100, for: "5")
        #expect(card.state.lifetimeValue == MinorUnits(500))
        #expect(card.state.transactionAmount == .zero)
        #expect(card.state.visits == 0)
    }

    @Test("a higher point value rounds down")
    func pointValue() {
        let rules = CardRules.cashbackCard(PercentRule(share: BasisPoints(500), pointValue: MinorUnits(100)))
        #expect(Card(rules).buy("39.99").state.balance == 1)
    }
}
