import EventLog
import Foundation
import LogFormat
import LogStorage
import LoyaltyLedger
import LoyaltyLedgerTesting
import SystemPackage

/// The golden log: three segments of 16 KiB, as a crash would leave them, the last batch above the last promise.
enum GoldenLog {
    static let root: FilePath = "/golden"
    static let repository = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
    static let fixture = repository.appending("Fixtures").appending("golden").appending("format-1")
    static var ledger: FilePath { fixture.appending("ledger") }

    /// The ledger as it is checked in, in memory.
    static func stored() throws -> MemoryDisk {
        let disk = MemoryDisk()
        for name in ["MANIFEST"] { disk.put(try bytes(ledger.appending(name)), at: root.appending(name)) }
        let log = ledger.appending("log")
        for name in try POSIXStorage().list(log) {
            disk.put(try bytes(log.appending(name)), at: root.appending("log").appending(name))
        }
        return disk
    }

    /// The events, as `LedgerDump` prints them.
    static func lines() throws -> [String] {
        String(decoding: try bytes(fixture.appending("events.jsonl")), as: UTF8.self)
            .split(separator: "\n").map(String.init)
    }

    static func bytes(_ path: FilePath) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path.string)))
    }

    /// The ledger as this version writes it.
    static func written() async throws -> MemoryDisk {
        let records = try await records()
        let disk = MemoryDisk()
        var options = EventLogOptions(now: { GoldenHistory.start.milliseconds })
        options.segmentCapacity = 16 << 10
        options.makeLogID = { LogID(Array("loyalty-golden-1".utf8)) ?? .random() }
        let log = try EventLog.create(at: root, storage: disk, options: options)
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
        crashed.lose(root.appending("LOCK"))
        try log.close()
        return crashed
    }

    /// The records of the golden history, out of a ledger with ordinary segments.
    private static func records() async throws -> [StoredRecord] {
        let options = LedgerOptions(storage: MemoryDisk(), segmentCapacity: 1 << 20)
        let ledger = try await Ledger.create(
            at: "/history",
            program: GoldenHistory.coffee,
            clock: .manual,
            options: options
        )
        var history = GoldenHistory(ledger)
        try await history.run()
        try await ledger.close()
        var records: [StoredRecord] = []
        let reader = try EventLog.openReadOnly(at: "/history", storage: options.storage).makeReader()
        try reader.forEachBlock(sections: .all) { block in
            block.forEach { records.append(StoredRecord(block, $0)) }
        }
        return records
    }

    /// One batch for each recorded time.
    private static func batches(_ records: [StoredRecord]) -> [[StoredRecord]] {
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
