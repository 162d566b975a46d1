internal import Dispatch
internal import EventLog
internal import LogFormat
internal import LogStorage
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

    /// Begins to write a snapshot if there were enough events since the last one.
    ///
    /// The writer thread calls it between batches. What it costs there is a copy that shares all storage: while the copy is
    /// encoded, the first change of each table copies that table once.
    func writeIfDue(_ log: EventLog, _ state: SharedState) {
        let head = log.head
        guard let events = policy.eventsWhileRunning, begin(head, after: events, log) else { return }
        let copy = Handover(state.copy)
        let logID = log.logID
        queue.async { [self] in write(copy, logID, head) }
    }

    /// Waits for a snapshot that is being written, and writes a last one if there were enough events since.
    func finish(_ log: EventLog, _ state: SharedState) {
        queue.sync {}
        let head = log.head
        guard let events = policy.eventsBeforeClose, begin(head, after: events, log) else { return }
        write(Handover(state.copy), log.logID, head)
    }

    private func begin(_ head: LogHead, after events: UInt64, _ log: EventLog) -> Bool {
        guard head.position.rawValue > 0, log.failure == nil else { return false }
        return status.withLock { status in
            let position = head.position.rawValue
            guard !status.isWriting, position > status.last, position - status.last >= events else { return false }
            status.isWriting = true
            status.last = position
            return true
        }
    }

    private func write(_ handover: Handover, _ logID: LogID, _ head: LogHead) {
        var failure: StorageError?
        // The copy is gone before the disk is waited for.
        let bytes = handover.take { state -> [UInt8]? in
            // An event that was written but could not be folded leaves the state behind the log: then there is nothing to keep.
            state.position == head.position.rawValue ? state.encoded() : nil
        }
        if let bytes {
            let binding = SnapshotBinding(
                logID: logID,
                position: head.position,
                chainHash: head.chainHash,
                foldVersion: LedgerState.foldVersion
            )
            do throws(StorageError) {
                try store.write(bytes, binding)
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

/// A state on its way to another thread, which drops it as soon as it can.
private final class Handover: Sendable {
    private let state: Mutex<LedgerState?>

    init(_ state: LedgerState) { self.state = Mutex(state) }

    /// Gives the state to `body`, once, and drops it.
    func take(_ body: (borrowing LedgerState) -> [UInt8]?) -> [UInt8]? {
        let taken = state.withLock { state -> LedgerState? in
            defer { state = nil }
            return state
        }
        return taken.flatMap { body($0) }
    }
}
