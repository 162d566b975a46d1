import LoyaltyDomain
import Testing

/// R14, D9 and D19: the last valid day.
@Suite("Expiry")
struct ExpiryTests {
    private func fullCard(_ expired: ExpiredRedemption = .allowed) -> Card {
        Card(.spend(expired: expired)).buy("120", day: 1).expire(after: 10)
    }

    @Test("the card is valid through the day, and not after it (R14)")
    func through() {
        #expect(fullCard().buy("10", day: 10).refusal == nil)
        #expect(fullCard().buy("10", day: 11).refusal == .cardExpired(on: LocalDay(daysSince1970: 10)))
    }

    @Test("nothing is earned after it: purchase, visit, stamps and grants are refused (R14)")
    func earning() {
        let expired = Refusal.cardExpired(on: LocalDay(daysSince1970: 10))
        let card = fullCard()
        #expect(card.visit(day: 11).refusal == expired)
        #expect(card.add(1, day: 11).refusal == expired)
        #expect(card.grant(1, day: 11).refusal == expired)
    }

    @Test(
        "rewards are redeemed by policy: always, never, or for some days (R14)",
        arguments: [
            (.allowed, 400, true), (.denied, 10, true), (.denied, 11, false),
            (.graceDays(5), 15, true), (.graceDays(5), 16, false), (.graceDays(.max), 4000, true),
        ] as [(ExpiredRedemption, Int, Bool)]
    )
    func redeeming(policy: ExpiredRedemption, day: Int, isAllowed: Bool) {
        let card = fullCard(policy).redeem(1, day: day)
        #expect((card.refusal == nil) == isAllowed)
        if !isAllowed { #expect(card.refusal == .cardExpired(on: LocalDay(daysSince1970: 10))) }
    }

    @Test("corrections stay allowed (D19)")
    func corrections() {
        let id = CommandID.opaque(high: 5, low: 5)
        let card = Card().buy("125", day: 1, as: "it").grant(1, id: id).expire(after: 10)
        #expect(card.refund("10", day: 20).refusal == nil)
        #expect(card.edit("it", to: "20", day: 20).refusal == nil)
        #expect(card.edit("it", to: "220", day: 20).refusal == nil)
        #expect(card.removeVisits(1, day: 20).refusal == nil)
        #expect(card.remove(1, day: 20).refusal == nil)
        #expect(card.take(1, as: .expired, day: 20).refusal == nil)
        #expect(card.reverseGrant(id, day: 20).refusal == nil)
    }

    @Test("the end is recorded once, before the first command after it, refused or not (D9)")
    func dueFact() {
        let ended = CardEvent.cardExpired(LocalDay(daysSince1970: 10))
        let refused = fullCard().buy("10", day: 12)
        #expect(refused.lastEvents.first == ended)
        #expect(refused.lastEvents.count == 2)
        let refunded = refused.refund("10", day: 13)
        #expect(!refunded.lastEvents.contains(ended))
        #expect(refunded.refusal == nil)
    }

    @Test("a past day is allowed and expires the card at once (R14)")
    func pastDay() {
        let card = Card().buy("20", day: 8).expire(after: 5)
        let day = LocalDay(daysSince1970: 5)
        #expect(card.lastEvents == [.expirySet(day), .cardExpired(day)])
        #expect(card.buy("10").refusal == .cardExpired(on: day))
    }

    @Test("a later day, or none, brings the card back; the end is due again (R14)")
    func reactivation() {
        let expired = fullCard().buy("10", day: 12)
        #expect(expired.expire(after: 30).buy("10", day: 30).refusal == nil)
        #expect(expired.expire(after: nil).buy("10", day: 3000).refusal == nil)
        let again = expired.expire(after: 30).buy("10", day: 31)
        #expect(again.lastEvents.first == .cardExpired(LocalDay(daysSince1970: 30)))
    }

    @Test("a late purchase from before the end is taken, as the day of it was valid (D19)")
    func late() {
        let card = fullCard().buy("10", day: 20).buy("10", day: 9)
        #expect(card.refusal == nil)
        #expect(card.lastEvents.count == 1)
    }

    @Test("a till whose clock is ahead expires nothing (D9)")
    func clockAhead() {
        var card = fullCard()
        card.run(
            .purchase(card.money("10")),
            at: Timestamp(milliseconds: 100 * 86_400_000),
            on: LocalDay(daysSince1970: 100),
            recordedAt: card.recordedAt
        )
        #expect(card.refusal == .occurredInFuture)
        #expect(card.lastEvents.count == 1)
        #expect(!card.state.isExpiryRecorded)
    }
}
