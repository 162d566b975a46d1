internal import Dispatch
internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Projections
internal import Snapshots
internal import Synchronization
internal import SystemPackage

/// The projections that are folded with each batch, before anybody hears that it is durable.
///
/// One that is stopped stands still; the others, and the commands, go on.
final class InlineFolds: Sendable {
    private let folds: [String: any InlineFold]
    private let store: CheckpointStore
    private let queue = DispatchQueue(label: "loyalty-ledger projections")
    private let isSaving = Mutex(false)

    /// Folds every projection of the options up to the end of the log, from its checkpoint where there is one.
    ///
    /// - Complexity: O(events behind the checkpoint), for each projection.
    init(of reader: LogReader, at path: String, _ options: LedgerOptions) throws(LedgerError) {
        store = CheckpointStore(directory: FilePath(path).appending("projections"), storage: options.storage)
        var folds: [String: any InlineFold] = [:]
        for projection in options.projections {
            let fold = try Self.cell(projection)
            guard folds.updateValue(fold, forKey: projection.name) == nil else {
                throw LedgerError(.badProjection, "two projections are called \(projection.name)")
            }
            try fold.catchUp(reader, from: store)
        }
        self.folds = folds
    }

    private static func cell(_ projection: some Projection) throws(LedgerError) -> any InlineFold {
        try ProjectionCell(projection)
    }

    /// The cell of a registered projection.
    func cell<P: Projection>(of projection: P) throws(LedgerError) -> ProjectionCell<P> {
        guard let cell = folds[projection.name] as? ProjectionCell<P>, cell.key.version == projection.version else {
            let asked = "projection \(projection.name), version \(projection.version)"
            throw LedgerError(.badProjection, "\(asked), is not among those the ledger was opened with")
        }
        return cell
    }

    /// Folds what a batch has just made durable.
    func fold(_ records: [PendingBatch.Record]) {
        for fold in folds.values { fold.fold(records) }
    }

    /// Begins to save the projections that came far enough since their last checkpoints; the writer's thread calls it.
    func saveIfDue(_ log: EventLog, _ policy: SnapshotPolicy) {
        guard !folds.isEmpty, let events = policy.eventsWhileRunning else { return }
        let isBusy = isSaving.withLock { isSaving in
            defer { isSaving = true }
            return isSaving
        }
        guard !isBusy else { return }
        queue.async { [self] in
            for fold in folds.values { fold.save(to: store, after: events, log.makeReader()) }
            isSaving.withLock { $0 = false }
        }
    }

    /// Waits for what is being saved, and saves for the last time.
    func finish(_ log: EventLog, _ policy: SnapshotPolicy) {
        guard !folds.isEmpty else { return }
        queue.sync {}
        guard let events = policy.eventsBeforeClose else { return }
        for fold in folds.values { fold.save(to: store, after: events, log.makeReader()) }
    }
}

/// A projection of any kind, called once a batch.
private protocol InlineFold: AnyObject, Sendable {
    /// Takes up the checkpoint and folds what the log has behind it.
    func catchUp(_ reader: LogReader, from store: CheckpointStore) throws(LedgerError)
    /// Folds a batch.
    func fold(_ records: [PendingBatch.Record])
    /// Saves a checkpoint if there were so many events since the last one.
    func save(to store: CheckpointStore, after events: UInt64, _ reader: @autoclosure () throws -> LogReader)
}

extension ProjectionCell: InlineFold {
    func catchUp(_ reader: LogReader, from store: CheckpointStore) throws(LedgerError) {
        restore(from: store, reader)
        let first = Position(rawValue: position + 1)
        try LedgerError.reading { () throws -> Void in
            try reader.forEachBlock(from: first, sections: projection.readsTexts ? .all : .ids) { fold([$0]) }
        }
    }
}
