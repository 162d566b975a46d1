import EventCoding
import LogFormat
import LoyaltyDomain

/// A decoder under attack.
///
/// Where a checksum guards the door, the target puts the right one in first: what lies behind must hold on its own.
enum FuzzTarget: String, CaseIterable {
    /// The sections of one block: LZ4, masks, records, ids.
    case block
    /// A whole segment behind a good header, with its checksums as they are or put right.
    case segment
    /// The header of a segment, its checksum put right.
    case header
    /// The manifest.
    case manifest
    /// A stream index.
    case index
    /// The facts and details of a card record, and what folds make of them.
    case event
    /// The facts of a ledger record.
    case ledger
    /// The seal of a segment and what stands behind it, in a log of two segments or one about to roll.
    case footer
    /// A snapshot's file with its header and frames as they are or put right, and the state in it.
    case snapshot
    /// A CSV file and a mapping, as an import reads them.
    case csv

    func run(_ bytes: [UInt8]) {
        switch self {
        case .block: decodeBlock(bytes)
        case .segment: openSegment(bytes)
        case .header: _ = try? SegmentHeader.decode(withChecksum(bytes, at: 508))
        case .manifest: decodeManifest(bytes)
        case .index: decodeIndex(bytes)
        case .event: decodeEvent(bytes)
        case .ledger: _ = try? LedgerRecordCoding.decode(ByteReader(bytes))
        case .footer: openSealed(bytes)
        case .snapshot: loadSnapshot(bytes)
        case .csv: importRows(bytes)
        }
    }

    private func withChecksum(_ bytes: [UInt8], at offset: Int) -> [UInt8] {
        guard bytes.count >= offset + 4 else { return bytes }
        var bytes = bytes
        put(CRC32C.checksum(bytes, in: 0..<offset), into: &bytes, at: offset)
        return bytes
    }

    private func decodeManifest(_ bytes: [UInt8]) {
        _ = try? Manifest.decode(bytes)
        let digits = String(CRC32C.checksum(bytes), radix: 16)
        let line = "crc32c " + String(repeating: "0", count: 8 - digits.count) + digits + "\n"
        _ = try? Manifest.decode(bytes + Array(line.utf8))
    }

    /// An index with right checksums, of its table and groups too where it has them: a look-up of any kind gives what the walk gives.
    private func decodeIndex(_ bytes: [UInt8]) {
        guard bytes.count >= 68 else { return }
        var bytes = withChecksum(bytes, at: 60)
        let header = (try? StreamIndexHeader(decoding: bytes)).flatMap { $0.version > 1 ? $0 : nil }
        let front = header.map { StreamIndexTable.byteCount($0) } ?? 64
        guard bytes.count >= front + 4 else { return }
        if header != nil {
            putGroupChecksums(into: &bytes, 64..<front - 4)
            put(CRC32C.checksum(bytes, in: 64..<front - 4), into: &bytes, at: front - 4)
        }
        put(CRC32C.checksum(bytes, in: front..<bytes.count - 4), into: &bytes, at: bytes.count - 4)
        let table = header.flatMap { try? StreamIndexTable(decoding: bytes, $0) }
        for stream in [UInt32(0), 1, 127, 128, .max] { lookUp(stream, by: table, in: bytes) }
        guard let index = try? StreamIndex.decode(bytes) else { return }
        for (stream, blocks) in index.allStreams() {
            precondition(index.blocks(of: stream) == blocks, "a look-up differs from the walk")
            guard table != nil else { continue }
            precondition(lookUp(stream.rawValue, by: table, in: bytes) == blocks, "a look-up on disk differs")
        }
    }

    @discardableResult
    private func lookUp(
        _ stream: UInt32,
        by table: StreamIndexTable?,
        in bytes: [UInt8]
    ) -> [StreamIndex.BlockReference]? {
        let stream = StreamNumber(rawValue: stream)
        guard let table, let extent = table.extent(of: stream), extent.upperBound <= bytes.count else { return nil }
        return try? table.blocks(of: stream, in: Array(bytes[extent]))
    }

    /// Puts the right checksum into each entry of a table whose offsets make sense.
    private func putGroupChecksums(into bytes: inout [UInt8], _ table: Range<Int>) {
        func offset(_ entry: Int) -> Int {
            (0..<4).reversed().reduce(0) { $0 << 8 | Int(bytes[entry + 8 + $1]) } + table.upperBound + 4
        }
        for entry in stride(from: table.lowerBound, to: table.upperBound, by: 16) {
            let end = entry + 16 < table.upperBound ? offset(entry + 16) : bytes.count - 4
            guard offset(entry) <= end, end <= bytes.count - 4 else { continue }
            put(CRC32C.checksum(bytes, in: offset(entry)..<end), into: &bytes, at: entry + 12)
        }
    }

    private func decodeEvent(_ bytes: [UInt8]) {
        guard let first = bytes.first, bytes.count > 2 else { return }
        let split = min(1 + Int(bytes[1]), bytes.count)
        let record = try? CardRecordCoding.decode(
            facts: ByteReader(bytes, in: 2..<max(split, 2)),
            details: ByteReader(bytes, in: max(split, 2)..<bytes.count),
            id: .opaque(high: 1, low: 2),
            card: CardNumber(1),
            eventCount: Int(first % 8) + 1,
            recordedAt: Timestamp(milliseconds: 1_700_000_000_000)
        )
        guard let record else { return }
        var state = CardState(issuedAt: record.moment.occurredAt, program: ProgramNumber(0))
        var history = TransactionHistory()
        for event in record.events {
            state.evolve(event, at: record.moment)
            history.evolve(event.event, of: record.commandID, reference: record.texts.reference, at: record.moment)
        }
        _ = state.firstViolation
        var facts = ByteWriter()
        var details = ByteWriter()
        CardRecordCoding.encode(record, facts: &facts, details: &details)
    }
}

/// Writes a little-endian 32-bit integer over bytes.
func put(_ value: UInt32, into bytes: inout [UInt8], at offset: Int) {
    for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index)) }
}
