import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage

/// A small log on a simulated disk.
enum LogFixture {
    static let root: FilePath = "/ledger"
    static let log: FilePath = "/ledger/log"
    static let first: FilePath = "/ledger/log/0000000000000001.segment"
    static let options = EventLogOptions(segmentCapacity: 64 << 10, now: { 1_700_000_000_000 })

    static func disk() throws -> SimulatedDisk {
        let disk = SimulatedDisk()
        try disk.createDirectory("/")
        return disk
    }

    static func create(_ disk: any LogStorage) throws -> EventLog {
        try EventLog.create(at: root, storage: disk, options: options)
    }

    static func open(_ disk: any LogStorage) throws -> EventLog {
        try EventLog.open(at: root, storage: disk, options: options)
    }

    /// A batch of records of streams 0...4, with facts that do not compress.
    static func batch(_ number: Int, records: Int = 3, factsBytes: Int = 40) -> BatchBuilder {
        var batch = BatchBuilder(blockBytes: 2048)
        for record in 0..<records {
            let seed = number &* 1000 &+ record
            do {
                try batch.append(
                    id: .sequence(source: 1, number: UInt64(seed)),
                    stream: StreamNumber(rawValue: UInt32(seed % 5)),
                    eventCount: 1 + record % 2,
                    facts: noise(seed, factsBytes),
                    details: record == 0 ? Array("batch \(number)".utf8) : []
                )
            } catch {
                preconditionFailure("a record that small fits: \(error)")
            }
        }
        return batch
    }

    static func noise(_ seed: Int, _ count: Int) -> [UInt8] {
        var state = UInt64(truncatingIfNeeded: seed) &+ 1
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
    }

    /// Every record of a log, in order.
    static func records(_ reader: LogReader) throws -> [StoredRecord] {
        var all: [StoredRecord] = []
        try reader.forEachBlock(sections: .all) { block in
            block.forEach { all.append(StoredRecord(block, $0)) }
        }
        return all
    }

    /// Appends batches from number `first` on until there are `segments` segments.
    static func fill(_ log: EventLog, _ disk: any LogStorage, segments: Int, from first: Int = 0) throws -> Int {
        var number = first
        while try disk.list(self.log).filter({ $0.hasSuffix(".segment") }).count < segments {
            _ = try log.append(batch(number, records: 20, factsBytes: 200), recordedAt: Int64(number))
            number += 1
        }
        return number
    }
}
