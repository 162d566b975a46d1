import LoyaltyDomain
import Testing

/// D7 and D22: the daily cap.
@Suite("Caps")
struct CapTests {
    private let capped = CardRules.spend(cap: 2)

    @Test("buy 50 under a cap of 2: awarded 2, withheld 3; refund 20: due 0; refund 20: due 1 (D7)")
    func vector() {
        let bought = Card(capped).buy("50")
        #expect(
            bought.lastEvents == [
                .purchaseRecorded(
                    amount: MinorUnits(5000),
                    award: Award(ruleVersion: RuleVersion(1), stamps: 2, withheld: 3)
                )
            ]
        )
        let first = bought.refund("20")
        #expect(first.state.stampsRemoved == 0)
        #expect(first.history.transactions.map(\.withheld) == [1])
        #expect(first.refund("20").state.stampsRemoved == 1)
        #expect(first.refund("20").state.balance == 1)
    }

    @Test("a cap withholds stamps, never the sale, its LTV or its visit (D7)")
    func onlyStamps() {
        let card = Card(capped).buy("20").buy("50")
        #expect(card.state.balance == 2)
        #expect(card.state.visits == 2)
        #expect(card.state.stampedVisits == 1)
        #expect(card.state.lifetimeValue == MinorUnits(7000))
    }

    @Test("each local day has its own room (D22)")
    func days() {
        #expect(Card(capped).buy("50", day: 1).buy("50", day: 2).buy("50", day: 2).state.balance == 4)
    }

    @Test("a late purchase counts on the day on which it occurred (D22)")
    func late() {
        let card = Card(capped).buy("10", day: 1).buy("50", day: 3)
        #expect(card.buy("50", day: 1).state.stampsEarned == 4)
        #expect(card.buy("50", day: 2).state.stampsEarned == 5)
        #expect(card.buy("50", day: 2).buy("50", day: 2).state.stampsEarned == 5)
    }

    @Test("the local day decides, and not the instant: New York, cap 1 (D22)")
    func localDays() {
        // 2026-11-01T05:30Z, 2026-11-02T04:59:59Z and 2026-11-02T05:00Z in New York, whose clocks went back that night.
        let day = known(LocalDay("2026-11-01"))
        var card = Card(.spend(cap: 1))
        let visits: [(Int64, LocalDay, Stamps)] = [
            (1_793_511_000_000, day, 1), (1_793_595_599_000, day, 1), (1_793_595_600_000, day.advanced(byDays: 1), 2),
        ]
        for (instant, day, earned) in visits {
            card.run(.purchase(card.money("10")), at: Timestamp(milliseconds: instant), on: day)
            #expect(card.state.stampsEarned == earned)
        }
    }

    @Test("a refund gives no room back, since the cap counts what was awarded")
    func refundsGiveNoRoom() {
        #expect(Card(capped).buy("20").refund("20").buy("20").state.balance == 0)
    }

    @Test("stamps by hand know no cap")
    func byHand() {
        #expect(Card(capped).add(5).buy("50").state.balance == 7)
    }

    @Test("visits are capped too, and a written-off visit gives back no more than it had")
    func visits() {
        let card = Card(.visits(3, cap: 4)).visit().visit().visit()
        #expect(card.state.balance == 4)
        #expect(card.removeVisits(1).state.balance == 4)
        #expect(card.removeVisits(2).state.balance == 3)
        #expect(card.removeVisits(3).state.balance == 0)
    }

    @Test("an edit upward earns what the cap of the purchase's day leaves")
    func edits() {
        let card = Card(capped).buy("10", day: 1, as: "first").buy("20", day: 2).edit("first", to: "50")
        #expect(card.state.stampsEarned == 4)
        #expect(card.history.transactions.map(\.withheld) == [3, 0])
        #expect(card.edit("first", to: "20").state.balance == 4)
        #expect(card.edit("first", to: "0").state.balance == 2)
    }
}
