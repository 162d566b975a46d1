import LoyaltyDomain
import Testing

/// R15, D11, D12: how long stamps last.
@Suite("Stamp life")
struct StampLifeTests {
    private let sliding = CardRules.spend().with { $0.life = .sliding(days: 30) }
    private let lots = CardRules.spend(reward: 100).with { $0.life = .lots(days: 30) }

    @Test("buy 50, lapse, refund 50 -> lapsed 5, uncollected 0 (D11)")
    func pool() {
        let lapsed = Card(sliding).buy("50", day: 1).install(day: 40)
        #expect(lapsed.state.purse.lapsed == 5)
        #expect(lapsed.state.balance == 0)
        let refunded = lapsed.refund("50")
        #expect(refunded.state.purse.lapsed == 5)
        #expect(refunded.state.stampsUncollected == 0)
        #expect(refunded.state.firstViolation == nil)
    }

    @Test("stamps last through the last day, and each addition moves it (D11)")
    func clock() {
        let card = Card(sliding).buy("50", day: 0).buy("10", day: 30)
        #expect(card.state.balance == 6)
        #expect(card.install(day: 60).state.balance == 6)
        #expect(card.install(day: 61).state.balance == 0)
        let nothing = Card(sliding).buy("50", day: 0).buy("9", day: 30).install(day: 31)
        #expect(nothing.state.balance == 0, "only additions of at least 1 move it")
    }

    @Test("a late addition that would have prevented a lapse gives the stamps back (D11)")
    func restoring() {
        let lapsed = Card(sliding).buy("50", day: 0).install(day: 31)
        #expect(lapsed.state.purse.lapsed == 5)
        let late = lapsed.buy("10", day: 20)
        #expect(late.lastEvents.contains(.stampsRestored(5, through: LocalDay(daysSince1970: 30))))
        #expect(late.state.balance == 6)
        #expect(late.install(day: 51).state.balance == 0)
        let tooEarly = Card(sliding).buy("50", day: 0).install(day: 31).buy("10", day: 90).buy("10", day: 20)
        #expect(tooEarly.state.balance == 2, "the clock would have run out again before the next stamp")
    }

    @Test("lots lapse one by one; the first to lapse is consumed first (D12)")
    func lotOrder() {
        let card = Card(lots).buy("50", day: 0).buy("30", day: 10).remove(4, day: 11)
        #expect(card.install(day: 31).state.balance == 3, "one of the first lot was left, and lapsed")
        #expect(card.install(day: 41).state.balance == 0)
        #expect(card.install(day: 41).state.purse.lapsed == 4)
    }

    @Test("a refund takes the purchase's own lot first, then the newest (D12)")
    func refundOrder() {
        let card = Card(lots).buy("20", day: 0, as: "a").buy("20", day: 5).buy("20", day: 9).remove(1).refund(
            "20",
            of: "a"
        )
        #expect(card.state.balance == 3)
        #expect(card.history.lots.lots.map(\.left) == [0, 2, 1])
    }

    @Test("a lot that comes late and is past its day is earned and lapses together (D12)")
    func lateLot() {
        let card = Card(lots).buy("10", day: 50).install(day: 60).buy("990", day: 5)
        #expect(card.state.balance == 1)
        #expect(card.state.stampsEarned == 100)
        #expect(card.state.rewardsAvailable == 0)
        #expect(card.state.firstViolation == nil)
    }

    @Test("a fixed day: what was earned through it lapses after it, what comes later stays")
    func fixedDay() {
        let rules = CardRules.spend().with { $0.life = .until(LocalDay(daysSince1970: 10)) }
        let card = Card(rules).buy("30", day: 10).buy("20", day: 11)
        #expect(card.state.balance == 2)
        #expect(card.install(day: 400).state.balance == 2)
    }
}
