/// The first 64 bytes of a stream index.
public struct StreamIndexHeader: Hashable, Sendable {
    /// The version of the format: 1 has no table between header and body.
    public let version: UInt16
    /// The log of the segment.
    public let logID: LogID
    /// The first position of the segment.
    public let firstPosition: Position
    /// The number of streams.
    public let streamCount: Int
    /// The length of the body.
    public let bodyByteCount: Int

    /// Bytes of a header.
    public static let byteCount = 64
    /// The version that is written.
    public static let newestVersion: UInt16 = 2

    static let magic: [UInt8] = [0x8b, 0x4c, 0x49, 0x58, 0x0d, 0x0a, 0x1a, 0x0a]
    /// More than any segment of 16 MiB can need.
    private static let bodyLimit = 256 << 20

    /// The header of an index that is written now.
    init(logID: LogID, firstPosition: Position, streamCount: Int, bodyByteCount: Int) {
        version = Self.newestVersion
        self.logID = logID
        self.firstPosition = firstPosition
        self.streamCount = streamCount
        self.bodyByteCount = bodyByteCount
    }

    /// Reads a header from the first bytes of a `.cards` file.
    public init(decoding bytes: [UInt8]) throws(DecodingFailure) {
        var reader = ByteReader(bytes)
        let magic = try reader.bytes(Self.magic.count)
        guard magic == Self.magic else {
            throw DecodingFailure(offset: 0, expected: "the magic of a stream index", found: Hexadecimal.text(magic))
        }
        version = try reader.u16()
        guard (1...Self.newestVersion).contains(version) else {
            throw DecodingFailure(offset: 8, expected: "version 1 or 2", found: "\(version)")
        }
        let reserved = try reader.skip(6)
        guard let logID = LogID(try reader.bytes(LogID.byteCount)) else {
            throw DecodingFailure(offset: 16, expected: "a log id", found: "zeros")
        }
        self.logID = logID
        firstPosition = Position(rawValue: try reader.u64())
        streamCount = Int(try reader.u32())
        bodyByteCount = Int(try reader.u32())
        let end = Self.byteCount - 4
        let moreReserved = try reader.skip(end - reader.offset)
        let (stored, actual) = (try reader.u32(), CRC32C.checksum(bytes, in: 0..<end))
        guard stored == actual else {
            throw .checksum(
                at: end,
                stored: stored,
                actual: actual,
                of: 0..<end,
                checksumOffset: end,
                "the index header"
            )
        }
        guard ByteAccess.isZero(bytes, in: reserved), ByteAccess.isZero(bytes, in: moreReserved) else {
            throw DecodingFailure(offset: 10, expected: "zeros in the reserved bytes", found: "others")
        }
        // A stream takes at least four bytes.
        guard bodyByteCount <= Self.bodyLimit, streamCount <= bodyByteCount / 4 else {
            let found = "\(streamCount) streams in \(bodyByteCount) bytes"
            throw DecodingFailure(offset: 48, expected: "streams that fit their body", found: found)
        }
    }

    func encode(to writer: inout ByteWriter) {
        let start = writer.count
        writer.bytes(Self.magic)
        writer.u16(version)
        writer.zeros(6)
        writer.bytes(logID.bytes)
        writer.u64(firstPosition.rawValue)
        writer.u32(UInt32(streamCount))
        writer.u32(UInt32(bodyByteCount))
        writer.zeros(start + Self.byteCount - 4 - writer.count)
        writer.u32(CRC32C.checksum(writer.bytes, in: start..<writer.count))
    }
}
