/// The front of a stream index on disk: enough to find and check the few bytes that one stream's blocks stand in.
///
/// A log keeps one in memory for each sealed segment, 16 bytes for 128 streams, and reads the rest when it is asked.
public struct StreamIndexTable: Hashable, Sendable {
    /// The bytes of 128 streams in the body.
    struct Group: Hashable {
        var firstStream: UInt32
        /// The stream before, from which the first one's number counts.
        var streamBefore: UInt32
        /// Where they begin in the body.
        var offset: UInt32
        var checksum: UInt32
    }

    /// What the header says.
    public let header: StreamIndexHeader
    let groups: [Group]

    static let groupByteCount = 16
    static let streamsPerGroup = 128

    /// The bytes in front of the body: header, table and the table's checksum.
    ///
    /// - Precondition: `header` is of version 2.
    public static func byteCount(_ header: StreamIndexHeader) -> Int {
        StreamIndexHeader.byteCount + groupCount(header) * groupByteCount + 4
    }

    private static func groupCount(_ header: StreamIndexHeader) -> Int {
        (header.streamCount + streamsPerGroup - 1) / streamsPerGroup
    }

    /// Where a walk of a body comes to a group.
    typealias Start = (firstStream: UInt32, streamBefore: UInt32, offset: Int)

    /// Notes where the groups of a body begin, and their checksums.
    init(_ header: StreamIndexHeader, _ starts: [Start], of body: [UInt8]) {
        self.header = header
        groups = starts.indices.map { index in
            let start = starts[index]
            let end = index + 1 < starts.count ? starts[index + 1].offset : body.count
            return Group(
                firstStream: start.firstStream,
                streamBefore: start.streamBefore,
                offset: UInt32(start.offset),
                checksum: CRC32C.checksum(body, in: start.offset..<end)
            )
        }
    }

    /// Reads a table from the first bytes of a `.cards` file of version 2.
    ///
    /// - Parameter bytes: At least as many as `byteCount` says.
    public init(decoding bytes: [UInt8], _ header: StreamIndexHeader) throws(DecodingFailure) {
        self.header = header
        let (start, count) = (StreamIndexHeader.byteCount, Self.groupCount(header) * Self.groupByteCount)
        guard bytes.count >= start + count + 4 else {
            throw DecodingFailure(offset: start, expected: "\(count + 4) bytes", found: "\(bytes.count - start)")
        }
        var reader = ByteReader(bytes, in: start..<start + count + 4)
        var groups: [Group] = []
        groups.reserveCapacity(Self.groupCount(header))
        for _ in 0..<Self.groupCount(header) {
            groups.append(try Self.group(&reader, after: groups.last, bodyByteCount: header.bodyByteCount))
        }
        let (stored, actual) = (try reader.u32(), CRC32C.checksum(bytes, in: start..<start + count))
        guard stored == actual else {
            throw .checksum(
                at: start + count,
                stored: stored,
                actual: actual,
                of: start..<start + count,
                checksumOffset: start + count,
                "the index table"
            )
        }
        self.groups = groups
    }

    private static func group(
        _ reader: inout ByteReader,
        after last: Group?,
        bodyByteCount: Int
    ) throws(DecodingFailure) -> Group {
        let start = reader.offset
        let group = Group(
            firstStream: try reader.u32(),
            streamBefore: try reader.u32(),
            offset: try reader.u32(),
            checksum: try reader.u32()
        )
        let isNext =
            if let last {
                group.firstStream > last.firstStream && group.streamBefore >= last.firstStream
                    && group.offset > last.offset
            } else { group.offset == 0 && group.streamBefore == 0 }
        guard isNext, group.streamBefore <= group.firstStream, Int(group.offset) < bodyByteCount else {
            let found = "stream \(group.firstStream) after \(group.streamBefore) at \(group.offset)"
            throw DecodingFailure(offset: start, expected: "the next group of \(streamsPerGroup) streams", found: found)
        }
        return group
    }

    func encode(to writer: inout ByteWriter) {
        let start = writer.count
        for group in groups {
            for field in [group.firstStream, group.streamBefore, group.offset, group.checksum] { writer.u32(field) }
        }
        writer.u32(CRC32C.checksum(writer.bytes, in: start..<writer.count))
    }
}

extension StreamIndexTable {
    /// The bytes of the file in which a stream's blocks stand if it has any; nil where it has none.
    ///
    /// - Complexity: O(log n) in the streams.
    public func extent(of stream: StreamNumber) -> Range<Int>? {
        group(of: stream).map { extent(of: $0) }
    }

    /// The blocks that hold records of a stream, in the order of the log.
    ///
    /// - Parameter bytes: Those of `extent(of:)`.
    /// - Throws: where they are not what was written.
    /// - Complexity: O(b) for b blocks of 128 streams.
    public func blocks(
        of stream: StreamNumber,
        in bytes: [UInt8]
    ) throws(DecodingFailure) -> [StreamIndex.BlockReference] {
        guard let number = group(of: stream) else { return [] }
        let (group, extent) = (groups[number], extent(of: number))
        let actual = CRC32C.checksum(bytes)
        guard bytes.count == extent.count, actual == group.checksum else {
            throw .checksum(
                at: extent.lowerBound,
                stored: group.checksum,
                actual: actual,
                of: extent,
                checksumOffset: nil,
                "a group of streams"
            )
        }
        return try StreamIndex.find(stream.rawValue, in: ByteReader(bytes), after: group.streamBefore, number == 0)
    }

    /// The blocks that hold records of a stream, in a body that was checked.
    func blocks(of stream: StreamNumber, inBody body: [UInt8]) -> [StreamIndex.BlockReference] {
        guard let number = group(of: stream) else { return [] }
        let (reader, before) = (ByteReader(body, in: extentInBody(of: number)), groups[number].streamBefore)
        return (try? StreamIndex.find(stream.rawValue, in: reader, after: before, number == 0)) ?? []
    }

    private func extent(of number: Int) -> Range<Int> {
        let (start, extent) = (Self.byteCount(header), extentInBody(of: number))
        return start + extent.lowerBound..<start + extent.upperBound
    }

    private func extentInBody(of number: Int) -> Range<Int> {
        let end = number + 1 < groups.count ? Int(groups[number + 1].offset) : header.bodyByteCount
        return Int(groups[number].offset)..<end
    }

    /// The last group that does not begin behind a stream.
    private func group(of stream: StreamNumber) -> Int? {
        var (low, high) = (0, groups.count)
        while low < high {
            let middle = (low + high) / 2
            if groups[middle].firstStream <= stream.rawValue { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : low - 1
    }
}
