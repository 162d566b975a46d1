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

    let body: [UInt8]
    private let table: StreamIndexTable

    /// The segment the index belongs to, by its log.
    public var logID: LogID { table.header.logID }
    /// The segment the index belongs to, by its first position.
    public var firstPosition: Position { table.header.firstPosition }
    /// The number of streams.
    public var streamCount: Int { table.header.streamCount }

    init(logID: LogID, firstPosition: Position, streamCount: Int, body: [UInt8]) throws(DecodingFailure) {
        self.body = body
        let header = StreamIndexHeader(
            logID: logID,
            firstPosition: firstPosition,
            streamCount: streamCount,
            bodyByteCount: body.count
        )
        table = StreamIndexTable(header, try Self.walk(body, streamCount), of: body)
    }

    /// The blocks that hold records of a stream, in the order of the log.
    ///
    /// - Complexity: O(log s + b) for s streams and b blocks of the 128 streams around this one.
    public func blocks(of stream: StreamNumber) -> [BlockReference] { table.blocks(of: stream, inBody: body) }

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

    /// The blocks of a stream in a group, which the reader stands before.
    static func find(
        _ wanted: UInt32,
        in group: ByteReader,
        after streamBefore: UInt32,
        _ isFirstGroup: Bool
    ) throws(DecodingFailure) -> [BlockReference] {
        var (reader, before, isFirst) = (group, streamBefore, isFirstGroup)
        for _ in 0..<StreamIndexTable.streamsPerGroup where !reader.isAtEnd {
            let start = reader
            let difference = try reader.varint(upTo: UInt64(UInt32.max - before), "a difference of streams")
            let stream = before + UInt32(difference)
            if stream == wanted {
                reader = start
                return try next(&reader, before, isFirst: isFirst).blocks
            }
            if stream > wanted { return [] }
            // Two numbers a block.
            let count = try reader.varint(upTo: UInt64(reader.remaining), "a count of blocks")
            for _ in 0..<2 * count { _ = try reader.varint() }
            before = stream
            isFirst = false
        }
        return []
    }

    /// Checks the whole body and notes where each group of streams begins.
    private static func walk(_ body: [UInt8], _ streamCount: Int) throws(DecodingFailure) -> [StreamIndexTable.Start] {
        var reader = ByteReader(body)
        var starts: [StreamIndexTable.Start] = []
        var stream: UInt32 = 0
        for index in 0..<streamCount {
            let start = reader.offset
            let found = try next(&reader, stream, isFirst: index == 0)
            if index % StreamIndexTable.streamsPerGroup == 0 {
                starts.append((firstStream: found.stream, streamBefore: stream, offset: start))
            }
            stream = found.stream
        }
        try reader.finish()
        return starts
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
    /// The bytes of a `.cards` file: header, table, body, each behind or before its checksum.
    public func encoded() -> [UInt8] {
        var writer = ByteWriter(capacity: StreamIndexTable.byteCount(table.header) + body.count + 4)
        table.header.encode(to: &writer)
        table.encode(to: &writer)
        writer.bytes(body)
        writer.u32(CRC32C.checksum(body))
        return writer.bytes
    }

    /// Reads a whole `.cards` file and checks every byte of it.
    public static func decode(_ bytes: [UInt8]) throws(DecodingFailure) -> StreamIndex {
        let header = try StreamIndexHeader(decoding: bytes)
        let table = header.version == 1 ? nil : try StreamIndexTable(decoding: bytes, header)
        let start = table == nil ? StreamIndexHeader.byteCount : StreamIndexTable.byteCount(header)
        guard header.bodyByteCount == bytes.count - start - 4 else {
            let found = "\(bytes.count - start - 4)"
            throw DecodingFailure(offset: start, expected: "a body of \(header.bodyByteCount) bytes", found: found)
        }
        var reader = ByteReader(bytes, in: start..<bytes.count)
        let body = try reader.bytes(header.bodyByteCount)
        let (stored, actual) = (try reader.u32(), CRC32C.checksum(body))
        guard stored == actual else {
            let offset = start + header.bodyByteCount
            throw .checksum(
                at: offset,
                stored: stored,
                actual: actual,
                of: start..<offset,
                checksumOffset: offset,
                "the index body"
            )
        }
        let index = try StreamIndex(
            logID: header.logID,
            firstPosition: header.firstPosition,
            streamCount: header.streamCount,
            body: body
        )
        guard table == nil || table == index.table else {
            let offset = StreamIndexHeader.byteCount
            throw DecodingFailure(offset: offset, expected: "the table of the body behind it", found: "another")
        }
        return index
    }
}
