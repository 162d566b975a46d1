import LoyaltyDomain
import Testing

/// 3.6.
@Suite("Memberships")
struct MembershipCardTests {
    @Test("uses are limited per period, which begins anew by an event")
    func periods() {
        let card = Card(.club).visit(day: 0).visit(day: 30)
        #expect(card.visit(day: 30).refusal == .periodLimitReached(2))
        let next = card.visit(day: 31)
        #expect(next.lastEvents.first == .periodStarted(LocalDay(daysSince1970: 31)))
        #expect(next.state.membership.used == 1)
        #expect(next.state.visits == 3)
    }

    @Test("a use that is written off is free again")
    func corrections() {
        let card = Card(.club).visit(day: 1).visit(day: 2).removeVisits(1)
        #expect(card.state.membership.used == 1)
        #expect(card.visit(day: 3).refusal == nil)
    }

    @Test("a tier may limit uses per location")
    func locations() {
        let card = Card(.club).act(.setMembership(TierNumber(2), .week), day: 3)
        #expect(card.state.membership.anchor == LocalDay(daysSince1970: 3))
        #expect(card.amid { $0.usesHere = 1 }.visit(day: 4).refusal == .periodLimitReached(1))
        #expect(card.visit(day: 4).refusal == nil)
        #expect(card.act(.setMembership(TierNumber(9), .week)).refusal == .unknownTier)
    }

    @Test("a cancelled membership is not used until it is renewed")
    func cancelling() {
        let cancelled = Card(.club).act(.cancelMembership)
        #expect(cancelled.visit().refusal == .membershipCancelled)
        let renewed = cancelled.act(.renewMembership(through: LocalDay(daysSince1970: 40)))
        #expect(renewed.visit().refusal == nil)
        #expect(renewed.visit(day: 41).refusal == .cardExpired(on: LocalDay(daysSince1970: 40)))
    }

    @Test("an expiry that a payment service holds is not set by hand (S69)")
    func external() {
        let rules = CardRules.club.with { $0.subscription = Subscription(period: .month, isExternal: true) }
        #expect(Card(rules).expire(after: 3).refusal == .expiryHeldElsewhere)
        #expect(Card(rules).act(.renewMembership(through: LocalDay(daysSince1970: 9))).refusal == nil)
    }

    @Test(
        "periods count from their anchor",
        arguments: [
            (MembershipPeriod.day, "2026-03-04", "2026-03-04"), (.week, "2026-02-13", "2026-02-07"),
            (.month, "2026-02-27", "2026-01-31"), (.month, "2026-02-28", "2026-02-28"),
            (.month, "2026-03-30", "2026-02-28"), (.month, "2026-03-31", "2026-03-31"),
            (.quarter, "2026-04-29", "2026-01-31"), (.quarter, "2026-04-30", "2026-04-30"),
            (.year, "2027-01-30", "2026-01-31"), (.year, "2027-01-31", "2027-01-31"),
            (.year, "2025-01-01", "2026-01-31"),
        ]
    )
    func starts(period: MembershipPeriod, day: String, start: String) {
        let anchor = known(LocalDay("2026-01-31"))
        #expect(period.start(of: known(LocalDay(day)), from: anchor) == known(LocalDay(start)))
    }
}
