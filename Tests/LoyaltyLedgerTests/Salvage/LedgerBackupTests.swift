import EventLog
import Foundation
import LogFormat
import LogStorage
import LoyaltyLedger
import Testing

/// What must hold of a copy that is made while tills go on.
@Suite struct LedgerBackupTests {
    @Test("what was acknowledged before the call is in the copy, while commands go on, from inside and from outside")
    func whileWriting() async throws {
        let shop = try await Shop()
        defer { try? FileManager.default.removeItem(atPath: shop.path + "-copies") }
        try FileManager.default.createDirectory(atPath: shop.path + "-copies", withIntermediateDirectories: true)
        for number in 0..<40 { try await shop.run(.purchase(shop.money("12.00")), on: "C-\(number % 7)") }
        let ledger = shop.ledger
        let money = shop.money("3.00")
        let till = Task { () -> Int in
            var done: UInt64 = 0
            while !Task.isCancelled {
                done += 1
                let card = try #require(CardID("T-\(done % 5)"))
                let request = CommandRequest(
                    CardCommand(.purchase(money), on: card, at: Shop.noon),
                    id: .opaque(high: 99, low: done),
                    context: CommandContext(source: .scanner),
                    issuing: CardIssue()
                )
                _ = try #require(try await ledger.execute([request]).first).get()
            }
            return Int(done)
        }
        for (number, isInside) in [true, false, true, false].enumerated() {
            let acknowledged = try await shop.run(.purchase(shop.money("20.00")), on: "B-\(number)")
            let place = "\(shop.path)-copies/\(number)"
            let report =
                isInside
                ? try await ledger.backup(to: place)
                : try await Ledger.backup(from: shop.path, to: place, options: shop.options)
            let last = acknowledged.positions.upperBound
            #expect(report.head.position.rawValue >= last)
            #expect(try await Ledger.verify(at: place, options: shop.options).isGood)
            let copy = try await Ledger.open(at: place, options: shop.options)
            #expect(copy.card(shop.card("B-\(number)")) != nil)
            #expect(copy.summary.events == UInt64(report.events))
            #expect(try await copy.replay().isEqual)
            _ = try await copy.execute(
                CardCommand(.purchase(money), on: shop.card("B-\(number)"), at: Shop.noon),
                id: .opaque(high: 98, low: UInt64(number))
            )
            try await copy.close()
        }
        till.cancel()
        // The till stops where its task was cancelled; what it had said before is all that counts here.
        _ = await till.result
        try await ledger.close()
    }

    @Test("the newest snapshot goes with the copy, and serves there")
    func snapshot() async throws {
        let shop = try await Shop(
            options: LedgerOptions(
                segmentCapacity: 64 << 10,
                snapshots: SnapshotPolicy(eventsBeforeClose: 1, eventsWhileRunning: nil)
            )
        )
        let place = shop.path + "-copy"
        defer { try? FileManager.default.removeItem(atPath: place) }
        for number in 0..<20 { try await shop.run(.purchase(shop.money("12.00")), on: "C-\(number % 7)") }
        try await shop.ledger.close()
        let report = try await Ledger.backup(from: shop.path, to: place, options: shop.options)
        let copy = try await Ledger.open(at: place, options: shop.options)
        #expect(copy.snapshotReport.loaded == report.head.position.rawValue)
        #expect(copy.snapshotReport.foldedEvents == 0)
        #expect(try await copy.replay().isEqual)
        try await copy.close()
        let verified = try await Ledger.verify(at: place, options: shop.options)
        #expect(verified.files.contains { $0.kind == .snapshot && $0.status == .good })
    }
}
