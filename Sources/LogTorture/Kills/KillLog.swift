import EventLog
import LogFormat
import LoyaltyLedgerTesting

/// A log in which every event can be told from its position alone.
enum KillLog {
    static let options = EventLogOptions(segmentCapacity: 64 << 10)

    /// The batch behind a position.
    static func batch(after position: UInt64) -> BatchBuilder {
        var random = SeededRandom(seed: position)
        var batch = BatchBuilder(blockBytes: 4096)
        for number in 1...UInt64(1 + random.below(6)) {
            do {
                try batch.append(
                    id: .sequence(source: 1, number: position + number),
                    stream: .ledger,
                    eventCount: 1,
                    facts: facts(at: position + number),
                    details: []
                )
            } catch {
                preconditionFailure("a record that small fits: \(error)")
            }
        }
        return batch
    }

    /// The facts of the event at a position.
    static func facts(at position: UInt64) -> [UInt8] {
        var random = SeededRandom(seed: position &* 3)
        return BatchShape.noise(&random, 10 + random.below(random.chance(5) ? 9000 : 300))
    }

    /// Compares the events from a position on with what they must be.
    static func check(_ reader: LogReader, from first: UInt64) throws {
        var next = first
        try reader.forEachBlock(from: Position(rawValue: first), sections: .all) { block throws(Violation) in
            for record in block.records where record.position.rawValue >= first {
                try Violation.unless(record.position.rawValue == next, "position \(next) is missing")
                try Violation.unless(
                    block.facts[record.facts].elementsEqual(facts(at: next)),
                    "the event at position \(next) is another one"
                )
                next += 1
            }
        }
        try Violation.unless(next == reader.head.position.rawValue + 1, "the log ends before its head")
    }
}
