/// Records of many blocks, gathered into the buffers of one; each keeps the time it was recorded.
public struct GatheredRecords: Sendable {
    private var block = DecodedBlock()
    private var recordedAt: [Int64] = []

    /// No records.
    public init() {
        block.sections = .all
    }

    /// The bytes they take, room to grow included.
    public var byteCount: Int {
        block.facts.capacity + block.details.capacity + block.records.capacity * MemoryLayout<RecordEntry>.stride
            + recordedAt.capacity * MemoryLayout<Int64>.stride
    }

    /// Copies a record of a block that was decoded with all sections behind the others.
    ///
    /// - Complexity: O(n) in the bytes of the record.
    public mutating func append(_ record: RecordEntry, of source: DecodedBlock) {
        var copy = record
        copy.facts = block.facts.count..<block.facts.count + record.facts.count
        copy.details = block.details.count..<block.details.count + record.details.count
        block.facts.append(contentsOf: source.facts[record.facts])
        block.details.append(contentsOf: source.details[record.details])
        block.records.append(copy)
        recordedAt.append(source.recordedAt)
    }

    /// Calls `body` with each record up to a position, in the order they were gathered.
    ///
    /// Of the block, the bytes of the record's ranges and the time it was recorded are the record's; nothing else is.
    public func forEach(
        through last: Position,
        _ body: (DecodedBlock, RecordEntry) throws -> Void
    ) rethrows {
        var block = block
        for (record, time) in zip(self.block.records, recordedAt) {
            guard record.position <= last else { return }
            block.recordedAt = time
            try body(block, record)
        }
    }
}
