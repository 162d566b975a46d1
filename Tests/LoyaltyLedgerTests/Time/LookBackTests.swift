import Foundation
import LogFormat
import Snapshots
import Testing

@testable import LoyaltyLedger

/// From which state questions about the past begin: it costs time, and never an answer.
@Suite struct LookBackTests {
    /// A shop with some snapshots, the recorded time and the cards at each, oldest first.
    private func filled(
        seed: UInt64
    ) async throws -> (shop: BusyShop, told: [(position: UInt64, at: Timestamp, cards: [CardProfile])]) {
        let shop = try await BusyShop(seed: seed)
        let policy = SnapshotPolicy(
            eventsBeforeClose: 1,
            eventsWhileRunning: nil,
            kept: .init(newest: 9, days: 0, weeks: 0, months: 0)
        )
        var told: [(UInt64, Timestamp, [CardProfile])] = []
        for _ in 0..<4 {
            try await shop.record(100, snapshots: policy)
            let ledger = try await shop.open(access: .readOnly)
            told.append((ledger.summary.events, ledger.state.copy.recordedAt, ledger.cards))
        }
        return (shop, told)
    }

    @Test(arguments: [LedgerOptions.Access.readOnly, .readWrite])
    func theNearestSnapshotServes(access: LedgerOptions.Access) async throws {
        let (shop, told) = try await filled(seed: 41)
        #expect(shop.positions.count == 4)
        let ledger = try await shop.open(access: access)
        for (position, instant, cards) in told {
            #expect(try await ledger.cards(asOf: .known(at: instant)) == cards)
            let lookBack = try #require(ledger.snapshotReport.lookedBack)
            #expect(lookBack.start == position && lookBack.foldedEvents == 0 && lookBack.passedOver.isEmpty)
        }
        // A little earlier the one before serves, and what lies between is folded.
        let earlier = told[2].at.advanced(byMilliseconds: -1)
        let answer = try await ledger.cards(asOf: .known(at: earlier))
        #expect(ledger.snapshotReport.lookedBack?.start == told[1].position)
        #expect(ledger.snapshotReport.lookedBack.map { $0.foldedEvents > 0 } == true)
        try shop.removeSnapshots()
        #expect(try await ledger.cards(asOf: .known(at: earlier)) == answer)
        #expect(ledger.snapshotReport.lookedBack?.start == nil)
        try await ledger.close()
    }

    @Test func oneServesOnlyIfAllInItCounts() async throws {
        let (shop, told) = try await filled(seed: 42)
        let ledger = try await shop.open()
        for (position, _, cards) in told {
            let summary = try shop.store.summary(at: .init(rawValue: position))
            let reach = Timestamp(milliseconds: summary.binding.greatestEffectiveAt)
            let answer = try await ledger.cards(asOf: .occurred(reach))
            // Later snapshots may serve too, where nothing in them counts from later on.
            #expect(ledger.snapshotReport.lookedBack.map { ($0.start ?? 0) >= position } == true)
            #expect(answer.count == cards.count)
            _ = try await ledger.cards(asOf: .occurred(reach.advanced(byMilliseconds: -1)))
            #expect(ledger.snapshotReport.lookedBack.map { ($0.start ?? 0) < position } == true)
        }
        try await ledger.close()
    }

    @Test func aBadOneIsPassedOverAndReported() async throws {
        let (shop, told) = try await filled(seed: 43)
        let foreign = try await BusyShop(seed: 44)
        try await foreign.record(200)
        try shop.damage(told[2].position)
        try shop.take(from: foreign)
        let ledger = try await shop.open()
        #expect(try await ledger.cards(asOf: .known(at: told[2].at)) == told[2].cards)
        let lookBack = try #require(ledger.snapshotReport.lookedBack)
        #expect(lookBack.start == told[1].position)
        #expect(lookBack.passedOver.map(\.reason) == [.damaged])
        try await ledger.close()
    }

    /// One card is read through the stream index: what lies in other blocks may even be damaged.
    @Test func oneCardIsReadFromItsOwnBlocks() async throws {
        let shop = try await BusyShop(seed: 45)
        try await shop.record(1500, snapshots: .never)
        let ledger = try await shop.open(access: .readOnly)
        let segments = try FileManager.default.contentsOfDirectory(atPath: shop.path + "/log")
            .filter { $0.hasSuffix(".segment") }.sorted()
        try #require(segments.count > 2)
        let second = try #require(UInt64(segments[1].prefix(16), radix: 16))
        let all = try await ledger.foldHistory(into: [CardID: (UInt64, Timestamp)]()) { found, entry in
            found[entry.card] = found[entry.card] ?? (entry.entry.position, entry.entry.recordedAt)
        }
        // Of a card that has events before the second segment, all that was recorded before it begins is asked for.
        let (card, first) = try #require(all.min { $0.value.0 < $1.value.0 })
        let point = PointInTime.known(at: first.1)
        let expected = try await ledger.card(card, asOf: point)
        let file = URL(fileURLWithPath: shop.path + "/log/" + segments[1])
        var bytes = try Data(contentsOf: file)
        for offset in stride(from: 4096, to: bytes.count - 4096, by: 512) { bytes[offset] ^= 1 }
        try bytes.write(to: file)
        #expect(first.0 < second)
        #expect(try await ledger.card(card, asOf: point) == expected)
        #expect(expected != nil)
        await #expect(throws: LedgerError.self) { _ = try await ledger.cards(asOf: .occurred(.epoch)) }
    }
}
