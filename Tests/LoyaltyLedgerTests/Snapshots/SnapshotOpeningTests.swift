import Foundation
import Snapshots
import Testing

@testable import LoyaltyLedger

/// Whatever became of the snapshots, opening gives the same state.
@Suite struct SnapshotOpeningTests {
    @Test(arguments: 1...4)
    func equalsOpeningWithout(seed: UInt64) async throws {
        let shop = try await BusyShop(seed: seed)
        for _ in 0..<2 {
            try await shop.record(200)
            let with = try await shop.open()
            #expect(with.snapshotReport.loaded == shop.positions.first)
            #expect(with.snapshotReport.foldedEvents == 0)
            #expect(with.snapshotReport.passedOver.isEmpty)
            // On with a tail behind the snapshot, without another snapshot.
            try await shop.record(60, in: with)
            let live = with.whole
            let profiles = with.cards
            try await with.close()

            let withTail = try await shop.open()
            #expect(withTail.snapshotReport.loaded == shop.positions.first)
            #expect(withTail.snapshotReport.foldedEvents > 0)
            #expect(withTail.whole == live)
            try await withTail.close()

            let bare = try shop.copy()
            try bare.removeSnapshots()
            let without = try await bare.open()
            #expect(without.snapshotReport.loaded == nil)
            #expect(without.snapshotReport.foldedEvents == without.summary.events)
            #expect(without.whole == live)
            #expect(without.cards.map(\.state) == profiles.map(\.state))
            try await without.close()
        }
        #expect(shop.positions.count == 2)
    }

    @Test func anIdIsAnsweredOnceAcrossASnapshot() async throws {
        let shop = try await BusyShop(seed: 11)
        let card = try #require(CardID("A"))
        let now = Timestamp(milliseconds: 1_900_000_000_000)
        for id in [CommandID.sequence(source: 3, number: 5), .opaque(high: 5, low: 6)] {
            let command = CardCommand(.purchase(Money(MinorUnits(2500), BusyShop.usd)), on: card, at: now)
            let request = CommandRequest(command, id: id, issuing: CardIssue(), recordedAt: now)
            let ledger = try await shop.open(.onClose)
            let first = try #require(try await ledger.execute([request]).first).get()
            try await ledger.close()
            let again = try await shop.open()
            #expect(again.snapshotReport.loaded != nil)
            let second = try #require(try await again.execute([request]).first).get()
            #expect(second.isRepeat)
            #expect(second.positions == first.positions)
            try await again.close()
        }
    }

    @Test func aDamagedOneFallsBackToTheOneBefore() async throws {
        let shop = try await BusyShop(seed: 12)
        try await shop.record(200)
        try await shop.record(200)
        let whole = try await wholeWithoutSnapshots(shop)
        let (newest, older) = (shop.positions[0], shop.positions[1])

        try shop.damage(newest)
        var ledger = try await shop.open()
        #expect(ledger.snapshotReport.loaded == older)
        #expect(ledger.snapshotReport.foldedEvents == newest - older)
        #expect(ledger.snapshotReport.passedOver.map(\.reason) == [.damaged])
        #expect(ledger.whole == whole)
        try await ledger.close()

        try shop.damage(older)
        ledger = try await shop.open(.onClose)
        #expect(ledger.snapshotReport.loaded == nil)
        #expect(ledger.snapshotReport.passedOver.map(\.reason) == [.damaged, .damaged])
        #expect(ledger.whole == whole)
        // Closing writes a good one, since none served.
        try await ledger.close()
        ledger = try await shop.open()
        #expect(ledger.snapshotReport.loaded == newest)
        try await ledger.close()
    }

    @Test func oneOfAnotherLedgerIsPassedOver() async throws {
        let shop = try await BusyShop(seed: 13)
        let other = try await BusyShop(seed: 14)
        try await shop.record(200)
        try await other.record(400)
        let whole = try await wholeWithoutSnapshots(shop)
        try shop.take(from: other)
        let ledger = try await shop.open()
        #expect(ledger.snapshotReport.passedOver.map(\.reason) == [.foreign])
        #expect(ledger.snapshotReport.loaded == shop.positions[1])
        #expect(ledger.whole == whole)
        try await ledger.close()
    }

    /// The machine lost its power and its disk forgot what it had called durable: the snapshot knows more than the log.
    @Test func oneNewerThanTheLogIsPassedOver() async throws {
        let shop = try await BusyShop(seed: 15)
        try await shop.record(200)
        let past = try shop.copy()
        try await shop.record(100)
        let newer = try past.take(from: shop)
        let whole = try await wholeWithoutSnapshots(past)
        let ledger = try await past.open()
        #expect(ledger.snapshotReport.passedOver.map(\.reason) == [.notInLog])
        #expect(ledger.snapshotReport.loaded == past.positions[1])
        #expect(ledger.whole == whole)
        try await ledger.close()

        // Other events take the place of the lost ones: the position may be there again, the history is not.
        let rewritten = try await past.open()
        var requests: [CommandRequest] = []
        for number in 1...(newer - rewritten.summary.events) {
            let now = Timestamp(milliseconds: 1_900_000_000_000)
            let command = CardCommand(.addStamps(1), on: try #require(CardID("card-1")), at: now)
            requests.append(CommandRequest(command, id: .opaque(high: 99, low: number), recordedAt: now))
        }
        var position = rewritten.summary.events
        for request in requests where position < newer {
            _ = try await rewritten.execute([request])
            position = rewritten.summary.events
        }
        try await rewritten.close()
        let after = try await past.open()
        let reason = try #require(after.snapshotReport.passedOver.first?.reason)
        #expect(reason == (position == newer ? .otherHistory : .notInLog))
        #expect(after.whole == (try await wholeWithoutSnapshots(past)))
        try await after.close()
    }

    @Test func earlierSegmentsAreNotRead() async throws {
        let shop = try await BusyShop(seed: 16)
        try await shop.record(2000)
        let whole = try await wholeWithoutSnapshots(shop)
        let segments = try FileManager.default.contentsOfDirectory(atPath: shop.path + "/log")
            .filter { $0.hasSuffix(".segment") }.sorted()
        try #require(segments.count > 2)
        let first = URL(fileURLWithPath: shop.path + "/log/" + segments[0])
        var bytes = try Data(contentsOf: first)
        bytes[5000] ^= 1
        try bytes.write(to: first)
        let ledger = try await shop.open()
        #expect(ledger.snapshotReport.loaded == shop.positions[0])
        #expect(ledger.whole == whole)
        // Replay reads them, and says what it finds.
        await #expect(throws: LedgerError.self) { _ = try await ledger.replay() }
        try await ledger.close()
    }

    @Test func readersUseThemAndWriteNone() async throws {
        let shop = try await BusyShop(seed: 17)
        try await shop.record(200)
        try await shop.record(100, snapshots: .never)
        let positions = shop.positions
        let whole = try await wholeWithoutSnapshots(shop)
        let reader = try await shop.open(.onClose, access: .readOnly)
        #expect(reader.snapshotReport.loaded == positions[0])
        #expect(reader.snapshotReport.foldedEvents > 0)
        #expect(reader.whole == whole)
        try await reader.close()
        #expect(shop.positions == positions)
        try shop.removeSnapshots()
        let without = try await shop.open(.onClose, access: .readOnly)
        #expect(without.whole == whole)
        try await without.close()
        #expect(shop.positions.isEmpty)
    }

    /// A reader beside a writer may see less than the writer's last snapshot.
    @Test func readersPassOverWhatTheyCannotSeeYet() async throws {
        let shop = try await BusyShop(seed: 18)
        try await shop.record(200)
        let past = try shop.copy()
        try await shop.record(100)
        try past.take(from: shop)
        let reader = try await past.open(access: .readOnly)
        #expect(reader.snapshotReport.passedOver.map(\.reason) == [.notInLog])
        #expect(reader.snapshotReport.loaded == past.positions[1])
        try await reader.close()
    }

    private func wholeWithoutSnapshots(_ shop: BusyShop) async throws -> [UInt8] {
        let bare = try shop.copy()
        try bare.removeSnapshots()
        let ledger = try await bare.open(access: .readOnly)
        return ledger.whole
    }
}
