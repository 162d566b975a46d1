import EventCoding
import EventLog
import Foundation
import LogFormat
import LoyaltyLedger
import Testing

/// What a later version wrote: passed over where that version says so, and loud where it does not.
@Suite struct UnknownEventTests {
    private func shop() async throws -> Shop {
        let shop = try await Shop()
        try await shop.run(.addStamps(3))
        try await shop.ledger.close()
        return shop
    }

    @Test("an ignorable one is kept, counted and shown, and changes no figure")
    func ignorable() async throws {
        let shop = try await shop()
        var newer = try NewerLog(at: shop.path)
        let before = newer.log.head.position.rawValue
        try newer.appendIgnorable(to: CardNumber(1), stamps: 2)
        try newer.appendToLedger(isIgnorable: true)
        try newer.log.close()
        try await shop.reopen()
        let ledger = shop.ledger
        let card = try shop.state()
        #expect(card.balance == 5 && card.version == CardVersion(4) && ledger.summary.events == before + 3)
        #expect(try await ledger.replay().isEqual)

        let entry = try #require(try await ledger.history(of: shop.card())?.last)
        #expect(entry.version == CardVersion(4) && entry.stateAfter.balance == 5)
        guard case .unknown(let event) = entry.event.event else {
            Issue.record("\(entry.event.event)")
            return
        }
        #expect(event.description == "unknown event \(EventSchema.firstUnassigned + 6) (newer version)")
        #expect(event.bytes == [0xca, 0xfe])
        let entries = try #require(try await ledger.history(of: shop.card()))
        #expect(CustomerHistoryEntry.visible(in: entries).count == 3)

        var facts: [RecordedEvent.Fact] = []
        for try await event in ledger.events(after: before, following: false) { facts.append(event.fact) }
        #expect(facts.count == 3 && facts.last == .ledger(.unknown(UnknownEvent(type: 70, bytes: Array("abc".utf8)))))

        // Commands go on behind it, and what they name by card version is what it was.
        try await shop.run(.addStamps(1))
        #expect(try shop.state().version == CardVersion(5))
        let saved = shop.path + ".saved"
        defer { try? FileManager.default.removeItem(atPath: saved) }
        try await ledger.close()
        _ = try await Ledger.salvage(from: shop.path, to: saved)
        let salvaged = try await Ledger.open(at: saved, options: LedgerOptions(access: .readOnly))
        #expect(
            try await salvaged.history(of: shop.card())?.map(\.event.event)
                == ledger.history(of: shop.card())?.map(\.event.event)
        )
        #expect(salvaged.summary.events == ledger.summary.events)
    }

    @Test(
        "any other stops opening, and says which type, where, and what to do",
        arguments: [59, 64, 70, 16_385] as [UInt64]
    )
    func fatal(type: UInt64) async throws {
        let shop = try await shop()
        var newer = try NewerLog(at: shop.path)
        try newer.appendFatal(type, to: CardNumber(1))
        let position = newer.log.head.position.rawValue
        try newer.log.close()
        do {
            try await shop.reopen()
            Issue.record("it opened")
        } catch let error as LedgerError {
            #expect(error.code == .unknownEvent && error.eventType == type && error.position == position)
            #expect(error.description.contains("type \(type)") && error.description.contains("later version"))
            #expect(error.description.contains("up to \(EventSchema.newestType)"))
        }
        #expect(try await Ledger.verify(at: shop.path).isGood)
    }

    @Test("of the ledger's own events too")
    func fatalOfTheLedger() async throws {
        let shop = try await shop()
        var newer = try NewerLog(at: shop.path)
        try newer.appendToLedger(isIgnorable: false)
        try newer.log.close()
        do {
            try await shop.reopen()
            Issue.record("it opened")
        } catch let error as LedgerError {
            #expect(error.code == .unknownEvent && error.eventType == 70)
        }
    }

    @Test("a subscriber and a fold that meet one stop there, with everything before it")
    func stopsWhoFollows() async throws {
        let shop = try await shop()
        let reader = try await shop.other(.readOnly)
        let runner = try reader.runner(Trace())
        let subscriber = Task { () -> ([UInt64], LedgerError?) in
            var seen: [UInt64] = []
            do throws(LedgerError) {
                for try await event in reader.events() { seen.append(event.position) }
                return (seen, nil)
            } catch {
                return (seen, error)
            }
        }
        let run = Task { () -> LedgerError? in
            do throws(LedgerError) {
                try await runner.run()
                return nil
            } catch {
                return error
            }
        }
        var newer = try NewerLog(at: shop.path)
        try newer.appendIgnorable(to: CardNumber(1), stamps: 2)
        let last = newer.log.head.position.rawValue
        try newer.appendFatal(80, to: CardNumber(1))
        let (seen, failure) = await subscriber.value
        // The record that holds it is shown not at all, since a command is all there or not at all.
        #expect(seen == Array(1...last) && failure?.code == .unknownEvent && failure?.position == last + 2)
        #expect(await run.value?.eventType == 80)
        #expect(runner.standing.position == last && runner.standing.state.positions == Array(1...last))
        #expect(runner.standing.failure?.position == last + 2)
        try newer.log.close()
        // The checkpoint is at the last good position.
        let checkpoint = try await reader.checkpoints().first
        #expect(checkpoint?.position == last && checkpoint?.problem == nil)
    }
}
