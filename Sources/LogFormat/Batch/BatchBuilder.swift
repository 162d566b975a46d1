/// Records on their way into one batch.
///
/// The builder holds the sections of each block uncompressed and in their final form; the log adds positions, checksums and
/// the chain when it appends. It can be emptied and used again without giving up its room.
public struct BatchBuilder: Sendable {
    /// A record that no batch can hold, or that this one cannot any more.
    public struct RecordTooLarge: Error, Hashable, Sendable {
        /// What is too large, and by how much, for people.
        public let reason: String
    }

    /// Where a record's bytes lie in the sections.
    struct Record: Sendable {
        var id: RecordID
        var stream: StreamNumber
        var eventCount: Int
        var facts: Range<Int>
        var details: Range<Int>
    }

    /// Where a block starts in the records and the sections.
    struct BlockStart: Sendable {
        var record: Int
        var events: Int
        var facts: Int
        var ids: Int
        var details: Int
    }

    var facts = ByteWriter()
    var ids = ByteWriter()
    var details = ByteWriter()
    var records: [Record] = []
    var blocks: [BlockStart] = []
    /// The number of events in all records.
    public private(set) var eventCount = 0

    private let blockBytes: Int
    private var previousID: RecordID?

    /// Starts empty.
    ///
    /// A new block is begun when the facts of one reach `blockBytes`.
    public init(blockBytes: Int = 96 << 10) {
        precondition(blockBytes > 0 && blockBytes <= FormatLimits.sectionBytes, "blocks of \(blockBytes) bytes")
        self.blockBytes = blockBytes
    }

    /// The number of records.
    public var recordCount: Int { records.count }
    /// Whether there are no records.
    public var isEmpty: Bool { records.isEmpty }

    /// The most bytes the batch can take on disk; compression makes it less.
    public var byteCount: Int {
        BatchHeader.emptyBatchByteCount + FormatLimits.batchAlignment - 1 + blocks.count * BlockEntry.byteCount
            + facts.count + ids.count + details.count
    }

    /// Forgets the records.
    public mutating func removeAll(keepingCapacity: Bool = true) {
        facts.removeAll(keepingCapacity: keepingCapacity)
        ids.removeAll(keepingCapacity: keepingCapacity)
        details.removeAll(keepingCapacity: keepingCapacity)
        records.removeAll(keepingCapacity: keepingCapacity)
        blocks.removeAll(keepingCapacity: keepingCapacity)
        eventCount = 0
        previousID = nil
    }

    /// Adds a record: everything one command did, never to be divided.
    ///
    /// - Precondition: `eventCount` is 1...65535.
    /// - Throws: ``RecordTooLarge`` if its facts or details exceed a section, or the batch is full; the builder is as before.
    public mutating func append(
        id: RecordID,
        stream: StreamNumber,
        eventCount: Int,
        facts recordFacts: [UInt8],
        details recordDetails: [UInt8]
    ) throws(RecordTooLarge) {
        precondition(
            eventCount >= 1 && eventCount <= FormatLimits.eventsPerRecord,
            "a record of \(eventCount) events; 1...\(FormatLimits.eventsPerRecord) are allowed"
        )
        // Two varints of 5 bytes and one of 3 stand before the facts, one of 3 before the details.
        let factsRoom = recordFacts.count + 13
        let detailsRoom = recordDetails.count + 3
        try check(factsRoom, detailsRoom)
        if needsBlock(factsRoom, detailsRoom) { beginBlock() }

        facts.varint(UInt64(stream.rawValue))
        facts.varint(UInt64(eventCount))
        facts.varint(UInt64(recordFacts.count))
        let factsStart = facts.count
        facts.bytes(recordFacts)
        ids.recordID(id, after: previousID)
        details.varint(UInt64(recordDetails.count))
        let detailsStart = details.count
        details.bytes(recordDetails)
        records.append(
            Record(
                id: id,
                stream: stream,
                eventCount: eventCount,
                facts: factsStart..<facts.count,
                details: detailsStart..<details.count
            )
        )
        previousID = id
        self.eventCount += eventCount
    }

    private func check(_ factsRoom: Int, _ detailsRoom: Int) throws(RecordTooLarge) {
        let limit = FormatLimits.sectionBytes
        guard factsRoom <= limit else {
            throw RecordTooLarge(reason: "facts of \(factsRoom) bytes; one record holds at most \(limit)")
        }
        guard detailsRoom <= limit else {
            throw RecordTooLarge(reason: "details of \(detailsRoom) bytes; one record holds at most \(limit)")
        }
        let whole = byteCount + BlockEntry.byteCount + factsRoom + detailsRoom + RecordID.canonicalByteCount
        guard whole <= FormatLimits.batchBytes, blocks.count < FormatLimits.blocksPerBatch else {
            throw RecordTooLarge(reason: "the batch is full; one holds at most \(FormatLimits.batchBytes) bytes")
        }
    }

    private func needsBlock(_ factsRoom: Int, _ detailsRoom: Int) -> Bool {
        guard let block = blocks.last else { return true }
        let limit = FormatLimits.sectionBytes
        return facts.count - block.facts >= blockBytes
            || facts.count - block.facts + factsRoom > limit
            || details.count - block.details + detailsRoom > limit
            || ids.count - block.ids + RecordID.canonicalByteCount > limit
    }

    private mutating func beginBlock() {
        blocks.append(
            BlockStart(
                record: records.count,
                events: eventCount,
                facts: facts.count,
                ids: ids.count,
                details: details.count
            )
        )
        previousID = nil
    }
}

extension BatchBuilder {
    /// Calls `body` with the number of each block and the streams of its records, in order.
    public func forEachRecordStream(_ body: (_ block: Int, _ stream: StreamNumber) -> Void) {
        for block in blocks.indices {
            let end = block + 1 < blocks.count ? blocks[block + 1].record : records.count
            for record in records[blocks[block].record..<end] { body(block, record.stream) }
        }
    }
}
