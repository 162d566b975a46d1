public import LogFormat

/// What ties a snapshot to one log, to one place in it and on both clocks, and to one way of folding.
public struct SnapshotBinding: Hashable, Sendable {
    /// The log.
    public var logID: LogID
    /// The last event that went into the state.
    public var position: Position
    /// The chain hash after that event.
    public var chainHash: ChainHash
    /// The version of the fold that made the state.
    public var foldVersion: UInt32
    /// When the last event was recorded, UTC milliseconds.
    public var recordedAt: Int64
    /// The greatest instant from which any event in the state counts, UTC milliseconds.
    public var greatestEffectiveAt: Int64

    /// Ties a snapshot.
    public init(
        logID: LogID,
        position: Position,
        chainHash: ChainHash,
        foldVersion: UInt32,
        recordedAt: Int64,
        greatestEffectiveAt: Int64
    ) {
        self.logID = logID
        self.position = position
        self.chainHash = chainHash
        self.foldVersion = foldVersion
        self.recordedAt = recordedAt
        self.greatestEffectiveAt = greatestEffectiveAt
    }
}

/// A snapshot that was read: every checksum was right.
public struct Snapshot: Hashable, Sendable {
    /// What it is tied to.
    public var binding: SnapshotBinding
    /// The state, opaque.
    public var state: [UInt8]
}
