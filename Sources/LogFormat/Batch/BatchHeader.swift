/// The first 96 bytes of a batch.
public struct BatchHeader: Hashable, Sendable {
    /// What the batch is for.
    public var kind: BatchKind
    /// The length of the whole batch, header and trailer included, in bytes.
    public var length: Int
    /// The position of the first event; of the next event in a marker or seal.
    public var firstPosition: Position
    /// The number of events; 0 in a marker or seal.
    public var eventCount: Int
    /// The number of records; 0 in a marker or seal.
    public var recordCount: Int
    /// The number of blocks; 0 in a marker or seal.
    public var blockCount: Int
    /// When the ledger learnt of the events, UTC milliseconds.
    public var recordedAt: Int64
    /// The promise: bytes of the segment below this offset were durable before the batch was written.
    public var syncedThrough: Int
    /// The first eight bytes of the chain hash before the batch.
    public var previousLink: UInt64
    /// The chain hash after the batch.
    public var chainHash: ChainHash
    /// The checksum of the block directory.
    var directoryChecksum: UInt32 = 0
    /// The checksum of the header itself.
    public internal(set) var checksum: UInt32 = 0

    /// The length of a header, in bytes.
    public static let byteCount = 96
    /// The length of a trailer, in bytes.
    public static let trailerByteCount = 8
    /// The length of a marker or a seal, and the least of any batch, in bytes.
    public static let emptyBatchByteCount = byteCount + trailerByteCount

    static let trailerMagic: UInt32 = 0x3144_4e45

    enum Offset {
        static let kind = 0
        static let length = kind + 4
        static let firstPosition = length + 4
        static let eventCount = firstPosition + 8
        static let recordCount = eventCount + 4
        static let blockCount = recordCount + 4
        static let reserved = blockCount + 2
        static let recordedAt = reserved + 6
        static let syncedThrough = recordedAt + 8
        static let previousLink = syncedThrough + 8
        static let chainHash = previousLink + 8
        static let directoryChecksum = chainHash + ChainHash.byteCount
        static let checksum = directoryChecksum + 4
    }

    /// The position of the event behind the batch.
    public var nextPosition: Position { firstPosition.advanced(by: eventCount) }
    /// The length of the directory behind the header, in bytes.
    public var directoryByteCount: Int { blockCount * BlockEntry.byteCount }
}

extension BatchHeader {
    /// Appends the 96 bytes, with the checksum of a header that lies at `fileOffset`, and keeps that checksum.
    mutating func encode(to output: inout ByteWriter, at fileOffset: Int, in segment: SegmentIdentity) {
        let start = output.count
        output.u32(kind.rawValue)
        output.u32(UInt32(length))
        output.u64(firstPosition.rawValue)
        output.u32(UInt32(eventCount))
        output.u32(UInt32(recordCount))
        output.u16(UInt16(blockCount))
        output.zeros(Offset.recordedAt - Offset.reserved)
        output.i64(recordedAt)
        output.u64(UInt64(syncedThrough))
        output.u64(previousLink)
        output.bytes(chainHash.bytes)
        output.u32(directoryChecksum)
        checksum = segment.checksum(
            output.bytes,
            in: start..<start + Offset.checksum,
            number: UInt64(fileOffset),
            part: .header
        )
        output.u32(checksum)
        assert(output.count - start == Self.byteCount, "a batch header of \(output.count - start) bytes")
    }

    /// Whether the bytes at `index` begin like a batch; a cheap test before ``decode(_:at:fileOffset:in:)``.
    public static func beginsBatch(_ bytes: [UInt8], at index: Int) -> Bool {
        BatchKind(rawValue: ByteAccess.load(bytes, at: index, as: UInt32.self)) != nil
    }

    /// Reads the header at `index` of `bytes`, which lies at `fileOffset` of a segment.
    ///
    /// Nothing but the checksum is looked at before the checksum is right. Offsets of failures are those of the file.
    public static func decode(
        _ bytes: [UInt8],
        at index: Int,
        fileOffset: Int,
        in segment: SegmentIdentity
    ) throws(DecodingFailure) -> BatchHeader {
        guard index >= 0, index + byteCount <= bytes.count else {
            let found = "\(max(bytes.count - index, 0)) bytes"
            throw DecodingFailure(offset: fileOffset, expected: "a batch header of 96 bytes", found: found)
        }
        let stored = ByteAccess.load(bytes, at: index + Offset.checksum, as: UInt32.self)
        let covered = index..<index + Offset.checksum
        let actual = segment.checksum(bytes, in: covered, number: UInt64(fileOffset), part: .header)
        guard stored == actual || Mutant.lives(.headerChecksumIgnored) else {
            let place = fileOffset + Offset.checksum
            throw .checksum(
                at: place,
                stored: stored,
                actual: actual,
                of: fileOffset..<place,
                checksumOffset: place,
                "the batch header"
            )
        }
        let header: BatchHeader
        do {
            header = try fields(bytes, at: index)
            try header.check()
        } catch {
            throw error.shifted(by: fileOffset)
        }
        return header
    }

    /// The fields, unchecked but for what does not fit their types; offsets of failures count from the header.
    private static func fields(_ bytes: [UInt8], at index: Int) throws(DecodingFailure) -> BatchHeader {
        var reader = ByteReader(bytes, in: index..<index + byteCount)
        let rawKind = try reader.u32()
        guard let kind = BatchKind(rawValue: rawKind) else {
            throw DecodingFailure(offset: 0, expected: "BAT1, MRK1 or SEA1", found: Hexadecimal.text(rawKind))
        }
        let length = Int(try reader.u32())
        let firstPosition = Position(rawValue: try reader.u64())
        let eventCount = Int(try reader.u32())
        let recordCount = Int(try reader.u32())
        let blockCount = Int(try reader.u16())
        let reserved = try reader.skip(Offset.recordedAt - Offset.reserved)
        guard ByteAccess.isZero(bytes, in: reserved) else {
            throw DecodingFailure(offset: Offset.reserved, expected: "zeros in the reserved bytes", found: "others")
        }
        let recordedAt = try reader.i64()
        let promise = try reader.u64()
        guard let syncedThrough = Int(exactly: promise) else {
            throw DecodingFailure(offset: Offset.syncedThrough, expected: "an offset in the file", found: "\(promise)")
        }
        let link = try reader.u64()
        guard let hash = ChainHash(try reader.bytes(ChainHash.byteCount)) else {
            throw DecodingFailure(offset: Offset.chainHash, expected: "32 bytes", found: "fewer")
        }
        return BatchHeader(
            kind: kind,
            length: length,
            firstPosition: firstPosition,
            eventCount: eventCount,
            recordCount: recordCount,
            blockCount: blockCount,
            recordedAt: recordedAt,
            syncedThrough: syncedThrough,
            previousLink: link,
            chainHash: hash,
            directoryChecksum: try reader.u32(),
            checksum: try reader.u32()
        )
    }

    /// The relations between the fields; offsets of failures count from the header.
    private func check() throws(DecodingFailure) {
        guard length >= Self.emptyBatchByteCount, length <= FormatLimits.batchBytes,
            length % FormatLimits.batchAlignment == 0
        else {
            let wanted = "a length of 104...\(FormatLimits.batchBytes), a multiple of 8"
            throw DecodingFailure(offset: Offset.length, expected: wanted, found: "\(length)")
        }
        guard firstPosition >= .first, firstPosition.rawValue < UInt64.max / 2 else {
            throw DecodingFailure(offset: Offset.firstPosition, expected: "a position", found: "\(firstPosition)")
        }
        if kind == .events {
            guard blockCount >= 1, blockCount <= FormatLimits.blocksPerBatch else {
                throw DecodingFailure(offset: Offset.blockCount, expected: "1...1024 blocks", found: "\(blockCount)")
            }
            guard recordCount >= blockCount, eventCount >= recordCount else {
                let found = "\(eventCount) events in \(recordCount) records in \(blockCount) blocks"
                throw DecodingFailure(offset: Offset.eventCount, expected: "events >= records >= blocks", found: found)
            }
        } else {
            guard blockCount == 0, recordCount == 0, eventCount == 0, length == Self.emptyBatchByteCount else {
                throw DecodingFailure(offset: Offset.eventCount, expected: "an empty \(kind)", found: "contents")
            }
        }
    }
}
