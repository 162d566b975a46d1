// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction.
import EventLog
import Foundation
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

@testable import LoyaltyLedger

/// Where the books cannot tell, they say so, and why (DESIGN.md 7.8).
@Suite("Undecidable claims") struct UndecidableTests {
    /// Flips a byte of the batch that holds a position, in the file of an open ledger.
    private func damage(_ shop: Shop, at position: UInt64) throws {
        let description = try EventLog.describe(at: FilePath(shop.path), storage: POSIXStorage())
        let segment = try #require(description.segments.last { $0.header.firstPosition.rawValue <= position })
        let batch = try #require(
            segment.batches.last { $0.header.kind == .events && $0.header.firstPosition.rawValue <= position }
        )
        let file = FilePath(shop.path).appending("log").appending(segment.file.lastComponent!)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file.string))
        let offset = UInt64(batch.offset) + 96 + 56
        try handle.seek(toOffset: offset)
        let byte = try #require(try handle.read(upToCount: 1)?.first)
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: Data([byte ^ 1]))
        try handle.close()
    }

    @Test("damage that hides the card's records of that time leaves a claim undecided, with file and offset")
    func damage() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("60", at: 0)
        let position = shop.shop.ledger.summary.events
        try await shop.buy("30", at: 1)
        try await shop.buy("1", at: 30)
        try await shop.shop.reopen(.readOnly)
        try damage(shop.shop, at: position)
        let report = try await shop.dispute("9 stamps on 2026-01-01")
        #expect(report.verdict == .undecidable)
        #expect(report.then.holds == nil && report.now.holds == nil)
        #expect(report.obstacles.first?.kind == .damage)
        #expect(report.obstacles.first?.message.contains("segment") == true, "\(report.obstacles)")
        #expect(report.proposals.contains { $0.text.contains("backup") })
        #expect(report.statement.page(in: shop.calendar).contains("cannot be read at the moment"))
    }

    @Test("damage behind what was known then hides only what is known now")
    func laterDamage() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("90", at: 0)
        try await shop.buy("10", at: 48)
        try await shop.buy("10", at: 72)
        let position = shop.shop.ledger.summary.events
        try await shop.shop.reopen(.readOnly)
        try damage(shop.shop, at: position)
        let report = try await shop.dispute("9 stamps on 2026-01-01")
        #expect(report.verdict == .knownThen && report.now.holds == nil)
        #expect(try await shop.dispute("8 stamps on 2026-01-01").verdict == .undecidable)
        #expect(try await shop.dispute("8 stamps on 2026-01-03").verdict == .undecidable)
    }

    @Test("a receipt whose text was erased cannot be told from another")
    func erasure() async throws {
        let disk = MemoryDisk()
        let options = LedgerOptions(storage: disk)
        let ledger = try await Ledger.create(at: "/open", program: Shop.program(), clock: .manual, options: options)
        let card = CardID("C-1")!
        for (number, amount) in ["27.50", "14"].enumerated() {
            let action = CardAction.purchase(Money(decimal: amount, Shop.usd)!)
            let request = CommandRequest(
                CardCommand(action, on: card, at: Shop.noon),
                id: .opaque(high: 1, low: UInt64(number)),
                context: CommandContext(reference: "R\(number)"),
                issuing: CardIssue(),
                recordedAt: DisputeShop.at(Int64(number))
            )
            _ = try #require(try await ledger.execute([request]).first).get()
        }
        try await ledger.close()
        try seal(from: "/open", to: "/sealed", disk)
        let sealed = try await Ledger.open(at: "/sealed", options: LedgerOptions(access: .readOnly, storage: disk))
        func verdict(_ text: String) async throws -> DisputeReport {
            try #require(try await sealed.dispute(card, claim: Claim(reading: text, in: Shop.usd)))
        }
        let asked = try await verdict("purchase 27.50 on 2026-01-01 ref R0")
        #expect(asked.verdict == .undecidable && asked.obstacles.map(\.kind) == [.erasure])
        #expect(try await verdict("purchase 27.50 on 2026-01-01").verdict == .knownThen)
        #expect(try await verdict("purchase 5 on 2026-01-01 ref R0").verdict == .refuted)
    }

    /// Copies a log with every text sealed, as an erasure leaves it: tag, form 1, and bytes without a key.
    private func seal(from source: FilePath, to target: FilePath, _ disk: MemoryDisk) throws {
        let log = try EventLog.create(at: target, storage: disk)
        try EventLog.openReadOnly(at: source, storage: disk).makeReader().forEachBlock(sections: .all) { block in
            try block.forEach { entry in
                let record = StoredRecord(block, entry)
                var batch = BatchBuilder()
                try batch.append(
                    id: try #require(record.id),
                    stream: record.stream,
                    eventCount: record.eventCount,
                    facts: record.facts,
                    details: record.details.isEmpty ? [] : [1, 1, 28] + [UInt8](repeating: 7, count: 28)
                )
                _ = try log.append(batch, recordedAt: record.recordedAt)
            }
        }
        try log.close()
    }
}
