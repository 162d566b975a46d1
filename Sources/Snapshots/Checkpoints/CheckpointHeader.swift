internal import LogFormat

/// The first bytes of a checkpoint: the header and the name.
struct CheckpointHeader {
    var key: Checkpoint.Key
    var place: Checkpoint.Place
    var stateByteCount: Int
    var stateChecksum: UInt32 = 0

    /// Why bytes are no header that this version reads.
    enum Refusal: Error {
        case newerFormat(version: UInt16)
        case damaged(DecodingFailure)
    }

    /// The bytes up to the state's checksum, which that checksum covers too.
    private func bound() -> ByteWriter {
        var writer = ByteWriter(capacity: CheckpointFormat.headerByteCount + key.name.utf8.count)
        writer.bytes(CheckpointFormat.magic)
        writer.u16(CheckpointFormat.version)
        writer.u16(CheckpointFormat.oldestReader)
        writer.u32(UInt32(CheckpointFormat.headerByteCount))
        writer.bytes(place.logID.bytes)
        writer.u64(place.position.rawValue)
        writer.u64(place.anchor.rawValue)
        writer.bytes(place.chainHash.bytes)
        writer.u32(key.version)
        writer.u16(UInt16(key.name.utf8.count))
        writer.u16(key.kind.rawValue)
        writer.u64(UInt64(stateByteCount))
        assert(writer.count == CheckpointFormat.boundByteCount, "\(writer.count) bytes before the checksum")
        return writer
    }

    /// The checksum of a state, mixed with what it belongs to.
    func checksum(of state: [UInt8]) -> UInt32 {
        CRC32C.checksum(state, continuing: CRC32C.checksum(bound().bytes + Array(key.name.utf8)))
    }

    /// The bytes in front of the state.
    func encoded() -> [UInt8] {
        var writer = bound()
        writer.u32(stateChecksum)
        writer.zeros(CheckpointFormat.checksumOffset - writer.count)
        let name = Array(key.name.utf8)
        writer.u32(CRC32C.checksum(name, continuing: CRC32C.checksum(writer.bytes)))
        writer.bytes(name)
        return writer.bytes
    }
}

extension CheckpointHeader {
    /// Reads the header of a file whose name says whose it is; nothing but the checksum is looked at before that is right.
    init(decoding bytes: [UInt8], named key: Checkpoint.Key, fileByteCount: Int) throws(Refusal) {
        var reader: ByteReader
        let newerVersion: UInt16?
        do throws(DecodingFailure) {
            reader = try Self.checked(bytes, nameByteCount: key.name.utf8.count)
            let version = try reader.u16()
            newerVersion = try reader.u16() > CheckpointFormat.version ? version : nil
        } catch {
            throw .damaged(error)
        }
        if let newerVersion { throw .newerFormat(version: newerVersion) }
        do throws(DecodingFailure) {
            try self.init(fields: &reader, named: key, fileByteCount: fileByteCount)
        } catch {
            throw .damaged(error)
        }
    }

    /// A reader behind the magic, once the checksum of header and name is right.
    private static func checked(_ bytes: [UInt8], nameByteCount: Int) throws(DecodingFailure) -> ByteReader {
        let (end, checksumOffset) = (CheckpointFormat.headerByteCount, CheckpointFormat.checksumOffset)
        guard bytes.count == end + nameByteCount, bytes.starts(with: CheckpointFormat.magic) else {
            let found = "\(bytes.count) bytes that begin otherwise"
            throw DecodingFailure(offset: 0, expected: "a checkpoint header and its name", found: found)
        }
        var tail = ByteReader(bytes, in: checksumOffset..<end)
        let stored = try tail.u32()
        let actual = CRC32C.checksum(
            bytes,
            in: end..<bytes.count,
            continuing: CRC32C.checksum(bytes, in: 0..<checksumOffset)
        )
        guard stored == actual else {
            throw .checksum(
                at: checksumOffset,
                stored: stored,
                actual: actual,
                of: 0..<checksumOffset,
                checksumOffset: checksumOffset,
                "the checkpoint's header"
            )
        }
        return ByteReader(bytes, in: CheckpointFormat.magic.count..<bytes.count)
    }

    private init(
        fields reader: inout ByteReader,
        named key: Checkpoint.Key,
        fileByteCount: Int
    ) throws(DecodingFailure) {
        try Self.expect(
            UInt64(try reader.u32()),
            UInt64(CheckpointFormat.headerByteCount),
            at: 12,
            "a header length of"
        )
        guard let logID = LogID(try reader.bytes(LogID.byteCount)) else {
            throw DecodingFailure(offset: 16, expected: "a log id", found: "zeros")
        }
        let position = Position(rawValue: try reader.u64())
        let anchor = Position(rawValue: try reader.u64())
        guard anchor >= position, anchor.rawValue < UInt64.max / 2, (position == .zero) == (anchor == .zero) else {
            throw DecodingFailure(offset: 40, expected: "an anchor from position \(position) on", found: "\(anchor)")
        }
        guard let chainHash = ChainHash(try reader.bytes(ChainHash.byteCount)) else {
            throw DecodingFailure(offset: 48, expected: "32 bytes", found: "fewer")
        }
        try Self.expect(UInt64(try reader.u32()), UInt64(key.version), at: 80, "the version in the file's name,")
        try Self.expect(UInt64(try reader.u16()), UInt64(key.name.utf8.count), at: 84, "a name of length")
        try Self.expect(UInt64(try reader.u16()), UInt64(key.kind.rawValue), at: 86, "the kind in the file's name,")
        let rest = fileByteCount - CheckpointFormat.headerByteCount - key.name.utf8.count
        try Self.expect(try reader.u64(), UInt64(max(rest, 0)), at: 88, "a state of length")
        let checksum = try reader.u32()
        guard try reader.bytes(8).allSatisfy({ $0 == 0 }) else {
            throw DecodingFailure(offset: 100, expected: "zeros in the reserved bytes", found: "others")
        }
        _ = try reader.u32()
        guard try reader.bytes(reader.remaining) == Array(key.name.utf8) else {
            let offset = CheckpointFormat.headerByteCount
            throw DecodingFailure(offset: offset, expected: "the name in the file's name", found: "another")
        }
        self.key = key
        place = Checkpoint.Place(logID: logID, position: position, anchor: anchor, chainHash: chainHash)
        stateByteCount = rest
        stateChecksum = checksum
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
