internal import EventLog
internal import LogFormat
internal import Snapshots

/// Compares every snapshot on disk with a fold of the log, on the way of that fold.
struct SnapshotAudit {
    private(set) var comparisons: [SnapshotComparison] = []
    private(set) var problems: [SnapshotProblem] = []
    private let store: SnapshotStore
    private let reader: LogReader
    /// The positions still ahead, the nearest last.
    private var ahead: [Position] = []

    /// Begins an audit of all snapshots, or of those behind a position, those before it having been compared.
    init(
        _ store: SnapshotStore,
        _ reader: LogReader,
        after position: UInt64 = 0,
        _ comparisons: [SnapshotComparison] = []
    ) {
        self.store = store
        self.reader = reader
        self.comparisons = comparisons
        do throws(SnapshotProblem) {
            ahead = try store.positions().filter { $0.rawValue > position }
        } catch {
            problems.append(error)
        }
    }

    /// Compares the snapshot at the position the fold has come to, if there is one.
    mutating func inspect(_ replayed: borrowing LedgerState) {
        while let next = ahead.last, next.rawValue <= replayed.position {
            ahead.removeLast()
            compare(next, replayed)
        }
    }

    /// Reports the snapshots that the fold did not come to.
    mutating func finish() {
        for position in ahead.reversed() { compare(position, LedgerState(of: reader.logID)) }
        ahead.removeAll()
    }

    private mutating func compare(_ position: Position, _ replayed: borrowing LedgerState) {
        do throws(SnapshotProblem) {
            guard let snapshot = try state(at: position) else { return }
            // One that serves names the end of a batch, and the fold stops at each.
            assert(replayed.position == position.rawValue, "passed \(position), stopped at \(replayed.position)")
            comparisons.append(SnapshotComparison(of: snapshot, beside: replayed))
        } catch {
            problems.append(error)
        }
    }

    /// The state that a snapshot keeps; nil where a newer one has taken its place meanwhile.
    private func state(at position: Position) throws(SnapshotProblem) -> LedgerState? {
        do throws(SnapshotProblem) {
            return try store.load(position, for: reader)
        } catch {
            if error.reason == .unreadable, let left = try? store.positions(), !left.contains(position) { return nil }
            throw error
        }
    }
}
