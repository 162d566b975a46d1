/// The three sections of a block as they are stored, one behind the other from `start` of `bytes` on.
struct StoredBlock {
    let entry: BlockEntry
    let bytes: [UInt8]
    let start: Int
    /// Where `start` is in the segment.
    let fileOffset: Int
    let segment: SegmentIdentity

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
