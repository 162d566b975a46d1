internal import LogFormat

/// The first 128 bytes of a snapshot.
struct SnapshotHeader: Hashable {
    var binding: SnapshotBinding
    /// The length of the state before compression, in bytes.
    var stateByteCount: Int
    /// The length of everything behind the header, in bytes.
    var bodyByteCount: Int

    static let byteCount = 128

    enum Offset {
        static let version = SnapshotFormat.magic.count
        static let length = version + 4
        static let logID = length + 4
        static let position = logID + LogID.byteCount
        static let chainHash = position + 8
        static let foldVersion = chainHash + ChainHash.byteCount
        static let chunkCount = foldVersion + 4
        static let stateByteCount = chunkCount + 4
        static let bodyByteCount = stateByteCount + 8
        static let recordedAt = bodyByteCount + 8
        static let greatestEffectiveAt = recordedAt + 8
        static let reserved = greatestEffectiveAt + 8
        static let checksum = SnapshotHeader.byteCount - 4
    }

    var chunkCount: Int { SnapshotFormat.chunkCount(ofState: stateByteCount) }
    /// The length of the file, in bytes.
    var fileByteCount: Int { Self.byteCount + bodyByteCount }

    func encoded() -> [UInt8] {
        var writer = ByteWriter(capacity: Self.byteCount)
        writer.bytes(SnapshotFormat.magic)
        writer.u16(SnapshotFormat.version)
        writer.u16(SnapshotFormat.oldestReader)
        writer.u32(UInt32(Self.byteCount))
        writer.bytes(binding.logID.bytes)
        writer.u64(binding.position.rawValue)
        writer.bytes(binding.chainHash.bytes)
        writer.u32(binding.foldVersion)
        writer.u32(UInt32(chunkCount))
        writer.u64(UInt64(stateByteCount))
        writer.u64(UInt64(bodyByteCount))
        writer.u64(UInt64(bitPattern: binding.recordedAt))
        writer.u64(UInt64(bitPattern: binding.greatestEffectiveAt))
        writer.zeros(Offset.checksum - writer.count)
        writer.u32(CRC32C.checksum(writer.bytes))
        assert(writer.count == Self.byteCount, "a snapshot header of \(writer.count) bytes")
        return writer.bytes
    }
}

extension SnapshotHeader {
    /// Why bytes are no header that this version reads.
    enum Refusal: Error {
        case newerFormat(version: UInt16)
        case olderFormat(version: UInt16)
        case damaged(DecodingFailure)
    }

    /// Reads a header; nothing but the checksum is looked at before the checksum is right.
    ///
    /// The magic, the two version numbers and the checksum keep their places in every later version.
    init(decoding bytes: [UInt8]) throws(Refusal) {
        var rest: ByteReader
        let (version, oldestReader): (UInt16, UInt16)
        do throws(DecodingFailure) {
            rest = try Self.checked(bytes)
            version = try rest.u16()
            oldestReader = try rest.u16()
        } catch {
            throw .damaged(error)
        }
        if oldestReader > SnapshotFormat.version { throw .newerFormat(version: version) }
        // Version 1 told no instants, and its fold is none of today's.
        if version < SnapshotFormat.oldestReader { throw .olderFormat(version: version) }
        do throws(DecodingFailure) {
            try self.init(fields: &rest)
        } catch {
            throw .damaged(error)
        }
    }

    /// A reader behind the magic, once the checksum is right.
    private static func checked(_ bytes: [UInt8]) throws(DecodingFailure) -> ByteReader {
        guard bytes.count == byteCount, Array(bytes[..<SnapshotFormat.magic.count]) == SnapshotFormat.magic else {
            let found = "\(bytes.count) bytes that begin otherwise"
            throw DecodingFailure(offset: 0, expected: "a snapshot header of \(byteCount) bytes", found: found)
        }
        var tail = ByteReader(bytes, in: Offset.checksum..<byteCount)
        let stored = try tail.u32()
        let actual = CRC32C.checksum(bytes, in: 0..<Offset.checksum)
        guard stored == actual else {
            throw .checksum(
                at: Offset.checksum,
                stored: stored,
                actual: actual,
                of: 0..<Offset.checksum,
                checksumOffset: Offset.checksum,
                "the snapshot header"
            )
        }
        return ByteReader(bytes, in: Offset.version..<Offset.checksum)
    }

    private init(fields reader: inout ByteReader) throws(DecodingFailure) {
        try Self.expect(UInt64(try reader.u32()), UInt64(Self.byteCount), at: Offset.length, "header length")
        guard let logID = LogID(try reader.bytes(LogID.byteCount)) else {
            throw DecodingFailure(offset: Offset.logID, expected: "a log id", found: "zeros")
        }
        let position = Position(rawValue: try reader.u64())
        guard position >= .first, position.rawValue < UInt64.max / 2 else {
            throw DecodingFailure(offset: Offset.position, expected: "a position", found: "\(position)")
        }
        guard let chainHash = ChainHash(try reader.bytes(ChainHash.byteCount)) else {
            throw DecodingFailure(offset: Offset.chainHash, expected: "32 bytes", found: "fewer")
        }
        let foldVersion = try reader.u32()
        let chunkCount = UInt64(try reader.u32())
        let stateBytes = try reader.length(upTo: SnapshotFormat.stateBytes, at: Offset.stateByteCount)
        let bodyBytes = try reader.length(upTo: 2 * SnapshotFormat.stateBytes, at: Offset.bodyByteCount)
        binding = SnapshotBinding(
            logID: logID,
            position: position,
            chainHash: chainHash,
            foldVersion: foldVersion,
            recordedAt: Int64(bitPattern: try reader.u64()),
            greatestEffectiveAt: Int64(bitPattern: try reader.u64())
        )
        stateByteCount = stateBytes
        bodyByteCount = bodyBytes
        let wanted = UInt64(SnapshotFormat.chunkCount(ofState: stateBytes))
        try Self.expect(chunkCount, wanted, at: Offset.chunkCount, "chunks")
        guard try reader.bytes(reader.remaining).allSatisfy({ $0 == 0 }) else {
            throw DecodingFailure(offset: Offset.reserved, expected: "zeros in the reserved bytes", found: "others")
        }
    }

    private static func expect(
        _ value: UInt64,
        _ wanted: UInt64,
        at offset: Int,
        _ what: String
    ) throws(DecodingFailure) {
        guard value == wanted else {
            throw DecodingFailure(offset: offset, expected: "\(what) \(wanted)", found: "\(value)")
        }
    }
}

extension ByteReader {
    fileprivate mutating func length(upTo limit: Int, at offset: Int) throws(DecodingFailure) -> Int {
        let value = try u64()
        guard value <= UInt64(limit) else {
            throw DecodingFailure(offset: offset, expected: "a length of at most \(limit)", found: "\(value)")
        }
        return Int(value)
    }
}
