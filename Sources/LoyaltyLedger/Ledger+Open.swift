internal import EventLog
internal import Foundation
internal import LogFormat
internal import LogStorage
public import LoyaltyDomain
internal import Projections
internal import Snapshots
internal import SystemPackage

extension Ledger {
    /// Opens a ledger: checks its log, loads the newest good snapshot, folds the events behind it, and starts the writer.
    ///
    /// A snapshot that is bad, stale or of another log is passed over; `snapshotReport` says why.
    ///
    /// - Throws: `LedgerError`; its `log` says `locked` where another process writes, `notALog` where the directory holds no ledger,
    ///   `newerFormat` where a later version wrote it, and `corrupt` where it is damaged.
    /// - Complexity: O(events behind the newest good snapshot + cards + commands); O(events) without one.
    public static func open(at path: String, options: LedgerOptions = LedgerOptions()) async throws -> Ledger {
        try await offThePool { try openBlocking(at: path, options: options) }
    }

    /// Creates a ledger with its first program in a directory that must not exist, or be empty, and opens it.
    ///
    /// The directory appears whole or not at all.
    public static func create(
        at path: String,
        program: Program,
        clock: ClockMode = .system,
        options: LedgerOptions = LedgerOptions()
    ) async throws -> Ledger {
        try await offThePool {
            try createBlocking(at: path, program: program, clock: clock, options: options)
            return try openBlocking(at: path, options: options)
        }
    }

    private static func openBlocking(at path: String, options: LedgerOptions) throws(LedgerError) -> Ledger {
        switch options.access {
        case .readWrite: try openWriting(at: path, options: options)
        case .readOnly: try openReading(at: path, options: options)
        }
    }

    private static func openWriting(at path: String, options: LedgerOptions) throws(LedgerError) -> Ledger {
        let log = try opened { () throws(LogError) in
            try EventLog.open(at: FilePath(path), storage: options.storage, options: options.forLog)
        }
        let store = snapshotStore(at: path, options: options)
        let start = try folded(log.makeReader(), from: store, options: options)
        let snapshots = SnapshotKeeper(store, options.snapshots, opening: start.report)
        let folds = try InlineFolds(of: log.makeReader(), at: path, options)
        let shared = SharedState(start.state, folds)
        let writer = LedgerWriter(log: log, state: shared, snapshots: snapshots, options: options)
        writer.start()
        return Ledger(
            path: path,
            options: options,
            state: shared,
            snapshots: snapshots,
            openReport: log.openReport,
            writer: writer,
            makeReader: { log.makeReader() }
        )
    }

    private static func openReading(at path: String, options: LedgerOptions) throws(LedgerError) -> Ledger {
        let log = try opened { () throws(LogError) in
            try EventLog.openReadOnly(at: FilePath(path), storage: options.storage, progress: options.forLog.progress)
        }
        let store = snapshotStore(at: path, options: options)
        let start = try folded(log.makeReader(), from: store, options: options)
        let shared = SharedState(start.state, try InlineFolds(of: log.makeReader(), at: path, options))
        shared.commits.finish()
        return Ledger(
            path: path,
            options: options,
            state: shared,
            snapshots: SnapshotKeeper(store, .never, opening: start.report),
            openReport: nil,
            writer: nil,
            makeReader: { log.makeReader() }
        )
    }

    static func snapshotStore(at path: String, options: LedgerOptions) -> SnapshotStore {
        SnapshotStore(directory: FilePath(path).appending("snapshots"), storage: options.storage)
    }

    /// The state at the log's head: the newest good snapshot, and the events behind it.
    private static func folded(
        _ reader: LogReader,
        from store: SnapshotStore,
        options: LedgerOptions
    ) throws(LedgerError) -> (state: LedgerState, report: SnapshotReport) {
        let search = store.newest(for: reader)
        var state = search.found?.state ?? LedgerState(of: reader.logID)
        var report = SnapshotReport()
        report.loaded = search.found?.binding.position.rawValue
        report.passedOver = search.passedOver
        let start = state.position
        let last = Double(max(reader.head.position.rawValue, start + 1) - start)
        let checked = LedgerOptions.shareOfChecking
        try state.fold(
            reader,
            on: .forThisMachine,
            progress: { options.progress?(checked + (1 - checked) * Double($0 - start) / last) }
        )
        report.foldedEvents = state.position - start
        return (state, report)
    }

    private static func createBlocking(
        at path: String,
        program: Program,
        clock: ClockMode,
        options: LedgerOptions
    ) throws(LedgerError) {
        if let contradiction = program.firstContradiction { throw LedgerError(.badProgram, contradiction) }
        guard ProgramCalendar.isTimeZone(program.timeZone) else {
            throw LedgerError(.badProgram, "no time zone is called \(program.timeZone)")
        }
        let place = try absolute(path)
        try checkFree(place, options: options)
        let name = ".\(place.lastComponent?.string ?? "ledger").creating-\(LogID.random())"
        let temporary = place.removingLastComponent().appending(name)
        let first = try firstFacts(program: program, clock: clock, options: options)
        try opened { () throws(LogError) in
            let log = try EventLog.create(at: temporary, storage: options.storage, options: options.forLog)
            _ = try log.append(first.batch, recordedAt: first.recordedAt.milliseconds)
            try log.close()
        }
        do {
            try options.storage.rename(temporary, to: place)
            try options.storage.syncDirectory(place.removingLastComponent())
        } catch {
            throw LedgerError(.log, "the new ledger could not be put in place: \(error)")
        }
    }

    /// The path from the root on, so that `.` has a name and a parent.
    private static func absolute(_ path: String) throws(LedgerError) -> FilePath {
        guard !path.isEmpty else { throw LedgerError(.badPath, "the ledger's path is empty") }
        let given = FilePath(path)
        let whole = given.isAbsolute ? given : FilePath(FileManager.default.currentDirectoryPath).pushing(given)
        return whole.lexicallyNormalized()
    }

    private static func checkFree(_ place: FilePath, options: LedgerOptions) throws(LedgerError) {
        do {
            let parent = place.removingLastComponent()
            guard try options.storage.exists(parent) else {
                throw LedgerError(.badPath, "there is no directory \(parent) to put the ledger into")
            }
            guard try options.storage.exists(place) else { return }
            guard try options.storage.list(place).isEmpty else {
                throw LedgerError(.badPath, "\(place) exists and is not empty; choose another directory")
            }
        } catch let error as LedgerError {
            throw error
        } catch {
            throw LedgerError(.badPath, "\(place) cannot hold a ledger: \(error)")
        }
    }

    private static func firstFacts(
        program: Program,
        clock: ClockMode,
        options: LedgerOptions
    ) throws(LedgerError) -> (batch: BatchBuilder, recordedAt: Timestamp) {
        let recordedAt = clock == .manual ? .epoch : max(options.now(), .epoch)
        var pending = PendingBatch(on: LedgerState(of: nil), recordedAt: recordedAt)
        try pending.append(.ledgerCreated(clock))
        let version = ProgramCatalog.Version(
            version: RuleVersion(1),
            number: ProgramNumber(0),
            effectiveFrom: .earliest,
            program: program
        )
        try pending.append(.programDefined(version))
        return (pending.builder, recordedAt)
    }

    private static func opened<Result>(_ body: () throws(LogError) -> Result) throws(LedgerError) -> Result {
        do {
            return try body()
        } catch {
            throw LedgerError(error)
        }
    }
}

extension LedgerOptions {
    /// The share of opening that checking the log stands for; folding is the rest.
    static let shareOfChecking = 0.1

    var forLog: EventLogOptions {
        var options = EventLogOptions(segmentCapacity: segmentCapacity, now: { [now] in now().milliseconds })
        if let progress {
            options.progress = { done in
                progress(Self.shareOfChecking * Double(done.completedBytes) / Double(max(done.totalBytes, 1)))
            }
        }
        return options
    }
}
