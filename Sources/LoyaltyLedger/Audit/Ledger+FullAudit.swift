internal import Dispatch
public import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Snapshots
internal import Synchronization
internal import SystemPackage

extension Ledger {
    /// Checks every byte of the ledger and folds all events from the first one, on two threads, and compares the result with the
    /// live state, card by card, and with every snapshot (I6).
    ///
    /// One thread checks blocks and hands them to the other, which folds them. A run that was interrupted, by whatever, goes on
    /// from its last checkpoint; what was checked before it is not read again.
    ///
    /// - Parameter progress: Called now and then while it goes on.
    /// - Throws: `LedgerError` where the directory cannot be read or an event is not understood; `CancellationError` where the task
    ///   was cancelled, which leaves the last checkpoint. Damage and differences are findings of the report.
    /// - Complexity: O(bytes + events).
    public func audit(
        _ audit: AuditOptions = AuditOptions(),
        progress: (@Sendable (LogProgress) -> Void)? = nil
    ) async throws -> AuditReport {
        let cancellation = Cancellation()
        return try await withTaskCancellationHandler {
            try await offThePool { [self] in
                try AuditRun(self, audit, cancellation).report(progress: progress)
            }
        } onCancel: {
            cancellation.cancel()
        }
    }
}

/// Whether somebody asked to stop.
private final class Cancellation: Sendable {
    private let flag = Atomic(false)

    var isCancelled: Bool { flag.load(ordering: .relaxed) }

    func cancel() { flag.store(true, ordering: .relaxed) }
}

/// One run of an audit, on the thread that checks.
private struct AuditRun {
    private let ledger: Ledger
    private let cancellation: Cancellation
    private let live: LedgerState
    private let keeper: AuditKeeper
    private let resumed: (checkpoint: AuditCheckpoint, head: LogHead)?

    init(_ ledger: Ledger, _ audit: AuditOptions, _ cancellation: Cancellation) throws {
        self.ledger = ledger
        self.cancellation = cancellation
        live = ledger.state.copy
        let reader = try LedgerError.reading { try ledger.makeReader() }
        let directory = audit.checkpoints.map { FilePath($0) } ?? FilePath(ledger.path).appending("audit")
        let store = SnapshotStore(directory: directory, storage: ledger.options.storage)
        keeper = AuditKeeper(store: store, logID: reader.logID, hashes: SegmentEnds(), interval: audit.interval)
        resumed = audit.resumes ? keeper.newest(for: reader) : nil
    }

    func report(progress: (@Sendable (LogProgress) -> Void)?) throws -> AuditReport {
        let clock = ContinuousClock()
        let start = clock.now
        let pipe = BlockPipe()
        let folding = Folding(foldAll(pipe), pipe)
        let checked = Result { try verify(pipe, progress) }
        let fold = try folding.result().get()
        if cancellation.isCancelled { throw CancellationError() }
        let verification = try checked.get()
        if let failure = fold.failure, verification.damage == nil { throw failure }
        keeper.clear()
        let duration = start.duration(to: clock.now)
        return AuditReport(
            verification: verification,
            replay: verification.damage == nil ? try compare(fold, duration) : nil,
            resumedAt: resumed?.checkpoint.state.position,
            checkpointFailure: fold.checkpointFailure,
            duration: duration
        )
    }

    /// The work of the folding thread, which has a reader of its own.
    private func foldAll(_ pipe: BlockPipe) -> @Sendable () throws -> AuditFold.Outcome {
        let beganAt = ledger.options.now()
        let (checkpoint, position) = (resumed?.checkpoint, live.position)
        return { [makeReader = ledger.makeReader, store = ledger.snapshots.store, keeper] in
            let reader = try LedgerError.reading { try makeReader() }
            let blank = LedgerState(of: reader.logID)
            let start = checkpoint ?? AuditCheckpoint(beganAt: beganAt, comparisons: [], state: blank)
            let snapshots = SnapshotAudit(store, reader, after: start.state.position, start.comparisons)
            var fold = AuditFold(start, snapshots, live: position, keeper)
            return fold.run(pipe, reader)
        }
    }

    private func verify(_ pipe: BlockPipe, _ progress: (@Sendable (LogProgress) -> Void)?) throws -> VerifyReport {
        var isWhole = false
        defer { pipe.finish(isWhole: isWhole) }
        var loader = BlockLoader(pipe)
        let hooks = VerifyHooks(
            resumingAfter: resumed?.head,
            onBlock: { loader.take(&$0) },
            onSegment: { [hashes = keeper.hashes] head in
                hashes.note(head)
                loader.endSegment()
            },
            isCancelled: { [cancellation] in cancellation.isCancelled }
        )
        let report = try Ledger.verify(at: ledger.path, ledger.options, progress, hooks, knowing: knownHashes)
        loader.send()
        isWhole = report.damage == nil && !cancellation.isCancelled
        return report
    }

    /// The chain hashes after the snapshots and checkpoints in segments that were checked before.
    private var knownHashes: [Position: ChainHash] {
        guard let resumed, let reader = try? ledger.makeReader() else { return [:] }
        var hashes: [Position: ChainHash] = [:]
        let checkpoints = CheckpointSurvey(Ledger.checkpointStore(at: ledger.path, options: ledger.options))
        let wanted = checkpoints.anchors.union((try? ledger.snapshots.store.positions()) ?? [])
        for position in wanted where position <= resumed.head.position {
            hashes[position] = (try? reader.chainHash(after: position)) ?? nil
        }
        return hashes
    }

    private func compare(_ fold: AuditFold.Outcome, _ duration: Duration) throws -> ReplayReport {
        guard let replayed = fold.atLive else {
            throw LedgerError(.inconsistent, "the log ends before the live state at position \(live.position)")
        }
        return ReplayReport(
            replayed,
            beside: live,
            snapshots: fold.comparisons,
            problems: fold.problems,
            duration: duration
        )
    }
}

/// A fold on a thread of its own.
private final class Folding: Sendable {
    private let outcome = Mutex<Result<AuditFold.Outcome, any Error>?>(nil)
    private let group = DispatchGroup()

    init(_ body: @escaping @Sendable () throws -> AuditFold.Outcome, _ pipe: BlockPipe) {
        DispatchQueue(label: "loyalty-ledger audit").async(group: group) { [self] in
            let result = Result { try body() }
            if case .failure = result { pipe.abandon() }
            outcome.withLock { $0 = result }
        }
    }

    /// Waits for the fold.
    func result() throws -> Result<AuditFold.Outcome, any Error> {
        group.wait()
        guard let result = outcome.withLock({ $0 }) else {
            throw LedgerError(.log, "the fold of the audit left nothing behind")
        }
        return result
    }
}
