public import EventLog
public import LogStorage

/// What an audit found: every byte checked, every event folded, and everything compared with what is in use.
public struct AuditReport: Sendable {
    /// The verdict on each file, snapshots included.
    public let verification: VerifyReport
    /// The state folded from the checked bytes beside the live one, card by card, and beside every snapshot.
    ///
    /// It is nil where bytes are damaged: then there is nothing to compare with.
    public let replay: ReplayReport?
    /// How far an earlier run had come, from whose checkpoint this one went on; nil where it began at the first byte.
    public let resumedAt: UInt64?
    /// Why a checkpoint could not be kept, so that an interrupted run would begin anew; nil where all could.
    public let checkpointFailure: StorageError?
    /// How long this run took.
    public let duration: Duration

    /// Whether every byte is what was written, and the books say what the log says.
    public var isClean: Bool { verification.damage == nil && replay?.isEqual == true }
}

/// How an audit is done.
public struct AuditOptions: Hashable, Sendable {
    /// The directory in which it keeps its checkpoints; `audit` in the ledger's own unless given.
    public var checkpoints: String?
    /// Whether it goes on from the checkpoint of an interrupted run, if there is one.
    public var resumes: Bool
    /// How long after one checkpoint the next one may follow; checkpoints are taken at the ends of segments alone.
    public var interval: Duration

    /// Creates options; what is left out takes its default.
    public init(checkpoints: String? = nil, resumes: Bool = true, interval: Duration = .seconds(10)) {
        self.checkpoints = checkpoints
        self.resumes = resumes
        self.interval = interval
    }
}
