internal import EventLog
internal import LogFormat
internal import Snapshots

extension SnapshotStore {
    /// Finds the newest snapshot that a reader's log may be folded on from.
    func newest(for reader: LogReader) -> SnapshotSearch<LedgerState> {
        newest(
            matching: reader.logID,
            foldVersion: LedgerState.foldVersion,
            chainHashAt: { reader.chainHashIfReadable(after: $0) },
            decoding: decode
        )
    }

    /// Reads the state of the snapshot at a position, if it serves.
    func load(_ position: Position, for reader: LogReader) throws(SnapshotProblem) -> LedgerState {
        try load(
            position,
            matching: reader.logID,
            foldVersion: LedgerState.foldVersion,
            chainHashAt: { reader.chainHashIfReadable(after: $0) },
            decoding: decode
        )
    }
}

private func decode(_ snapshot: Snapshot) throws(DecodingFailure) -> LedgerState {
    try LedgerState(decoding: snapshot.state, at: snapshot.binding.position)
}

extension LogReader {
    /// The chain hash after a position; nil where the log cannot be read too: folding it will say so better.
    fileprivate func chainHashIfReadable(after position: Position) -> ChainHash? {
        (try? chainHash(after: position)) ?? nil
    }
}
