public import LogStorage
public import Snapshots

/// What snapshots did for a ledger, and what became of those it wrote.
public struct SnapshotReport: Hashable, Sendable {
    /// The position of the snapshot that opening began with; nil where it folded from the first event.
    public internal(set) var loaded: UInt64?
    /// The snapshots that opening passed over, newest first, and why.
    public internal(set) var passedOver: [SnapshotProblem] = []
    /// How many events opening folded behind the snapshot.
    public internal(set) var foldedEvents: UInt64 = 0
    /// The position of the last snapshot written since then; nil where none was.
    public internal(set) var written: UInt64?
    /// Why the last snapshot could not be written; nil where it could.
    ///
    /// It costs time at the next opening, and nothing else.
    public internal(set) var failure: StorageError?
    /// With what the last question about all cards at a point in time began; nil where none was asked.
    public internal(set) var lookedBack: LookBack?

    init() {}
}

/// With what a question about all cards at a point in time began.
public struct LookBack: Hashable, Sendable {
    /// The position of the state that served: a snapshot's, or the live one's where everything counts.
    ///
    /// It is nil where the log was folded from its first event.
    public internal(set) var start: UInt64?
    /// The newer snapshots that were bad, stale or of another log, and why; those that only came too late are none.
    public internal(set) var passedOver: [SnapshotProblem] = []
    /// How many events were folded behind it.
    public internal(set) var foldedEvents: UInt64 = 0

    init() {}
}

extension Ledger {
    /// What snapshots did for this ledger so far.
    public var snapshotReport: SnapshotReport { snapshots.report }
}
