import LoyaltyLedger
import LoyaltyLedgerTesting
import Testing

/// Memberships (3.6).
@Suite("Scenarios: membership") struct MembershipScenarios {
    private let gym: Scenario
    init() throws { gym = try Scenario(.gym()).given(.issue().on(day: 1)) }

    @Test("uses are limited per period, and begin anew by an event")
    func periods() async throws {
        let used = gym.given(.visit().location("north"), .visit().location("south"))
        try await used.when(.visit().location("east")).then(.refused(.periodLimitReached(2)), .uses(2))
        try await used.when(.visit().location("east").on(day: 7)).then(.refused(.periodLimitReached(2)))
        try await used.when(.visit().location("east").on(day: 8)).then(.uses(1), .visits(3), .happened("periodStarted"))
        try await used.when(.sweep.on(day: 8)).then(.uses(0), .visits(2), .happened("periodStarted"))
    }

    @Test("a place may have a limit of its own")
    func places() async throws {
        try await gym.given(.visit().location("north")).when(.visit().location("north"))
            .then(.refused(.periodLimitReached(1)), .uses(1))
        try await gym.given(.visit().location("north")).when(.visit().location("north").on(day: 8)).then(.uses(1))
    }

    @Test("another tier, another limit; a tier that is not there is refused")
    func tiers() async throws {
        try await gym.given(.membership(2, .month)).when(.visit(), .visit(), .visit()).then(
            .uses(3),
            .tier("Unlimited")
        )
        try await gym.when(.membership(3, .month)).then(.refused(.unknownTier), .tier("Basic"))
        try await gym.when(.tier(2)).then(.tier("Unlimited"))
    }

    @Test("a use that is written off is free again")
    func writeOff() async throws {
        try await gym.given(.visit().location("north"), .removeVisits(1)).when(.visit().location("north")).then(
            .uses(1)
        )
        try await gym.when(.removeVisits(1)).then(.refused(.exceedsVisits(0)))
    }

    @Test("a cancelled membership is not used until it is paid again; cancelled twice is refused")
    func cancelling() async throws {
        let ended = gym.given(.cancelMembership)
        try await ended.when(.visit()).then(.refused(.membershipCancelled))
        try await ended.when(.cancelMembership).then(.refused(.membershipCancelled))
        try await ended.given(.renew(throughDay: 30)).when(.visit()).then(.uses(1), .validThrough(day: 30))
    }

    @Test("check-in outside the validity fails")
    func validity() async throws {
        try await gym.given(.renew(throughDay: 30)).when(.visit().on(day: 31))
            .then(.refused(.cardExpired(on: .scenario(30))))
    }

    @Test("an expiry that a payment service holds is renewed, never set by hand (S69)")
    func external() async throws {
        let card = try Scenario(.gym(isExternal: true)).given(.issue().on(day: 1))
        try await card.when(.expiry(day: 30)).then(.refused(.expiryHeldElsewhere), .validThrough(day: nil))
        try await card.when(.renew(throughDay: 30)).then(.validThrough(day: 30))
        try await gym.when(.expiry(day: 30)).then(.validThrough(day: 30))
    }

    @Test("no stamps, points or value")
    func nothing() async throws {
        for step in [Step.addStamps(1), .spend(1), .load(1), .claim("coffee"), .redeem(milestone: nil)] {
            try await gym.when(step).then(.refused(.notOnThisCard))
        }
    }
}
