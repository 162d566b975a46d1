internal import EventLog
internal import LogFormat
internal import LogStorage
internal import LoyaltyDomain
internal import Snapshots

/// The half of an audit that folds: it takes checked blocks, compares snapshots on the way, and keeps checkpoints.
struct AuditFold {
    /// What it leaves behind.
    struct Outcome: Sendable {
        /// The state at the live one's position; nil where the log does not come so far, or not whole.
        var atLive: LedgerState?
        var comparisons: [SnapshotComparison] = []
        var problems: [SnapshotProblem] = []
        /// Why the fold stopped: an event that is not understood.
        var failure: LedgerError?
        /// Why a checkpoint could not be kept.
        var checkpointFailure: StorageError?
    }

    private var state: LedgerState
    private var snapshots: SnapshotAudit
    private var outcome = Outcome()
    private let live: UInt64
    private let keeper: AuditKeeper
    private let beganAt: Timestamp
    private var lastKept = ContinuousClock.now

    init(_ start: AuditCheckpoint, _ snapshots: SnapshotAudit, live: UInt64, _ keeper: AuditKeeper) {
        state = start.state
        beganAt = start.beganAt
        self.snapshots = snapshots
        self.live = live
        self.keeper = keeper
        if state.position == live { outcome.atLive = state }
    }

    /// Folds all loads of a pipe, and what a reader sees of the log behind the last one up to the live state's position.
    mutating func run(_ pipe: BlockPipe, _ reader: LogReader) -> Outcome {
        do throws(LedgerError) {
            while let load = pipe.take() {
                for block in load.blocks { try fold(block) }
                pipe.giveBack(load.blocks)
                if load.isSegmentEnd { keep() }
            }
            if pipe.isWhole { try finish(reader) }
        } catch {
            outcome.failure = error
            pipe.abandon()
        }
        outcome.comparisons = snapshots.comparisons
        outcome.problems = snapshots.problems
        return outcome
    }

    private mutating func fold(_ block: DecodedBlock) throws(LedgerError) {
        // Behind damage blocks go on to come, as each segment gets its verdict; there is nothing to fold them on.
        guard block.firstPosition.rawValue == state.position + 1 else {
            throw .inconsistent("position \(block.firstPosition) behind \(state.position)", state.position)
        }
        try state.fold(block, from: Position(rawValue: state.position + 1), within: nil)
        snapshots.inspect(state)
        if state.position == live { outcome.atLive = state }
    }

    /// A living writer's last batch is not checked before it is promised; the live state may have it.
    private mutating func finish(_ reader: LogReader) throws(LedgerError) {
        if outcome.atLive == nil, state.position < live {
            var snapshots = snapshots
            try state.fold(reader, through: live, inspect: { snapshots.inspect($0) })
            self.snapshots = snapshots
            if state.position == live { outcome.atLive = state }
        }
        snapshots.finish()
    }

    /// Keeps a checkpoint, if the last one is old enough.
    private mutating func keep() {
        guard outcome.checkpointFailure == nil, ContinuousClock.now - lastKept >= keeper.interval else { return }
        let comparisons = snapshots.comparisons
        do throws(StorageError) {
            try keeper.keep(AuditCheckpoint(beganAt: beganAt, comparisons: comparisons, state: state))
        } catch {
            outcome.checkpointFailure = error
        }
        lastKept = ContinuousClock.now
    }
}
