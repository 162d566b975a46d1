internal import EventLog
internal import LogFormat
internal import LogStorage
internal import Snapshots
internal import Synchronization

/// Keeps the checkpoints of an audit in a directory, one at a time.
struct AuditKeeper: Sendable {
    let store: SnapshotStore
    let logID: LogID
    /// The chain hash at the ends of checked segments.
    let hashes: SegmentEnds
    /// How long after one checkpoint the next one may follow.
    let interval: Duration

    /// The newest checkpoint that the log may be checked and folded on from; nil where there is none.
    func newest(for reader: LogReader) -> (checkpoint: AuditCheckpoint, head: LogHead)? {
        let found = store.newest(
            matching: reader.logID,
            foldVersion: LedgerState.foldVersion,
            chainHashAt: { (try? reader.chainHash(after: $0)) ?? nil },
            decoding: { (snapshot) throws(DecodingFailure) in
                let binding = snapshot.binding
                return try AuditCheckpoint(decoding: snapshot.state, at: binding.position, of: binding.logID)
            }
        ).found
        return found.map { found in
            let head = LogHead(
                position: found.binding.position,
                chainHash: found.binding.chainHash,
                recordedAt: found.binding.recordedAt
            )
            return (found.state, head)
        }
    }

    /// Keeps a checkpoint at the end of a checked segment in place of the one before.
    func keep(_ checkpoint: AuditCheckpoint) throws(StorageError) {
        let position = Position(rawValue: checkpoint.state.position)
        guard let hash = hashes[position] else { return }
        let binding = SnapshotBinding(
            logID: logID,
            position: position,
            chainHash: hash,
            foldVersion: LedgerState.foldVersion,
            recordedAt: checkpoint.state.recordedAt.milliseconds,
            greatestEffectiveAt: checkpoint.state.greatestEffectiveAt.milliseconds
        )
        let retention = SnapshotRetention(newest: 1, days: 0, weeks: 0, months: 0)
        try store.write(checkpoint.encoded(), binding, keeping: retention)
    }

    /// Removes all checkpoints and the directory, once an audit has come to its end.
    func clear() {
        try? store.removeAll()
    }
}

/// The chain hashes at the ends of segments, told by the thread that checks and asked by the one that folds.
final class SegmentEnds: Sendable {
    private let hashes = Mutex<[Position: ChainHash]>([:])

    init() {}

    subscript(position: Position) -> ChainHash? { hashes.withLock { $0[position] } }

    /// Notes the end of a segment.
    func note(_ head: LogHead) { hashes.withLock { $0[head.position] = head.chainHash } }
}
