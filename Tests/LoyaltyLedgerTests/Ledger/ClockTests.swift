import LoyaltyLedger
import Testing

/// Recorded time: from the machine or by hand, and never backwards (D9).
@Suite struct ClockTests {
    private let day: Int64 = 86_400_000

    @Test func aManualClockIsSetByTheCallerAndHeldWhenItStepsBack() async throws {
        let shop = try await Shop(clock: .manual)
        let noon = Shop.noon
        let first = try await shop.run(.addStamps(1), at: noon, recordedAt: noon)
        #expect(first.recordedAt == noon)
        let earlier = noon.advanced(byMilliseconds: -day)
        #expect(try await shop.run(.addStamps(1), at: earlier, recordedAt: earlier).recordedAt == noon)
        let later = noon.advanced(byMilliseconds: day)
        #expect(try await shop.run(.addStamps(1), at: noon, recordedAt: later).recordedAt == later)
        try await shop.reopen()
        #expect(shop.ledger.clock == .manual)
        #expect(try await shop.run(.addStamps(1), at: noon, recordedAt: noon).recordedAt == later)
    }

    @Test func aManualClockMustBeSetAndASystemClockMustNot() async throws {
        let manual = try await Shop(clock: .manual)
        await #expect(throws: CommandError.self) { try await manual.run(.addStamps(1)) }
        let system = try await Shop()
        await #expect(throws: CommandError.self) { try await system.run(.addStamps(1), recordedAt: Shop.noon) }
    }

    @Test(arguments: [(600_000, true), (600_001, false)])
    func tenMinutesAheadAreTolerated(ahead: Int64, isAccepted: Bool) async throws {
        let shop = try await Shop(clock: .manual)
        try await shop.run(.addStamps(1), at: Shop.noon, recordedAt: Shop.noon)
        let time = Shop.noon.advanced(byMilliseconds: ahead)
        let receipt = try await shop.run(.addStamps(1), at: time, recordedAt: Shop.noon)
        #expect((receipt.refusal == nil) == isAccepted)
        #expect(isAccepted || receipt.refusal == .occurredInFuture)
    }

    @Test func aLaterVersionIsNeverEffectiveBeforeItWasRecorded() async throws {
        let shop = try await Shop(clock: .manual)
        try await shop.run(.purchase(shop.money("15.00")), at: Shop.noon, recordedAt: Shop.noon)
        var rules = Shop.coffee
        rules.mechanic = .spend(SpendRule(stamps: 1, per: MinorUnits(500)))
        let version = try await shop.ledger.define(
            Shop.program(rules),
            id: shop.id(),
            effectiveFrom: .epoch,
            recordedAt: Shop.noon
        )
        #expect(version == RuleVersion(2))
        let before = Shop.noon.advanced(byMilliseconds: -1)
        try await shop.run(.purchase(shop.money("15.00")), at: before, recordedAt: Shop.noon)
        #expect(try shop.state().balance == 2)
        try await shop.run(.purchase(shop.money("15.00")), at: Shop.noon, recordedAt: Shop.noon)
        #expect(try shop.state().balance == 5)
    }

    @Test func theSameProgramCommandAgainDefinesNothing() async throws {
        let shop = try await Shop()
        let id = shop.id()
        let first = try await shop.ledger.define(Shop.program(), id: id)
        #expect(try await shop.ledger.define(Shop.program(), id: id) == first)
    }
}
