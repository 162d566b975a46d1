import EventLog
import LogFormat

/// What the log should hold: every acknowledged batch, and perhaps the one that was on its way.
struct LogModel {
    /// Records of acknowledged batches, in order.
    private(set) var records: [ModelRecord] = []
    /// The positions at which batches end, ascending, and how many records lie before.
    private(set) var ends: [(position: UInt64, records: Int)] = [(0, 0)]
    /// The batch that was handed over and never acknowledged.
    private(set) var pending: ModelBatch?
    /// The chain hash after the last acknowledged batch, where the log has told it.
    var chainHash: ChainHash?

    /// The last acknowledged position.
    var position: UInt64 { ends.last?.position ?? 0 }

    mutating func handOver(_ batch: ModelBatch) { pending = batch }

    /// The log said that the batch was not taken.
    mutating func refuse() { pending = nil }

    /// The log said that the batch is durable.
    mutating func acknowledge(_ hash: ChainHash?) {
        guard let batch = pending else { return }
        records += batch.records
        ends.append((position + UInt64(batch.eventCount), records.count))
        pending = nil
        chainHash = hash
    }

    /// The law of recovery: exactly the acknowledged events, or those and the whole batch that was on its way.
    mutating func accept(_ head: LogHead) throws(Violation) {
        let found = head.position.rawValue
        if found == position {
            let hash = chainHash ?? head.chainHash
            try Violation.unless(hash == head.chainHash, "the chain hash at position \(found) is another one")
            pending = nil
            return
        }
        let unacknowledged = pending.map { UInt64($0.eventCount) } ?? 0
        try Violation.unless(
            unacknowledged > 0 && found == position + unacknowledged,
            "the log ends at position \(found); \(position) was acknowledged, \(unacknowledged) more were on their way"
        )
        acknowledge(head.chainHash)
    }

    /// Compares all that a reader gives with the model, up to the end of a batch at `position` or behind; a head before the
    /// acknowledged one is allowed from `least` on.
    func compare(_ reader: LogReader, least: UInt64) throws {
        let head = reader.head.position.rawValue
        var all = records
        var known = ends
        if let pending {
            all += pending.records
            known.append((position + UInt64(pending.eventCount), all.count))
        }
        guard let end = known.last(where: { $0.position == head }), head >= least else {
            throw Violation("a reader ends at position \(head); \(least) is the least, \(position) was acknowledged")
        }
        var index = 0
        try reader.forEachBlock(sections: .all) { block throws(Violation) in
            for record in block.records {
                guard index < end.records, all[index].matches(record, in: block) else {
                    throw Violation("the record at position \(record.position) is not the one that was written")
                }
                index += 1
            }
        }
        try Violation.unless(index == end.records, "\(index) records are there of \(end.records)")
    }
}
