import LoyaltyDomain
import Testing

/// D5: from when an event counts, and what stood on a past day.
@Suite("Effective time")
struct EffectiveTimeTests {
    private func asOf(_ day: Int64, _ card: Card) -> EffectSum {
        EffectSum(card.events, asOf: Timestamp(milliseconds: (day + 1) * 86_400_000 - 1))
    }

    @Test("+8 on day 10, late +4 on day 5: day 5 has 4 stamps and no reward, day 10 has 2 and 1 (D5)")
    func vector() {
        let card = Card().add(8, day: 10).add(4, day: 5)
        #expect(asOf(5, card).balance == 4)
        #expect(asOf(5, card).available == 0)
        #expect(asOf(10, card).balance == 2)
        #expect(asOf(10, card).available == 1)
        #expect(asOf(4, card).balance == 0)
    }

    @Test("additions count from when they occurred, takings after everything before them")
    func kinds() {
        let late = Card().buy("50", day: 9).buy("30", day: 3)
        #expect(late.events.last?.effectiveAt == late.records.last?.moment.occurredAt)
        let refunded = late.refund("10", day: 5)
        #expect(refunded.events.last?.effectiveAt == refunded.records[1].moment.occurredAt)
        #expect(asOf(5, refunded).lifetimeValue == 3000)
        #expect(asOf(9, refunded).lifetimeValue == 7000)
    }

    @Test("a late redemption counts no earlier than the reward it takes")
    func redemption() {
        let card = Card().buy("100", day: 9).redeem(1, day: 4)
        #expect(card.refusal == nil)
        #expect(asOf(8, card).available == 0)
        #expect(asOf(9, card).available == 0)
        #expect(card.state.lastRedeemedAt == card.state.greatestEffectiveAt)
    }

    @Test("a late addition pays debt when the debt was made, and counts until then")
    func debt() {
        let owing = CardRules.spend(1, per: 1000, .perTransaction, .carryAsDebt)
        let card = Card(owing).buy("100", day: 8).refund("100", day: 9).add(4, day: 2)
        #expect(asOf(3, card).balance == 4)
        #expect(asOf(3, card).debt == 0)
        #expect(asOf(9, card).balance == 0)
        #expect(asOf(9, card).debt == 6)
    }

    @Test("a refusal holds nothing back, however far ahead its clock was")
    func refusals() {
        var card = Card().buy("50", day: 2)
        card.run(
            .redeemRewards(1, purchase: card.money("0")),
            at: .latest,
            on: known(LocalDay("9999-12-31")),
            recordedAt: card.recordedAt
        )
        #expect(card.refusal == .occurredInFuture)
        let refunded = card.refund("10", day: 3)
        #expect(refunded.events.last?.effectiveAt == refunded.records.last?.moment.occurredAt)
    }

    @Test("no event counts before it occurred")
    func neverBefore() {
        let card = Card().buy("120", day: 9).redeem(1, day: 4).refund("20", day: 2).buy("5", day: 1).redeem(5, day: 1)
        for record in card.records {
            #expect(record.events.allSatisfy { $0.effectiveAt >= record.moment.occurredAt })
        }
    }
}
