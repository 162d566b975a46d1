internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Projections
internal import Snapshots
internal import Synchronization

/// Pulls blocks from a feed and folds them into a cell, saving checkpoints on the way.
final class RunLoop<P: Projection>: Sendable {
    /// What a step has found.
    enum Step {
        /// More.
        case wentOn
        /// The task was cancelled, or the ledger closed.
        case isOver
    }

    private let cell: ProjectionCell<P>
    private let feed: EventFeed
    private let store: CheckpointStore
    /// Whether the position was found to be one of this log.
    private let isChecked = Mutex(false)

    /// How many events there are between two checkpoints while there is more to fold.
    private static var eventsBetweenCheckpoints: UInt64 { 10_000 }
    /// How many there are before one that is saved since nothing more is there.
    private static var eventsBeforeIdleCheckpoint: UInt64 { 1000 }

    init(_ cell: ProjectionCell<P>, _ source: EventFeed.Source, _ store: CheckpointStore) {
        self.cell = cell
        self.store = store
        feed = EventFeed(source, readsTexts: cell.projection.readsTexts)
    }

    /// Takes up the checkpoint, unless something was folded already.
    func restore() async throws(LedgerError) {
        guard cell.position == 0, let place = (try? store.place(cell.key)) ?? nil else { return }
        _ = try await feed.settle(through: place.anchor.rawValue)
        try await feed.withReader { [cell, store] reader in cell.restore(from: store, reader) }
    }

    /// Folds until the task is cancelled or the ledger closed.
    func follow() async throws(LedgerError) {
        while try await step() == .wentOn {}
    }

    /// Folds the next blocks, or waits for them.
    func step() async throws(LedgerError) -> Step {
        if let failure = cell.failure { throw failure }
        let position = cell.position
        if isChecked.withLock({ isChecked in
            defer { isChecked = true }
            return !isChecked
        }) {
            try await feed.check(position)
        }
        guard !Task.isCancelled else { return try await end() }
        switch try await feed.pull(after: position) {
        case .blocks(let blocks):
            try await feed.withReader { [cell, store] reader in
                cell.fold(blocks)
                cell.save(to: store, after: Self.eventsBetweenCheckpoints, reader)
            }
        case .nothing:
            try await save(after: Self.eventsBeforeIdleCheckpoint)
            try await feed.wait(beyond: position)
        case .end: return try await end()
        }
        if let failure = cell.failure {
            try await save(after: 1)
            throw failure
        }
        return .wentOn
    }

    /// Removes the checkpoint; that this failed costs a file.
    func removeCheckpoint() async {
        try? await feed.withReader { [cell, store] _ in try? store.remove(cell.key) }
    }

    private func end() async throws(LedgerError) -> Step {
        try await save(after: 1)
        return .isOver
    }

    private func save(after events: UInt64) async throws(LedgerError) {
        try await feed.withReader { [cell, store] reader in cell.save(to: store, after: events, reader) }
    }
}
