internal import Dispatch
internal import EventLog
internal import LogFormat
internal import LogStorage
internal import LoyaltyDomain
internal import Snapshots
internal import Synchronization

/// Writes the ledger's snapshots when its policy says so, one at a time, beside the running commands.
///
/// A snapshot that could not be written is reported and tried again after as many events more: no command waits for one or fails
/// with one, and the log knows nothing of it.
final class SnapshotKeeper: Sendable {
    private struct Status {
        var report: SnapshotReport
        /// The position of the last snapshot that was loaded, written or tried.
        var last: UInt64
        /// When that was; opening counts as one.
        var lastAt = ContinuousClock.now
        var isWriting = false
    }

    let store: SnapshotStore
    private let policy: SnapshotPolicy
    private let status: Mutex<Status>
    private let queue = DispatchQueue(label: "loyalty-ledger snapshots")

    init(_ store: SnapshotStore, _ policy: SnapshotPolicy, opening report: SnapshotReport) {
        self.store = store
        self.policy = policy
        status = Mutex(Status(report: report, last: report.loaded ?? 0))
    }

    var report: SnapshotReport { status.withLock { $0.report } }

    /// Notes with what a question about the past began.
    func note(_ lookBack: LookBack) { status.withLock { $0.report.lookedBack = lookBack } }

    /// Begins to write a snapshot if there were enough events since the last one, or enough time went by and any events.
    ///
    /// The writer thread calls it between batches. What it costs there is a copy that shares all storage: while the copy is
    /// encoded, the first change of each table copies that table once.
    func writeIfDue(_ log: EventLog, _ state: SharedState) {
        let head = log.head
        guard policy.eventsWhileRunning != nil || policy.interval != nil, begin(head, isDue: isDue, log) else { return }
        let copy = Handover(state.copy)
        let logID = log.logID
        queue.async { [self] in write(copy, logID, head) }
    }

    /// Waits for a snapshot that is being written, and writes a last one if there were enough events since.
    func finish(_ log: EventLog, _ state: SharedState) {
        queue.sync {}
        let head = log.head
        guard let wanted = policy.eventsBeforeClose, begin(head, isDue: { events, _ in events >= wanted }, log) else {
            return
        }
        write(Handover(state.copy), log.logID, head)
    }

    /// Whether so many events since the last snapshot, and so much time, ask for another one beside the running commands.
    private func isDue(_ events: UInt64, _ time: Duration) -> Bool {
        if let wanted = policy.eventsWhileRunning, events >= wanted { return true }
        return policy.interval.map { time >= $0 && events >= policy.eventsBeforeClose ?? 1 } ?? false
    }

    private func begin(_ head: LogHead, isDue: (UInt64, Duration) -> Bool, _ log: EventLog) -> Bool {
        guard head.position.rawValue > 0, log.failure == nil else { return false }
        return status.withLock { status in
            let position = head.position.rawValue
            guard !status.isWriting, position > status.last else { return false }
            let now = ContinuousClock.now
            guard isDue(position - status.last, now - status.lastAt) else { return false }
            status.isWriting = true
            status.last = position
            status.lastAt = now
            return true
        }
    }

    private func write(_ handover: Handover, _ logID: LogID, _ head: LogHead) {
        var failure: StorageError?
        // The copy is gone before the disk is waited for.
        let bytes = handover.take { state -> Encoded? in
            // An event that was written but could not be folded leaves the state behind the log: then there is nothing to keep.
            guard state.position == head.position.rawValue else { return nil }
            return Encoded(state.encoded(), state.recordedAt, state.greatestEffectiveAt)
        }
        if let bytes {
            let binding = SnapshotBinding(
                logID: logID,
                position: head.position,
                chainHash: head.chainHash,
                foldVersion: LedgerState.foldVersion,
                recordedAt: bytes.recordedAt.milliseconds,
                greatestEffectiveAt: bytes.greatestEffectiveAt.milliseconds
            )
            do throws(StorageError) {
                try store.write(bytes.state, binding, keeping: policy.kept)
            } catch {
                failure = error
            }
        }
        status.withLock { status in
            status.isWriting = false
            status.report.failure = failure
            if bytes != nil, failure == nil { status.report.written = head.position.rawValue }
        }
    }
}

/// The bytes of a state, and the two instants that its snapshot's header tells.
private struct Encoded {
    let state: [UInt8]
    let recordedAt: Timestamp
    let greatestEffectiveAt: Timestamp

    init(_ state: [UInt8], _ recordedAt: Timestamp, _ greatestEffectiveAt: Timestamp) {
        self.state = state
        self.recordedAt = recordedAt
        self.greatestEffectiveAt = greatestEffectiveAt
    }
}

/// A state on its way to another thread, which drops it as soon as it can.
private final class Handover: Sendable {
    private let state: Mutex<LedgerState?>

    init(_ state: LedgerState) { self.state = Mutex(state) }

    /// Gives the state to `body`, once, and drops it.
    func take(_ body: (borrowing LedgerState) -> Encoded?) -> Encoded? {
        let taken = state.withLock { state -> LedgerState? in
            defer { state = nil }
            return state
        }
        return taken.flatMap { body($0) }
    }
}
