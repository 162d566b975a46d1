import EventLog
import LogFormat
import SystemPackage

/// What must come of a damage.
enum DamageOutcome: Hashable, Sendable {
    /// Opening throws, names the place and changes nothing.
    case halts(RecoveryRow, FilePath, offsets: ClosedRange<Int>? = nil, bit: FlippedBit? = nil)
    /// Opening goes on; readers and `verify` find it.
    case haltsWhenRead(FilePath, offsets: Range<Int>, bit: FlippedBit)
    /// Opening cuts bytes off that were never acknowledged.
    case cuts(FilePath, offset: Int, byteCount: Int)
    /// Derived files are made again, each in its row.
    case rebuilds([FilePath: RecoveryRow])

    /// The row under which it is counted: the first one.
    var row: RecoveryRow {
        switch self {
        case .halts(let row, _, _, _): row
        case .haltsWhenRead: .sealedDamage
        case .cuts: .tornWrite
        case .rebuilds(let rows): rows.values.min { $0.rawValue < $1.rawValue } ?? .cleanEnd
        }
    }
}

/// Says what must come of a damage, from the structure of the ledger alone: from where a byte lies, not from what the engine
/// says of it.
struct DamageOracle: Sendable {
    let ledger: DamagedLedger

    func outcome(of damage: Damage) -> DamageOutcome {
        switch damage {
        case .flip(let file, let byte, let bit): flip(file, byte, bit)
        case .truncate(let file, let size): truncation(file, size)
        case .lose(let file): missing(file)
        case .overwrite(let file, let other): first([overwritten(file, other)])
        case .swap(let file, let other): first([overwritten(file, other), overwritten(other, file)])
        case .foreign(let file): foreign(file)
        }
    }

    private func segment(_ file: FilePath) -> LogDescription.Segment? { ledger.segments.first { $0.file == file } }

    private func derived(_ file: FilePath) -> DamageOutcome {
        .rebuilds([file: file == DamagedLedger.manifest ? .manifestUnusable : .indexUnusable])
    }

    // MARK: - Bits

    private func flip(_ file: FilePath, _ byte: Int, _ bit: Int) -> DamageOutcome {
        guard let segment = segment(file) else { return derived(file) }
        let flipped = FlippedBit(byte: byte, bit: bit)
        switch byte {
        case ..<8: return .halts(.notASegment, file, offsets: 0...0, bit: flipped)
        case ..<512: return .halts(.headerDamaged, file, offsets: 508...508, bit: flipped)
        default: break
        }
        guard file == ledger.segments.last?.file else {
            let batch = segment.batches.last { $0.offset <= byte } ?? segment.batches[0]
            let end = batch.offset + batch.header.length
            if batch.header.kind == .seal {
                return .halts(.sealMissing, file, offsets: batch.offset...end, bit: flipped)
            }
            return .haltsWhenRead(file, offsets: batch.offset..<end, bit: flipped)
        }
        return flipInLast(segment, flipped)
    }

    private func flipInLast(_ segment: LogDescription.Segment, _ flipped: FlippedBit) -> DamageOutcome {
        var bytes = ledger.bytes(segment.file)
        bytes[flipped.byte] ^= 1 << flipped.bit
        guard flipped.byte < segment.usedByteCount else {
            return broken(segment.file, bytes, at: segment.usedByteCount, length: nil, flipped)
        }
        let batch = segment.batches.last { $0.offset <= flipped.byte } ?? segment.batches[0]
        let end = batch.offset + batch.header.length
        if segment.batches.contains(where: { $0.offset > batch.offset && $0.header.syncedThrough > batch.offset }) {
            return .halts(.promisedBehind, segment.file, offsets: batch.offset...end, bit: flipped)
        }
        let isInHeader = flipped.byte < batch.offset + BatchHeader.byteCount
        return broken(segment.file, bytes, at: batch.offset, length: isInHeader ? nil : batch.header.length, flipped)
    }

    /// What comes of a broken batch above all promises.
    private func broken(
        _ file: FilePath,
        _ bytes: [UInt8],
        at offset: Int,
        length: Int?,
        _ flipped: FlippedBit
    ) -> DamageOutcome {
        guard Self.hasZeroSlice(bytes, at: offset, length: length) else {
            let end = offset + (length ?? BatchHeader.byteCount)
            return .halts(.noZeroSlice, file, offsets: offset...end, bit: flipped)
        }
        let last = bytes.lastIndex { $0 != 0 } ?? offset
        return .cuts(file, offset: offset, byteCount: last + 1 - offset)
    }

    /// Whether a slice of a sector is all zero, among those of the batch, or of its header where that does not name a length.
    static func hasZeroSlice(_ bytes: [UInt8], at offset: Int, length: Int?) -> Bool {
        let end = length.map { offset + $0 } ?? (offset + 96 + 511) / 512 * 512
        return (offset / 512...(end - 1) / 512).contains { sector in
            (max(sector * 512, offset)..<min(sector * 512 + 512, end)).allSatisfy {
                $0 >= bytes.count || bytes[$0] == 0
            }
        }
    }

    // MARK: - Lengths

    private func truncation(_ file: FilePath, _ size: Int) -> DamageOutcome {
        guard let segment = segment(file) else { return derived(file) }
        guard size >= 512 else { return .halts(.headerDamaged, file, offsets: 0...0) }
        guard file == ledger.segments.last?.file else {
            return .halts(.sealMissing, file, offsets: max(size - 104, 0)...size)
        }
        let cut = segment.batches.first { $0.offset < size && size < $0.offset + $0.header.length }
        if let cut {
            let isHeaderWhole = size >= cut.offset + BatchHeader.byteCount
            let bytes = Array(ledger.bytes(file)[..<size])
            if !Self.hasZeroSlice(bytes, at: cut.offset, length: isHeaderWhole ? cut.header.length : nil) {
                return .halts(.noZeroSlice, file, offsets: cut.offset...size)
            }
        }
        return .halts(.wrongSize, file, offsets: size...size)
    }

    // MARK: - Whole files

    private func missing(_ file: FilePath) -> DamageOutcome {
        if segment(file) != nil { return .halts(.segmentMissing, file) }
        return file == DamagedLedger.manifest ? derived(file) : .rebuilds([file: .indexMissing])
    }

    private func overwritten(_ file: FilePath, _ other: FilePath) -> DamageOutcome {
        guard segment(file) != nil else { return derived(file) }
        guard segment(other) == nil else { return .halts(.swapped, file, offsets: 40...40) }
        let isShort = ledger.bytes(other).count < SegmentHeader.byteCount
        return .halts(isShort ? .headerDamaged : .notASegment, file, offsets: 0...0)
    }

    private func foreign(_ file: FilePath) -> DamageOutcome {
        if file == DamagedLedger.manifest { return .halts(.manifestForeign, file) }
        guard let number = ledger.segments.firstIndex(where: { $0.file == file }) else { return derived(file) }
        // The first segment says which log it is.
        return .halts(.foreignSegment, ledger.segments[max(number, 1)].file, offsets: 16...16)
    }

    /// The halt that comes first in reading order; or all that is made again.
    private func first(_ outcomes: [DamageOutcome]) -> DamageOutcome {
        var halts: [(FilePath, DamageOutcome)] = []
        var rebuilt: [FilePath: RecoveryRow] = [:]
        for outcome in outcomes {
            switch outcome {
            case .halts(_, let file, _, _): halts.append((file, outcome))
            case .rebuilds(let rows): rebuilt.merge(rows) { row, _ in row }
            default: preconditionFailure("files that are exchanged halt or are made again")
            }
        }
        return halts.min { $0.0.string < $1.0.string }?.1 ?? .rebuilds(rebuilt)
    }
}
