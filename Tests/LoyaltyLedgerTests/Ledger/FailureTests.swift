import EventLog
import LoyaltyLedger
import Testing

@Suite struct FailureTests {
    /// A failed sync answers everybody in the batch with the failure, shows none of it, and ends the writing for good.
    @Test func aFailedSyncPoisonsTheLedger() async throws {
        let disk = CountingStorage()
        let shop = try await Shop(options: LedgerOptions(storage: disk, segmentCapacity: 64 << 10))
        try await shop.run(.addStamps(2))
        disk.failSyncs()
        await #expect(throws: CommandError.self) { try await shop.run(.addStamps(5)) }
        #expect(try shop.state().balance == 2)
        do {
            try await shop.run(.addStamps(1))
            Issue.record("a poisoned ledger took a command")
        } catch CommandError.ledger(let error) {
            #expect(error.log?.code == .poisoned || error.log?.code == .io)
        }
        #expect(try shop.state().balance == 2)
    }

    @Test func malformedCommandsAreTurnedAwayAndNotRemembered() async throws {
        let shop = try await Shop()
        try await shop.run(.addStamps(1))
        let before = shop.ledger.summary.events
        let long = String(repeating: "x", count: 5000)
        for context in [CommandContext(reference: long), CommandContext(internalNote: long)] {
            await #expect(throws: CommandError.self) { try await shop.run(.addStamps(1), context: context) }
        }
        await #expect(throws: CommandError.self) {
            try await shop.run(.addStamps(1), at: Timestamp(milliseconds: .max))
        }
        await #expect(throws: CommandError.self) {
            try await shop.run(.addStamps(1), id: .sequence(source: 0, number: 9))
        }
        let unknown = CardCommand(.addStamps(1), on: shop.card("nobody"), at: Shop.noon)
        await #expect(throws: CommandError.self) { _ = try await shop.ledger.execute(unknown, id: shop.id()) }
        #expect(shop.ledger.summary.events == before)
    }

    @Test func aDirectoryThatIsNoLedgerSaysSo() async throws {
        do {
            _ = try await Ledger.open(at: "/")
            Issue.record("/ is no ledger")
        } catch let error as LedgerError {
            #expect(error.log?.code == .notALog)
        }
    }

    @Test func aDirectoryThatHoldsSomethingIsNotOverwritten() async throws {
        let shop = try await Shop()
        await #expect(throws: LedgerError.self) {
            _ = try await Ledger.create(at: shop.path, program: Shop.program())
        }
    }

    @Test func programsThatContradictThemselvesAreTurnedAway() async throws {
        let shop = try await Shop()
        var rules = Shop.coffee
        rules.rewards = .unlock(per: 0)
        await #expect(throws: CommandError.self) {
            _ = try await shop.ledger.define(Shop.program(rules), id: shop.id())
        }
        let yen = Program(id: ProgramID("coffee")!, currency: Currency("JPY")!, timeZone: "UTC", rules: Shop.coffee)
        await #expect(throws: CommandError.self) { _ = try await shop.ledger.define(yen, id: shop.id()) }
    }
}
