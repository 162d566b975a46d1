internal import EventCoding
internal import EventLog
internal import LogFormat
internal import LoyaltyDomain

/// Records of one card, one behind the other as bytes: a quarter of what they take as values.
///
/// Each is what the log has of it: position and recorded time as differences to the record before, the id, the event count, facts and
/// details behind their counts.
struct PackedRecords {
    /// A place between two records, and what the record behind it builds on.
    struct Index {
        fileprivate var offset = 0
        fileprivate var position: UInt64 = 0
        fileprivate var recordedAt = Timestamp(milliseconds: 0)
    }

    private var writer = ByteWriter(capacity: usualByteCount)
    /// The place behind the last record.
    private(set) var endIndex = Index()
    /// The number of records.
    private(set) var count = 0
    /// Room for the first few records, as most cards have few.
    private static let usualByteCount = 96

    /// The bytes the records take.
    var byteCount: Int { writer.count }

    /// Adds a record behind the others.
    mutating func append(
        position: UInt64,
        recordedAt: Timestamp,
        id: RecordID,
        eventCount: Int,
        facts: ArraySlice<UInt8>,
        details: ArraySlice<UInt8>
    ) {
        writer.varint(position - endIndex.position)
        writer.zigzag(recordedAt.milliseconds - endIndex.recordedAt.milliseconds)
        writer.recordID(id, after: nil)
        writer.varint(UInt64(eventCount))
        writer.varint(UInt64(facts.count))
        writer.bytes(facts)
        writer.varint(UInt64(details.count))
        if !details.isEmpty { writer.bytes(details) }
        endIndex = Index(offset: writer.count, position: position, recordedAt: recordedAt)
        count += 1
    }

    /// Calls `body` with each record from a place on, in order.
    ///
    /// - Complexity: O(n) in the bytes from there on.
    func forEach(
        of card: CardNumber,
        from start: Index = Index(),
        _ body: (CardRecord) throws(CommandError) -> Void
    ) throws(CommandError) {
        var reader = ByteReader(writer.bytes, in: start.offset..<writer.count)
        var before = start
        while !reader.isAtEnd {
            let record: CardRecord
            do throws(DecodingFailure) {
                record = try next(&reader, of: card, &before)
            } catch {
                throw .ledger(.undecodable(error, at: before.position))
            }
            try body(record)
        }
    }

    private func next(
        _ reader: inout ByteReader,
        of card: CardNumber,
        _ before: inout Index
    ) throws(DecodingFailure) -> CardRecord {
        before.position += try reader.varint()
        before.recordedAt = Timestamp(milliseconds: before.recordedAt.milliseconds + (try reader.zigzag()))
        let id = try reader.recordID(after: nil)
        let eventCount = Int(try reader.varint())
        let facts = try reader.skip(Int(try reader.varint()))
        let details = try reader.skip(Int(try reader.varint()))
        return try CardRecordCoding.decode(
            facts: ByteReader(writer.bytes, in: facts),
            details: ByteReader(writer.bytes, in: details),
            id: id,
            card: card,
            eventCount: eventCount,
            recordedAt: before.recordedAt
        )
    }
}

extension PackedRecords {
    /// Adds a record that was encoded for the log.
    mutating func append(_ record: CardRecord, first: UInt64, encoded: (facts: [UInt8], details: [UInt8])) {
        append(
            position: first,
            recordedAt: record.recordedAt,
            id: RecordID(record.commandID),
            eventCount: record.events.count,
            facts: encoded.facts[...],
            details: encoded.details[...]
        )
    }

    /// Encodes a record and adds it.
    mutating func append(_ record: CardRecord, first: UInt64) {
        var (facts, details) = (ByteWriter(), ByteWriter())
        CardRecordCoding.encode(record, facts: &facts, details: &details)
        append(record, first: first, encoded: (facts.bytes, details.bytes))
    }
}

extension LogReader {
    /// All records of a card.
    func packedRecords(of card: CardNumber) throws(LedgerError) -> PackedRecords {
        try LedgerError.reading { () throws -> PackedRecords in
            var records = PackedRecords()
            let stream = StreamNumber(rawValue: card.rawValue)
            // The writer keeps them itself.
            try forEachRecord(ofStream: stream, sections: .all, isKept: false) { block, entry in
                guard let id = entry.id else { preconditionFailure("the block was decoded without its ids") }
                records.append(
                    position: entry.position.rawValue,
                    recordedAt: Timestamp(milliseconds: block.recordedAt),
                    id: id,
                    eventCount: entry.eventCount,
                    facts: block.facts[entry.facts],
                    details: block.details[entry.details]
                )
            }
            return records
        }
    }
}
