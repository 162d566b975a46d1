/// The three sections of a block as they are stored, one behind the other from `start` of `bytes` on.
///
/// That all of them are there has been checked against the directory.
public struct StoredBlock {
    let entry: BlockEntry
    let bytes: [UInt8]
    let start: Int
    /// Where `start` is in the segment.
    let fileOffset: Int
    let segment: SegmentIdentity
    /// When the ledger learnt of the events, UTC milliseconds.
    let recordedAt: Int64

    /// A block whose stored sections lie in `bytes` from `start` on, which is `fileOffset` of the segment.
    public init(
        _ entry: BlockEntry,
        _ bytes: [UInt8],
        at start: Int,
        fileOffset: Int,
        in segment: SegmentIdentity,
        recordedAt: Int64
    ) {
        self.entry = entry
        self.bytes = bytes
        self.start = start
        self.fileOffset = fileOffset
        self.segment = segment
        self.recordedAt = recordedAt
    }

    /// Where a section lies in `bytes`.
    func range(of section: Section) -> Range<Int> {
        let before =
            switch section {
            case .facts: 0
            case .ids: entry.facts.storedCount
            case .details: entry.facts.storedCount + entry.ids.storedCount
            }
        return start + before..<start + before + entry[section].storedCount
    }

    /// Runs what reads decompressed sections: an offset in one of them is no place in the file.
    @inline(__always)
    func reading<R>(_ body: () throws(DecodingFailure) -> R) throws(DecodingFailure) -> R {
        do throws(DecodingFailure) {
            return try body()
        } catch {
            throw DecodingFailure(
                offset: fileOffset,
                expected: error.expected,
                found: "\(error.found) at byte \(error.offset) of a decompressed section"
            )
        }
    }
}
