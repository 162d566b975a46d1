internal import EventLog
internal import LogFormat
internal import LogStorage
public import Snapshots
internal import Synchronization

/// How far a subscriber came, kept beside the ledger under a name of its own.
///
/// A subscriber saves it when its work on an event is done; after a crash it begins behind the last position it saved, so that each
/// event is seen at least once. One that must see each exactly once keeps the position in the same place as its output
/// instead, replaced together with it.
///
/// A name belongs to one subscriber at a time.
public final class SubscriberCheckpoint: Sendable {
    /// The name.
    public let name: String
    /// Why what was saved could not be used, so that the subscriber begins again; nil where it could, or there was nothing.
    public let problem: CheckpointProblem?

    private let key: Checkpoint.Key
    private let store: CheckpointStore
    private let feed: EventFeed
    private let saved: Mutex<UInt64>

    init(
        _ key: Checkpoint.Key,
        _ store: CheckpointStore,
        _ feed: EventFeed,
        at position: UInt64,
        _ problem: CheckpointProblem?
    ) {
        name = key.name
        self.key = key
        self.store = store
        self.feed = feed
        self.problem = problem
        saved = Mutex(position)
    }

    /// The last position that was saved; 0 before the first.
    public var position: UInt64 { saved.withLock { $0 } }

    /// Saves a position, durably, in place of the one before.
    ///
    /// - Throws: `LedgerError`, where the one before is still there.
    public func save(_ position: UInt64) async throws(LedgerError) {
        try await store.save(key, at: position, state: [], feed)
        saved.withLock { $0 = position }
    }
}

extension CheckpointStore {
    /// Writes a checkpoint at a position of the log that a feed reads.
    func save(
        _ key: Checkpoint.Key,
        at position: UInt64,
        state: [UInt8],
        _ feed: EventFeed
    ) async throws(LedgerError) {
        try await feed.check(position)
        try await feed.withReader { reader in try self.write(key, at: position, state: state, reader) }
    }

    /// Writes a checkpoint at a position of the log that a reader reads.
    func write(_ key: Checkpoint.Key, at position: UInt64, state: [UInt8], _ reader: LogReader) throws(LedgerError) {
        do {
            guard let end = try reader.batchEnd(holding: Position(rawValue: position)) else {
                throw LedgerError(.beyondEnd, "a checkpoint where the ledger has no event", position: position)
            }
            let place = Checkpoint.Place(
                logID: reader.logID,
                position: Position(rawValue: position),
                anchor: end.position,
                chainHash: end.chainHash
            )
            try write(Checkpoint(key, place, state: state))
        } catch let error as LedgerError {
            throw error
        } catch let error as LogError {
            throw LedgerError(error)
        } catch {
            throw LedgerError(.checkpoint, "checkpoint \(key.name) could not be saved: \(error)", position: position)
        }
    }

    /// Reads a checkpoint that belongs to the log that a reader reads; nil where there is none.
    func load(_ key: Checkpoint.Key, for reader: LogReader) throws(CheckpointProblem) -> Checkpoint? {
        guard let checkpoint = try load(key) else { return nil }
        if let problem = problem(with: checkpoint.place, of: key, reader) { throw problem }
        return checkpoint
    }

    /// Why a place is none of the log that a reader reads; nil where it is one.
    func problem(with place: Checkpoint.Place, of key: Checkpoint.Key, _ reader: LogReader) -> CheckpointProblem? {
        // A log that cannot be read here says so better when it is folded.
        problem(with: place, of: key, in: reader.logID) { (try? reader.chainHash(after: $0)) ?? nil }
    }

    /// Why a checkpoint does not belong to a log of that id and those chain hashes; nil where it does.
    func problem(
        with place: Checkpoint.Place,
        of key: Checkpoint.Key,
        in logID: LogID,
        chainHashAt: (Position) -> ChainHash?
    ) -> CheckpointProblem? {
        guard place.logID == logID else {
            let (expected, found) = ("log \(logID)", "\(place.logID)")
            return CheckpointProblem(.foreign, file(key), offset: 16, expected: expected, found: found)
        }
        let hash = chainHashAt(place.anchor)
        guard let hash, hash == place.chainHash else {
            return CheckpointProblem(
                .otherHistory,
                file(key),
                offset: 40,
                expected: "a batch that ends at position \(place.anchor) with chain hash \(place.chainHash)",
                found: hash.map { "chain hash \($0)" } ?? "none"
            )
        }
        return nil
    }
}
