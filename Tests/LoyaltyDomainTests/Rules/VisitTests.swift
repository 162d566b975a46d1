import LoyaltyDomain
import Testing

/// R10, R11 and D15: what a visit is, and how one is written off.
@Suite("Visits")
struct VisitTests {
    @Test("one transaction is one visit, however many stamps it earned; nothing else is one (R10)")
    func counting() {
        let card = Card().buy("5").buy("95").visit().add(3).grant(1, with: "20").redeem(1)
        #expect(card.state.visits == 3)
        #expect(card.state.purchases == 2)
        #expect(card.state.stampedVisits == 1)
    }

    @Test("a fully reversed transaction withdraws its visit, a partly reversed one keeps it (R10)")
    func withdrawal() {
        let card = Card().buy("20", day: 1).buy("30", day: 2)
        let partly = card.refund("29")
        #expect(partly.state.visits == 2)
        #expect(partly.state.lastDays.visit == LocalDay(daysSince1970: 2))
        let fully = card.refund("30")
        #expect(fully.state.visits == 1)
        #expect(fully.state.lastDays.visit == LocalDay(daysSince1970: 1))
        #expect(fully.refund("20").state.lastDays == LastDays(visit: nil, purchase: nil))
    }

    @Test("removing v visits takes the newest v with their stamps and amounts (R11, D15)")
    func removal() {
        let card = Card(.visits(2)).visit("10", day: 1).visit("20", day: 5).visit("40", day: 3).removeVisits(2)
        #expect(card.state.visits == 1)
        #expect(card.state.balance == 2)
        #expect(card.state.stampsRemoved == 4)
        #expect(card.state.lifetimeValue == MinorUnits(1000))
        #expect(card.state.lastDays.visit == LocalDay(daysSince1970: 1))
    }

    @Test("stamps of removed visits that are gone are uncollected; rewards stay (R4, R11)")
    func uncollected() {
        let card = Card(.visits(5, reward: 10)).visit().visit().removeVisits(2)
        #expect(card.state.rewardsAvailable == 1)
        #expect(card.state.stampsUncollected == 10)
    }

    @Test("more visits than there are, and none, are refused (D15)")
    func refused() {
        let card = Card(.visits()).visit().visit()
        #expect(card.removeVisits(3).refusal == .exceedsVisits(2))
        #expect(card.removeVisits(0).refusal == .quantityTooSmall)
        #expect(card.removeVisits(2).removeVisits(1).refusal == .exceedsVisits(0))
    }

    @Test("on a spend card a visit goes with its purchase, whose amount cannot be refunded again")
    func spendCard() {
        let card = Card().buy("25", as: "it").buy("0").removeVisits(2)
        #expect(card.state.visits == 0)
        #expect(card.state.balance == 0)
        #expect(card.state.lifetimeValue == .zero)
        #expect(card.refund("1", of: "it").refusal == .exceedsOpenAmount(.zero))
    }
}
