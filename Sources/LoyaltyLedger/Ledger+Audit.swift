public import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Projections
internal import Snapshots
internal import SystemPackage

extension Ledger {
    /// Folds the log again from its first byte and compares the result with the live state, card by card, and with every snapshot
    /// on the way (I6).
    ///
    /// - Parameter progress: Called now and then with the share done, 0...1.
    /// - Throws: `LedgerError` where the log cannot be read or an event is not understood.
    /// - Complexity: O(events).
    public func replay(progress: (@Sendable (Double) -> Void)? = nil) async throws -> ReplayReport {
        try await offThePool { [state, snapshots, makeReader] in
            let reader = try LedgerError.reading { try makeReader() }
            let clock = ContinuousClock()
            let start = clock.now
            var replayed = LedgerState(of: reader.logID)
            var audit = SnapshotAudit(snapshots.store, reader)
            // A live ledger may move on meanwhile: the fold follows until both stand at one position.
            var live = state.copy
            repeat {
                if replayed.position >= live.position { live = state.copy }
                let last = Double(max(reader.head.position.rawValue, 1))
                try replayed.fold(
                    reader,
                    inspect: { audit.inspect($0) },
                    progress: { position in progress?(Double(position) / last) }
                )
            } while replayed.position != live.position
            let duration = start.duration(to: clock.now)
            audit.finish()
            return ReplayReport(
                replayed,
                beside: live,
                snapshots: audit.comparisons,
                problems: audit.problems,
                duration: duration
            )
        }
    }

    /// Checks every byte of the ledger: checksums, links, the hash chain, seals and derived files, snapshots and checkpoints too.
    ///
    /// It writes nothing.
    ///
    /// - Parameter progress: Called while it goes on.
    /// - Throws: `LedgerError` where the directory cannot be read at all; damage is a finding of the report.
    public func verify(progress: (@Sendable (LogProgress) -> Void)? = nil) async throws -> VerifyReport {
        try await Ledger.verify(at: path, options: options, progress: progress)
    }

    /// Checks every byte of a ledger that need not be open, or even be fit to open.
    public static func verify(
        at path: String,
        options: LedgerOptions = LedgerOptions(),
        progress: (@Sendable (LogProgress) -> Void)? = nil
    ) async throws -> VerifyReport {
        try await offThePool { try verify(at: path, options, progress, VerifyHooks()) }
    }

    /// The same on a thread that may wait, with hooks along the way.
    static func verify(
        at path: String,
        _ options: LedgerOptions,
        _ progress: (@Sendable (LogProgress) -> Void)?,
        _ hooks: VerifyHooks,
        knowing known: [Position: ChainHash] = [:]
    ) throws(LedgerError) -> VerifyReport {
        try LedgerError.reading {
            let store = snapshotStore(at: path, options: options)
            let checkpoints = CheckpointSurvey(checkpointStore(at: path, options: options))
            let wanted = Set((try? store.positions()) ?? []).union(checkpoints.anchors)
            var hashes = known
            var hooks = hooks
            hooks.onBatch = { if wanted.contains($0.position) { hashes[$0.position] = $0.chainHash } }
            var report = try EventLog.verify(
                at: FilePath(path),
                storage: options.storage,
                progress: progress,
                hooks: hooks
            )
            // Without a log there is nothing a snapshot or a checkpoint could be tied to.
            if let logID = report.logID { report.files += store.verdicts(logID, hashes) }
            let current = Dictionary(options.projections.map { ($0.name, $0.version) }, uniquingKeysWith: { $1 })
            report.files += checkpoints.verdicts(report, hashes, current: current)
            return report
        }
    }

    /// Describes the files of a ledger as a tree, as far as they can be read; of snapshots only the headers are.
    public static func describe(
        at path: String,
        options: LedgerOptions = LedgerOptions()
    ) async throws -> LogDescription {
        try await offThePool {
            try LedgerError.reading {
                var description = try EventLog.describe(at: FilePath(path), storage: options.storage)
                description.files += snapshotStore(at: path, options: options).descriptions()
                return description
            }
        }
    }
}

extension ReplayReport {
    init(
        _ replayed: LedgerState,
        beside live: LedgerState,
        snapshots: [SnapshotComparison],
        problems: [SnapshotProblem],
        duration: Duration
    ) {
        var differences: [Difference] = []
        var violations: [Difference] = []
        replayed.cards.forEach { number, state in
            let card = replayed.directory.card(number)
            if !live.cards.contains(number) {
                differences.append(Difference(card: card, message: "the live state does not have the card"))
            } else if live.cards[number] != state || live.directory.card(number) != card {
                differences.append(
                    Difference(card: card, message: "the live state differs: \(live.cards[number]) is not \(state)")
                )
            }
            if let violation = state.firstViolation { violations.append(Difference(card: card, message: violation)) }
        }
        if live.cards.count > replayed.cards.count {
            let extra = CardNumber(UInt32(replayed.cards.count) + 1)
            differences.append(Difference(card: live.directory.card(extra), message: "the log does not have the card"))
        }
        self.init(
            events: replayed.position,
            duration: duration,
            digest: StateDigest(of: replayed.cards),
            liveDigest: StateDigest(of: live.cards),
            differences: differences,
            violations: violations,
            snapshots: snapshots,
            snapshotProblems: problems
        )
    }
}
