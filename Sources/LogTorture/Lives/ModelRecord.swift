import Foundation
import LogFormat
import LoyaltyLedgerTesting

/// A record as it was handed to the log.
struct ModelRecord {
    var stream: StreamNumber
    var eventCount: Int
    var id: RecordID
    var recordedAt: Int64
    var facts: [UInt8]
    var details: [UInt8]

    /// Whether the log gives back the same.
    func matches(_ record: RecordEntry, in block: DecodedBlock) -> Bool {
        record.stream == stream && record.eventCount == eventCount && record.id == id
            && block.recordedAt == recordedAt && Self.same(block.facts, record.facts, facts)
            && Self.same(block.details, record.details, details)
    }

    private static func same(_ bytes: [UInt8], _ range: Range<Int>, _ others: [UInt8]) -> Bool {
        guard range.count == others.count else { return false }
        return bytes.withUnsafeBytes { left in
            others.withUnsafeBytes { right in
                guard let start = left.baseAddress, let other = right.baseAddress else { return true }
                return memcmp(start + range.lowerBound, other, range.count) == 0
            }
        }
    }
}

/// A batch on its way into the log.
struct ModelBatch {
    var records: [ModelRecord] = []

    var eventCount: Int { records.reduce(0) { $0 + $1.eventCount } }

    /// The same batch as the log takes it.
    func builder(blockBytes: Int) -> BatchBuilder {
        var builder = BatchBuilder(blockBytes: blockBytes)
        for record in records {
            do {
                try builder.append(
                    id: record.id,
                    stream: record.stream,
                    eventCount: record.eventCount,
                    facts: record.facts,
                    details: record.details
                )
            } catch {
                preconditionFailure("a record that small fits: \(error)")
            }
        }
        return builder
    }
}
