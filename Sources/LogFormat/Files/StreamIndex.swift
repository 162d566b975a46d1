/// Where in a segment the records of each stream are: derived, and kept compressed in memory as it is on disk.
///
/// A look-up finds the group of streams by binary search in a sparse table and walks the group.
public struct StreamIndex: Hashable, Sendable {
    /// A block of a batch.
    public struct BlockReference: Hashable, Sendable {
        /// The offset of the batch in the segment.
        public var batchOffset: Int
        /// The number of the block in the batch, from 0.
        public var block: Int

        /// Names a block.
        public init(batchOffset: Int, block: Int) {
            self.batchOffset = batchOffset
            self.block = block
        }
    }

    /// The segment the index belongs to, by its log.
    public let logID: LogID
    /// The segment the index belongs to, by its first position.
    public let firstPosition: Position
    /// The number of streams.
    public let streamCount: Int

    let body: [UInt8]
    private let groups: [Group]

    /// The state of a walk just before every 64th stream.
    private struct Group: Hashable {
        var firstStream: UInt32
        var streamBefore: UInt32
        var offset: Int
    }

    private static let streamsPerGroup = 64
    static let headerByteCount = 64
    static let magic: [UInt8] = [0x8b, 0x4c, 0x49, 0x58, 0x0d, 0x0a, 0x1a, 0x0a]
    static let version: UInt16 = 1
    /// More than any segment of 16 MiB can need.
    static let bodyLimit = 256 << 20

    init(logID: LogID, firstPosition: Position, streamCount: Int, body: [UInt8]) throws(DecodingFailure) {
        self.logID = logID
        self.firstPosition = firstPosition
        self.streamCount = streamCount
        self.body = body
        groups = try Self.walk(body, streamCount)
    }

    /// The blocks that hold records of a stream, in the order of the log.
    ///
    /// - Complexity: O(log s + b) for s streams and b blocks of the 64 streams around this one.
    public func blocks(of stream: StreamNumber) -> [BlockReference] {
        var low = 0
        var high = groups.count
        while low < high {
            let middle = (low + high) / 2
            if groups[middle].firstStream <= stream.rawValue { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return [] }
        return (try? Self.find(stream.rawValue, in: body, from: groups[low - 1])) ?? []
    }

    /// Every stream with its blocks, in ascending order.
    public func allStreams() -> [(stream: StreamNumber, blocks: [BlockReference])] {
        var reader = ByteReader(body)
        var stream: UInt32 = 0
        var all: [(stream: StreamNumber, blocks: [BlockReference])] = []
        for index in 0..<streamCount {
            guard let found = try? Self.next(&reader, stream, isFirst: index == 0) else { break }
            stream = found.stream
            all.append((StreamNumber(rawValue: stream), found.blocks))
        }
        return all
    }

    private static func find(
        _ wanted: UInt32,
        in body: [UInt8],
        from group: Group
    ) throws(DecodingFailure) -> [BlockReference] {
        var reader = ByteReader(body, in: group.offset..<body.count)
        var before = group.streamBefore
        var isFirst = group.offset == 0
        for _ in 0..<streamsPerGroup where !reader.isAtEnd {
            let start = reader
            let difference = try reader.varint()
            let stream = UInt64(before) + difference
            if stream == UInt64(wanted) {
                reader = start
                return try next(&reader, before, isFirst: isFirst).blocks
            }
            if stream > UInt64(wanted) { return [] }
            // Two numbers a block.
            let count = try reader.varint()
            for _ in 0..<2 * count { _ = try reader.varint() }
            before = UInt32(stream)
            isFirst = false
        }
        return []
    }

    /// Checks the whole body and notes where each group of streams begins.
    private static func walk(_ body: [UInt8], _ streamCount: Int) throws(DecodingFailure) -> [Group] {
        var reader = ByteReader(body)
        var groups: [Group] = []
        var stream: UInt32 = 0
        for index in 0..<streamCount {
            let start = reader.offset
            let found = try next(&reader, stream, isFirst: index == 0)
            if index % streamsPerGroup == 0 {
                groups.append(Group(firstStream: found.stream, streamBefore: stream, offset: start))
            }
            stream = found.stream
        }
        try reader.finish()
        return groups
    }

    private static func next(
        _ reader: inout ByteReader,
        _ before: UInt32,
        isFirst: Bool
    ) throws(DecodingFailure) -> (stream: UInt32, blocks: [BlockReference]) {
        let start = reader.offset
        let difference = try reader.varint(upTo: UInt64(UInt32.max - before), "a difference of streams")
        let count = try reader.varint(upTo: UInt64(reader.remaining), "a count of blocks")
        guard isFirst || difference > 0, count > 0 else {
            throw DecodingFailure(offset: start, expected: "ascending streams with blocks", found: "others")
        }
        var blocks: [BlockReference] = []
        blocks.reserveCapacity(Int(count))
        var unit = 0
        for _ in 0..<count {
            unit += Int(try reader.varint(upTo: 1 << 37, "a batch offset"))
            let block = Int(try reader.varint(upTo: UInt64(FormatLimits.blocksPerBatch - 1), "a block number"))
            let reference = BlockReference(batchOffset: unit * FormatLimits.batchAlignment, block: block)
            guard blocks.last.map({ $0 < reference }) ?? true else {
                throw DecodingFailure(offset: start, expected: "ascending blocks", found: "others")
            }
            blocks.append(reference)
        }
        return (before + UInt32(difference), blocks)
    }
}

extension StreamIndex.BlockReference: Comparable {
    /// Whether the left one comes first.
    public static func < (left: Self, right: Self) -> Bool {
        (left.batchOffset, left.block) < (right.batchOffset, right.block)
    }
}

extension StreamIndex {
    /// The bytes of a `.cards` file.
    public func encoded() -> [UInt8] {
        var writer = ByteWriter(capacity: Self.headerByteCount + body.count + 4)
        writer.bytes(Self.magic)
        writer.u16(Self.version)
        writer.zeros(6)
        writer.bytes(logID.bytes)
        writer.u64(firstPosition.rawValue)
        writer.u32(UInt32(streamCount))
        writer.u32(UInt32(body.count))
        writer.zeros(Self.headerByteCount - 4 - writer.count)
        writer.u32(CRC32C.checksum(writer.bytes))
        writer.bytes(body)
        writer.u32(CRC32C.checksum(body))
        return writer.bytes
    }

    /// Reads a `.cards` file.
    public static func decode(_ bytes: [UInt8]) throws(DecodingFailure) -> StreamIndex {
        var reader = ByteReader(bytes)
        let magic = try reader.bytes(magic.count)
        guard magic == Self.magic else {
            throw DecodingFailure(offset: 0, expected: "the magic of a stream index", found: Hexadecimal.text(magic))
        }
        let version = try reader.u16()
        guard version == Self.version else {
            throw DecodingFailure(offset: 8, expected: "version 1", found: "\(version)")
        }
        let reserved = try reader.skip(6)
        guard let logID = LogID(try reader.bytes(LogID.byteCount)) else {
            throw DecodingFailure(offset: 16, expected: "a log id", found: "zeros")
        }
        let first = Position(rawValue: try reader.u64())
        let streamCount = Int(try reader.u32())
        let bodyCount = Int(try reader.u32())
        let moreReserved = try reader.skip(headerByteCount - 4 - reader.offset)
        let stored = try reader.u32()
        let actual = CRC32C.checksum(bytes, in: 0..<headerByteCount - 4)
        guard stored == actual else {
            throw .checksum(
                at: headerByteCount - 4,
                stored: stored,
                actual: actual,
                of: 0..<headerByteCount - 4,
                checksumOffset: headerByteCount - 4,
                "the index header"
            )
        }
        guard ByteAccess.isZero(bytes, in: reserved), ByteAccess.isZero(bytes, in: moreReserved) else {
            throw DecodingFailure(offset: 10, expected: "zeros in the reserved bytes", found: "others")
        }
        guard bodyCount <= bodyLimit, bodyCount == reader.remaining - 4 else {
            let found = "\(reader.remaining - 4)"
            throw DecodingFailure(offset: headerByteCount, expected: "a body of \(bodyCount) bytes", found: found)
        }
        let body = try reader.bytes(bodyCount)
        let bodyStored = try reader.u32()
        let bodyActual = CRC32C.checksum(body)
        guard bodyStored == bodyActual else {
            let offset = headerByteCount + bodyCount
            throw .checksum(
                at: offset,
                stored: bodyStored,
                actual: bodyActual,
                of: headerByteCount..<offset,
                checksumOffset: offset,
                "the index body"
            )
        }
        return try StreamIndex(logID: logID, firstPosition: first, streamCount: streamCount, body: body)
    }
}
