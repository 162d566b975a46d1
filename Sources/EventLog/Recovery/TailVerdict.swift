internal import LogFormat

/// What the end of a walk means: the table in DESIGN.md section 5.
enum TailVerdict: Hashable {
    /// Zeros to the end of the file.
    case clean
    /// A write that a crash interrupted; `through` is behind its last byte that is not zero.
    case torn(through: Int)
    /// Damage, by its row and for the reason given.
    case corrupt(RecoveryRow, String)
}

/// The bytes behind a walk, from the first byte that is no good batch.
struct TailEvidence {
    /// The offset in the segment of that byte.
    var place: Int
    /// The bytes from there to the last one that is not zero.
    var bytes: [UInt8]
    /// The length of the broken batch, where a good header names one.
    var extent: Int?
    /// Whether a good header stands here that does not follow the batch before.
    var isUnlinked = false
    var identity: SegmentIdentity

    func verdict() -> TailVerdict {
        if bytes.isEmpty { return .clean }
        if let promising = goodBatchBehind(), !Mutant.lives(.promiseIgnored) {
            return .corrupt(.promisedBehind, "a good batch at byte \(promising) promises that this place was durable")
        }
        if isUnlinked { return .corrupt(.unlinkedBatch, "a good batch does not follow the one before") }
        if let extent, extent < bytes.count, !Mutant.lives(.bytesBehindIgnored) {
            return .corrupt(.bytesBehindBatch, "there are bytes behind the end of the broken batch")
        }
        guard hasZeroSlice || Mutant.lives(.zeroSliceIgnored) else {
            return .corrupt(.noZeroSlice, "no sector of the batch is missing, so this is no torn write")
        }
        return .torn(through: place + bytes.count)
    }

    /// The one bit that is set where zeros should be.
    var loneBit: FlippedBit? {
        FlippedBit.alone(in: bytes, 0..<bytes.count).map { FlippedBit(byte: place + $0.byte, bit: $0.bit) }
    }

    /// The offset of a good batch further on whose promise covers the place.
    private func goodBatchBehind() -> Int? {
        var index = FormatLimits.batchAlignment
        while index + BatchHeader.byteCount <= bytes.count {
            if BatchHeader.beginsBatch(bytes, at: index) {
                let offset = place + index
                let header = try? BatchHeader.decode(bytes, at: index, fileOffset: offset, in: identity)
                if let header, header.syncedThrough > place { return offset }
            }
            index += FormatLimits.batchAlignment
        }
        return nil
    }

    /// Whether a piece of a sector that the batch should fill is all zero.
    ///
    /// Without a good header only the pieces that hold the header are looked at: had they all reached the disk, it would be
    /// good. They may lie behind the last byte that is not zero.
    private var hasZeroSlice: Bool {
        let sector = FormatLimits.sectorBytes
        let sectorEnd = (place + BatchHeader.byteCount + sector - 1) / sector * sector
        let count = extent ?? (sectorEnd - place)
        var padded = bytes
        if padded.count < count { padded.append(contentsOf: repeatElement(0, count: count - padded.count)) }
        return ZeroSlices.first(in: padded, range: 0..<count, fileOffset: place) != nil
    }
}
