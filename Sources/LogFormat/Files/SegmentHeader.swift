/// The first 512 bytes of a segment: which log, which part of it, and what came before.
public struct SegmentHeader: Hashable, Sendable {
    /// The log and the number of the segment in it.
    public let identity: SegmentIdentity
    /// The position of the first event in the segment.
    public let firstPosition: Position
    /// The size of the file until it is sealed, in bytes.
    public let capacity: Int
    /// When the segment was created, UTC milliseconds; for people only.
    public let createdAt: Int64
    /// The chain hash at the end of the segment before.
    public let previousHash: ChainHash

    /// The length of a header, in bytes.
    public static let byteCount = 512

    static let magic: [UInt8] = [0x8b, 0x4c, 0x4f, 0x59, 0x0d, 0x0a, 0x1a, 0x0a]

    enum Offset {
        static let magic = 0
        static let version = magic + 8
        static let oldestReader = version + 2
        static let length = oldestReader + 2
        static let logID = length + 4
        static let ordinal = logID + LogID.byteCount
        static let firstPosition = ordinal + 8
        static let capacity = firstPosition + 8
        static let createdAt = capacity + 8
        static let previousPosition = createdAt + 8
        static let previousHash = previousPosition + 8
        static let reserved = previousHash + ChainHash.byteCount
        static let checksum = byteCount - 4
    }

    /// Describes a segment that starts at `firstPosition`.
    public init(
        identity: SegmentIdentity,
        firstPosition: Position,
        capacity: Int,
        createdAt: Int64,
        previousHash: ChainHash
    ) {
        self.identity = identity
        self.firstPosition = firstPosition
        self.capacity = capacity
        self.createdAt = createdAt
        self.previousHash = previousHash
    }

    /// The last position of the segment before.
    public var previousPosition: Position { firstPosition.advanced(by: -1) }
}

extension SegmentHeader {
    /// Why a header was refused.
    public enum Refusal: Error, Hashable, Sendable {
        /// The file does not start with the magic of a segment.
        case notASegment(DecodingFailure)
        /// A good header of a version that this reader is too old for.
        case newerFormat(version: UInt16, oldestReader: UInt16)
        /// Damage.
        case damaged(DecodingFailure)
    }

    /// The 512 bytes.
    public func encoded() -> [UInt8] {
        var writer = ByteWriter(capacity: Self.byteCount)
        writer.bytes(Self.magic)
        writer.u16(FormatLimits.version)
        writer.u16(FormatLimits.oldestReader)
        writer.u32(UInt32(Self.byteCount))
        writer.bytes(identity.logID.bytes)
        writer.u64(identity.ordinal)
        writer.u64(firstPosition.rawValue)
        writer.u64(UInt64(capacity))
        writer.i64(createdAt)
        writer.u64(previousPosition.rawValue)
        writer.bytes(previousHash.bytes)
        writer.zeros(Offset.checksum - writer.count)
        writer.u32(CRC32C.checksum(writer.bytes))
        assert(writer.count == Self.byteCount, "a header of \(writer.count) bytes")
        return writer.bytes
    }

    /// Reads a header from the first 512 bytes of `bytes`.
    ///
    /// The magic, the two version numbers and the checksum keep their places in every later version, so that an old reader
    /// tells a newer format from damage.
    public static func decode(_ bytes: [UInt8]) throws(Refusal) -> SegmentHeader {
        guard bytes.count >= byteCount else {
            throw .damaged(DecodingFailure(offset: 0, expected: "a header of 512 bytes", found: "\(bytes.count) bytes"))
        }
        guard Array(bytes[..<magic.count]) == magic else {
            let found = Hexadecimal.text(bytes[..<magic.count])
            let expected = "magic \(Hexadecimal.text(magic))"
            let bit = checksumFailure(bytes)?.flippedBit
            throw .notASegment(DecodingFailure(offset: 0, expected: expected, found: found, flippedBit: bit))
        }
        do {
            var reader = ByteReader(bytes, in: magic.count..<byteCount)
            let version = try reader.u16()
            let oldestReader = try reader.u16()
            if let failure = checksumFailure(bytes) { throw failure }
            guard oldestReader <= FormatLimits.version else {
                throw Refusal.newerFormat(version: version, oldestReader: oldestReader)
            }
            try check(version, 1...1, at: Offset.version, "version")
            try check(oldestReader, 1...1, at: Offset.oldestReader, "oldest reader")
            return try fields(&reader, bytes)
        } catch let failure as DecodingFailure {
            throw .damaged(failure)
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            preconditionFailure("only two kinds of error are thrown above, not \(error)")
        }
    }

    private static func checksumFailure(_ bytes: [UInt8]) -> DecodingFailure? {
        let covered = 0..<Offset.checksum
        let stored = ByteAccess.load(bytes, at: Offset.checksum, as: UInt32.self)
        let actual = CRC32C.checksum(bytes, in: covered)
        guard stored != actual else { return nil }
        return .checksum(
            at: Offset.checksum,
            stored: stored,
            actual: actual,
            of: covered,
            checksumOffset: Offset.checksum,
            "the segment header"
        )
    }

    private static func fields(_ reader: inout ByteReader, _ bytes: [UInt8]) throws(DecodingFailure) -> SegmentHeader {
        try check(try reader.u32(), UInt32(byteCount)...UInt32(byteCount), at: Offset.length, "header length")
        guard let logID = LogID(try reader.bytes(LogID.byteCount)) else {
            throw DecodingFailure(offset: Offset.logID, expected: "a log id", found: "zeros")
        }
        let ordinal = try reader.u64()
        let first = try reader.u64()
        try check(first, 1...(UInt64.max - 1), at: Offset.firstPosition, "first position")
        let capacity = try reader.u64()
        try check(capacity, UInt64(FormatLimits.pageBytes)...(1 << 40), at: Offset.capacity, "capacity")
        try check(capacity % UInt64(FormatLimits.pageBytes), 0...0, at: Offset.capacity, "capacity modulo 4096")
        let createdAt = try reader.i64()
        try check(try reader.u64(), (first - 1)...(first - 1), at: Offset.previousPosition, "last position before")
        let previous = try reader.bytes(ChainHash.byteCount)
        guard ByteAccess.isZero(bytes, in: Offset.reserved..<Offset.checksum) else {
            throw DecodingFailure(offset: Offset.reserved, expected: "zeros in the reserved bytes", found: "others")
        }
        guard let hash = ChainHash(previous), ordinal != 0 || hash == .zero else {
            throw DecodingFailure(offset: Offset.previousHash, expected: "zeros before segment 0", found: "a hash")
        }
        return SegmentHeader(
            identity: SegmentIdentity(logID: logID, ordinal: ordinal),
            firstPosition: Position(rawValue: first),
            capacity: Int(capacity),
            createdAt: createdAt,
            previousHash: hash
        )
    }

    private static func check<T: FixedWidthInteger>(
        _ value: T,
        _ range: ClosedRange<T>,
        at offset: Int,
        _ what: String
    ) throws(DecodingFailure) {
        guard range.contains(value) else {
            let wanted =
                range.lowerBound == range.upperBound
                ? "\(range.lowerBound)" : "\(range.lowerBound)...\(range.upperBound)"
            throw DecodingFailure(offset: offset, expected: "\(what) \(wanted)", found: "\(value)")
        }
    }
}

extension DecodingFailure {
    /// A checksum that does not fit what it covers, with the single flipped bit that explains it, if one does.
    ///
    /// - Parameters:
    ///   - covered: Where the bytes lie, counted as `offset` is.
    ///   - checksumOffset: Where the stored checksum lies; nil if another checksum vouches for it.
    package static func checksum(
        at offset: Int,
        stored: UInt32,
        actual: UInt32,
        of covered: Range<Int>,
        checksumOffset: Int?,
        _ what: String
    ) -> DecodingFailure {
        DecodingFailure(
            offset: offset,
            expected: "CRC-32C \(Hexadecimal.text(actual)) of \(what)",
            found: Hexadecimal.text(stored),
            flippedBit: .explaining(stored: stored, actual: actual, in: covered, checksumOffset: checksumOffset)
        )
    }
}
