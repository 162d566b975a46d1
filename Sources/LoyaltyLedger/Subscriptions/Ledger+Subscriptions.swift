internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Snapshots
internal import SystemPackage

extension Ledger {
    /// Every committed event behind a position, of cards and of the ledger, in the order of positions.
    ///
    /// - Parameters:
    ///   - position: The last position that is not wanted; 0 for everything.
    ///   - following: Whether to wait for what comes, beside a writer in this process or another, when all that is there was delivered.
    /// - Complexity: O(1); the events are read as they are asked for.
    public func events(after position: UInt64 = 0, following: Bool = true) -> EventSubscription {
        let last = following ? nil : state.commits.now.position
        return EventSubscription(source: source(following: following), position: position, last: last)
    }

    /// The checkpoint of a subscriber, which keeps how far it came under LEDGER/projections.
    ///
    /// One that is missing, damaged or of another ledger stands at position 0: the subscriber begins again.
    ///
    /// - Parameter name: 1 to 64 of `a-z`, `0-9` and `-`.
    /// - Throws: `LedgerError` where the name is none, or the log cannot be read.
    public func checkpoint(named name: String) async throws(LedgerError) -> SubscriberCheckpoint {
        guard let key = Checkpoint.Key(.subscriber, name) else { throw .badName(name) }
        let (store, feed) = (checkpointStore, EventFeed(source(following: true), readsTexts: false))
        let place: Checkpoint.Place?
        do throws(CheckpointProblem) {
            place = try store.place(key)
        } catch {
            return SubscriberCheckpoint(key, store, feed, at: 0, error)
        }
        guard let place else { return SubscriberCheckpoint(key, store, feed, at: 0, nil) }
        // What the writing process has acknowledged may be promised to this one only a moment later.
        _ = try await feed.settle(through: place.anchor.rawValue)
        let problem = try await feed.withReader { store.problem(with: place, of: key, $0) }
        return SubscriberCheckpoint(key, store, feed, at: problem == nil ? place.position.rawValue : 0, problem)
    }

    var checkpointStore: CheckpointStore { Ledger.checkpointStore(at: path, options: options) }

    static func checkpointStore(at path: String, options: LedgerOptions) -> CheckpointStore {
        CheckpointStore(directory: FilePath(path).appending("projections"), storage: options.storage)
    }

    /// Where committed events come from: this process's log, or one that another process may be writing.
    func source(following: Bool) -> EventFeed.Source {
        let isOther = options.access == .readOnly && following
        return isOther ? .other(path: path, options) : .own(makeReader, state.commits)
    }
}

extension LedgerError {
    static func badName(_ name: String) -> LedgerError {
        LedgerError(.badProjection, "\(name.debugDescription) is no name: 1 to 64 of a-z, 0-9 and - are")
    }
}
