import EventCoding
import EventLog
import Foundation
import LogFormat
import LogStorage
import LoyaltyLedger
import LoyaltyLedgerTesting
import SystemPackage
import Testing

/// A golden log: some segments, as a crash would leave them, the last batch above the last promise.
struct GoldenLog: Sendable, CustomTestStringConvertible {
    /// The name of its directory in Fixtures/golden.
    let name: String
    /// The 16 characters of its log id.
    let id: String
    let segmentCapacity: Int
    let program: Program
    let run: @Sendable (inout GoldenHistory) async throws -> Void

    /// What format 1 began with, plain stamp cards: its bytes never change.
    static let stamps = GoldenLog(
        name: "format-1",
        id: "loyalty-golden-1",
        segmentCapacity: 16 << 10,
        program: GoldenHistory.coffee,
        run: { try await $0.runFirstWeeks() }
    )

    /// All card types, two cards in one command, devices that were offline: its bytes never change either.
    static let cards = GoldenLog(
        name: "format-1-cards",
        id: "loyalty-golden-2",
        segmentCapacity: 8 << 10,
        program: GoldenHistory.bakery,
        run: { try await $0.runAllCards() }
    )

    /// Disputes: its bytes never change either.
    static let cases = GoldenLog(
        name: "format-1-cases",
        id: "loyalty-golden-4",
        segmentCapacity: 8 << 10,
        program: GoldenHistory.bakery,
        run: { try await $0.runCases() }
    )

    static let all = [stamps, cards, cases]

    /// What came later; nothing of it is checked in, since a second reader reads it as it is written.
    static let laterParts = GoldenLog(
        name: "later-parts",
        id: "loyalty-golden-3",
        segmentCapacity: 8 << 10,
        program: GoldenHistory.gallery(.entries),
        run: { try await $0.runLaterParts() }
    )

    var testDescription: String { name }

    static let root: FilePath = "/golden"
    static let repository = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
    var fixture: FilePath { Self.repository.appending("Fixtures").appending("golden").appending(name) }
    var ledger: FilePath { fixture.appending("ledger") }

    /// The ledger as it is checked in, in memory.
    func stored() throws -> MemoryDisk {
        let disk = MemoryDisk()
        disk.put(try Self.bytes(ledger.appending("MANIFEST")), at: Self.root.appending("MANIFEST"))
        let log = ledger.appending("log")
        for name in try POSIXStorage().list(log) {
            disk.put(try Self.bytes(log.appending(name)), at: Self.root.appending("log").appending(name))
        }
        return disk
    }

    /// The events, as `LedgerDump` prints them.
    func lines() throws -> [String] {
        String(decoding: try Self.bytes(fixture.appending("events.jsonl")), as: UTF8.self)
            .split(separator: "\n").map(String.init)
    }

    /// The records of its cards, decoded.
    func cardRecords() throws -> [CardRecord] {
        var records: [CardRecord] = []
        try EventLog.openReadOnly(at: Self.root, storage: stored()).makeReader().forEachBlock(sections: .all) { block in
            try block.forEach { entry in
                guard entry.stream != .ledger, let id = entry.id else { return }
                records.append(
                    try CardRecordCoding.decode(
                        facts: ByteReader(block.facts, in: entry.facts),
                        details: ByteReader(block.details, in: entry.details),
                        id: id,
                        card: CardNumber(entry.stream.rawValue),
                        eventCount: entry.eventCount,
                        recordedAt: Timestamp(milliseconds: block.recordedAt)
                    )
                )
            }
        }
        return records
    }

    static func bytes(_ path: FilePath) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path.string)))
    }

    /// The ledger as this version writes it.
    func written() async throws -> MemoryDisk {
        let records = try await records()
        let disk = MemoryDisk()
        var options = EventLogOptions(now: { GoldenHistory.start.milliseconds })
        options.segmentCapacity = segmentCapacity
        let id = Array(id.utf8)
        options.makeLogID = { LogID(id) ?? .random() }
        let log = try EventLog.create(at: Self.root, storage: disk, options: options)
        for (number, batch) in batches(records).enumerated() {
            // Some batches are promised by the next one, some by a marker.
            if number % 8 == 5 { try log.writeMarker() }
            var builder = BatchBuilder(blockBytes: 256)
            for record in batch {
                try builder.append(
                    id: record.id ?? .opaque(high: 0, low: 0),
                    stream: record.stream,
                    eventCount: record.eventCount,
                    facts: record.facts,
                    details: record.details
                )
            }
            _ = try log.append(builder, recordedAt: batch[0].recordedAt)
        }
        let crashed = MemoryDisk(copying: disk)
        crashed.lose(Self.root.appending("LOCK"))
        try log.close()
        return crashed
    }

    /// The records of the golden history, out of a ledger with ordinary segments.
    private func records() async throws -> [StoredRecord] {
        let options = LedgerOptions(storage: MemoryDisk(), segmentCapacity: 1 << 20)
        let ledger = try await Ledger.create(
            at: "/history",
            program: program,
            clock: .manual,
            options: options
        )
        var history = GoldenHistory(ledger)
        try await run(&history)
        try await ledger.close()
        var records: [StoredRecord] = []
        let reader = try EventLog.openReadOnly(at: "/history", storage: options.storage).makeReader()
        try reader.forEachBlock(sections: .all) { block in
            block.forEach { records.append(StoredRecord(block, $0)) }
        }
        return records
    }

    /// One batch for each recorded time.
    private func batches(_ records: [StoredRecord]) -> [[StoredRecord]] {
        var batches: [[StoredRecord]] = []
        for record in records {
            if batches.last?.first?.recordedAt == record.recordedAt {
                batches[batches.count - 1].append(record)
            } else {
                batches.append([record])
            }
        }
        return batches
    }
}
