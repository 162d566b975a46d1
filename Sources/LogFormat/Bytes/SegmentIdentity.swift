/// What every checksum in a segment is mixed with: which log, and which segment of it.
///
/// A section that is perfectly good somewhere else is bad here.
public struct SegmentIdentity: Hashable, Sendable {
    /// The log.
    public let logID: LogID
    /// The number of the segment in the log, from 0.
    public let ordinal: UInt64

    /// Names a segment.
    public init(logID: LogID, ordinal: UInt64) {
        self.logID = logID
        self.ordinal = ordinal
    }

    /// The parts of a batch that carry a checksum of their own; the raw value is on disk.
    enum Part: UInt64 {
        case header = 0
        case directory = 1
        case facts = 2
        case ids = 3
        case details = 4

        init(_ section: Section) {
            switch section {
            case .facts: self = .facts
            case .ids: self = .ids
            case .details: self = .details
            }
        }
    }

    /// The checksum of `range`, mixed with this segment, a number (a file offset or a position) and a part.
    func checksum(_ bytes: [UInt8], in range: Range<Int>, number: UInt64, part: Part) -> UInt32 {
        // The ordinal, the number and the part are folded in one after another, so that no 40-byte prefix is allocated.
        var crc = CRC32C.checksum(logID.bytes)
        for word in [ordinal, number, part.rawValue] {
            crc = CRC32C.checksum(word: word, continuing: crc)
        }
        return CRC32C.checksum(bytes, in: range, continuing: crc)
    }
}
