internal import EventCoding
internal import LogFormat
internal import LoyaltyDomain
internal import Projections

/// What an interrupted audit knows: the state it has folded from checked bytes, and what it has found on the way.
///
/// It is kept in the file of a snapshot (DESIGN.md 4.8), in a directory of its own: bound to log, position, chain hash and fold.
struct AuditCheckpoint: Sendable {
    /// When the audit began.
    var beganAt: Timestamp
    /// The snapshots compared so far.
    var comparisons: [SnapshotComparison]
    /// The folded state.
    var state: LedgerState

    func encoded() -> [UInt8] {
        var writer = ByteWriter(capacity: 1 << 16)
        writer.zigzag(beganAt.milliseconds)
        writer.varint(UInt64(comparisons.count))
        for comparison in comparisons {
            writer.varint(comparison.position)
            writer.bytes(comparison.digest.bytes)
            writer.bytes(comparison.replayedDigest.bytes)
            writer.varint(UInt64(comparison.differences.count))
            for difference in comparison.differences { writer.string(difference) }
        }
        return writer.bytes + state.encoded()
    }

    init(beganAt: Timestamp, comparisons: [SnapshotComparison], state: LedgerState) {
        self.beganAt = beganAt
        self.comparisons = comparisons
        self.state = state
    }

    init(decoding bytes: [UInt8], at position: Position, of logID: LogID) throws(DecodingFailure) {
        var reader = ByteReader(bytes)
        beganAt = Timestamp(milliseconds: try reader.zigzag())
        comparisons = []
        for _ in 0..<(try reader.count(of: 66, "comparisons")) {
            let compared = try reader.varint(upTo: position.rawValue, "a position before")
            let digest = StateDigest(bytes: try reader.bytes(StateDigest.byteCount))
            let replayed = StateDigest(bytes: try reader.bytes(StateDigest.byteCount))
            var differences: [String] = []
            for _ in 0..<(try reader.count(of: 1, "differences")) { differences.append(try reader.string()) }
            comparisons.append(
                SnapshotComparison(
                    position: compared,
                    digest: digest,
                    replayedDigest: replayed,
                    differences: differences
                )
            )
        }
        state = try LedgerState(decoding: try reader.bytes(reader.remaining), at: position, of: logID)
    }
}
