import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage

/// A good ledger whose copies are damaged: its files, its structure, and what it should say.
struct DamagedLedger: Sendable {
    static let root: FilePath = "/ledger"
    static let manifest: FilePath = "/ledger/MANIFEST"

    /// The ledger as it is checked in.
    let disk: MemoryDisk
    /// A log of another id with the same records in the same batches.
    let foreign: MemoryDisk
    /// All files, in order.
    let files: [FilePath]
    /// The segments, in order, with their batches.
    let segments: [LogDescription.Segment]
    /// The end of the log.
    let head: LogHead
    /// Every record.
    let records: [StoredRecord]

    /// Loads a ledger from a directory of the file system.
    init(loading path: FilePath) throws {
        let source = MemoryDisk()
        try source.load(path, from: POSIXStorage())
        disk = MemoryDisk()
        for file in source.paths where file.lastComponent != "LOCK" {
            var relative = file
            _ = relative.removePrefix(path)
            disk.put(source[file] ?? [], at: Self.root.pushing(relative))
        }
        files = disk.paths
        segments = try EventLog.describe(at: Self.root, storage: disk).segments
        let reader = try EventLog.openReadOnly(at: Self.root, storage: disk).makeReader()
        head = reader.head
        records = try Self.records(reader)
        foreign = try Self.copy(of: segments, records)
    }

    func bytes(_ file: FilePath) -> [UInt8] { disk[file] ?? [] }

    static func records(_ reader: LogReader) throws -> [StoredRecord] {
        var all: [StoredRecord] = []
        try reader.forEachBlock(sections: .all) { block in block.forEach { all.append(StoredRecord(block, $0)) } }
        return all
    }

    /// A log of another id in which the same batches are written.
    private static func copy(of segments: [LogDescription.Segment], _ records: [StoredRecord]) throws -> MemoryDisk {
        let disk = MemoryDisk()
        var options = EventLogOptions(now: { 0 })
        options.segmentCapacity = segments[0].header.capacity
        let log = try EventLog.create(at: root, storage: disk, options: options)
        var rest = records[...]
        for batch in segments.flatMap(\.batches) where batch.header.kind != .seal {
            guard batch.header.kind == .events else {
                try log.writeMarker()
                continue
            }
            var builder = BatchBuilder(blockBytes: 256)
            for record in rest.prefix(batch.header.recordCount) {
                try builder.append(
                    id: record.id ?? .opaque(high: 0, low: 0),
                    stream: record.stream,
                    eventCount: record.eventCount,
                    facts: record.facts,
                    details: record.details
                )
            }
            rest = rest.dropFirst(batch.header.recordCount)
            _ = try log.append(builder, recordedAt: batch.header.recordedAt)
        }
        let copy = MemoryDisk(copying: disk)
        try log.close()
        return copy
    }
}
