/// The bytes that the chain is hashed over: free of compression, masks and the division into blocks.
struct CanonicalBytes {
    private var writer: ByteWriter
    private var position: Position

    /// Begins a batch behind the hash before it.
    init(after hash: ChainHash, firstPosition: Position, recordCount: Int, recordedAt: Int64, capacity: Int = 0) {
        writer = ByteWriter(capacity: capacity + ChainHash.byteCount + 20)
        position = firstPosition
        writer.bytes(hash.bytes)
        writer.u64(firstPosition.rawValue)
        writer.u32(UInt32(recordCount))
        writer.i64(recordedAt)
    }

    /// Adds the next record.
    mutating func append(
        id: RecordID,
        stream: StreamNumber,
        eventCount: Int,
        facts: ArraySlice<UInt8>,
        details: ArraySlice<UInt8>
    ) {
        writer.u64(position.rawValue)
        writer.u32(stream.rawValue)
        writer.u16(UInt16(eventCount))
        writer.canonicalID(id)
        writer.u32(UInt32(facts.count))
        writer.bytes(facts)
        writer.u32(UInt32(details.count))
        writer.bytes(details)
        position = position.advanced(by: eventCount)
    }

    /// The hash after the batch.
    func hash() -> ChainHash { ChainHash(hashing: writer.bytes) }
}

extension BatchBuilder {
    /// The chain hash after this batch.
    func chainHash(after hash: ChainHash, firstPosition: Position, recordedAt: Int64) -> ChainHash {
        var canonical = CanonicalBytes(
            after: hash,
            firstPosition: firstPosition,
            recordCount: records.count,
            recordedAt: recordedAt,
            capacity: facts.count + details.count + records.count * 39
        )
        for record in records {
            canonical.append(
                id: record.id,
                stream: record.stream,
                eventCount: record.eventCount,
                facts: facts.bytes[record.facts],
                details: details.bytes[record.details]
            )
        }
        return canonical.hash()
    }
}

/// Recomputes the chain hash of a batch from its decoded blocks, in order.
public struct ChainHasher {
    private var canonical: CanonicalBytes

    /// Begins the batch with this header, behind the hash before it.
    public init(_ header: BatchHeader, after hash: ChainHash) {
        canonical = CanonicalBytes(
            after: hash,
            firstPosition: header.firstPosition,
            recordCount: header.recordCount,
            recordedAt: header.recordedAt
        )
    }

    /// Adds a block, decoded with all sections.
    ///
    /// - Precondition: `block` holds ids and details.
    public mutating func append(_ block: DecodedBlock) {
        for record in block.records {
            guard let id = record.id else { preconditionFailure("a block decoded without ids cannot be hashed") }
            canonical.append(
                id: id,
                stream: record.stream,
                eventCount: record.eventCount,
                facts: block.facts[record.facts],
                details: block.details[record.details]
            )
        }
    }

    /// The hash after the batch.
    public func hash() -> ChainHash { canonical.hash() }
}
