internal import LoyaltyDomain
public import Projections
internal import Snapshots
internal import Synchronization

/// Folds a projection beside the writer, in this process or in one that only reads.
///
///     let footfall = try ledger.runner(Footfall())
///     try await withThrowingTaskGroup(of: Void.self) { group in
///         group.addTask { try await footfall.run() }
///         ...
///         print(try footfall.state)
///     }
///
/// A projection with a coding is kept in a checkpoint and taken up from there. A changed version is built beside the old one,
/// which answers until the new one has reached it.
public final class ProjectionRunner<P: Projection>: Sendable {
    private let cell: ProjectionCell<P>
    private let predecessor: Predecessor<P.State>?
    private let loop: RunLoop<P>
    private let status: Mutex<Status>

    private struct Status {
        var isServing: Bool
        var isRunning = false
    }

    init(_ cell: ProjectionCell<P>, _ loop: RunLoop<P>, replacing predecessor: Predecessor<P.State>?) {
        self.cell = cell
        self.loop = loop
        self.predecessor = predecessor
        status = Mutex(Status(isServing: predecessor == nil))
    }

    /// The state as it was folded last: of the old version, until the new one has reached it.
    ///
    /// - Throws: What stopped the fold.
    public var state: P.State {
        get throws(LedgerError) {
            let standing = standing
            if let failure = standing.failure { throw failure }
            return standing.state
        }
    }

    /// Where the projection that answers stands, whether it goes on or not.
    public var standing: ProjectionStanding<P.State> {
        if let predecessor, !status.withLock({ $0.isServing }) { return predecessor.standing() }
        return cell.standing
    }

    /// Where the projection itself stands, whether it answers already or not.
    public var building: ProjectionStanding<P.State> { cell.standing }

    /// Folds what is there and then what comes, until the task is cancelled or the ledger is closed.
    ///
    /// - Precondition: it is not running already.
    /// - Throws: `LedgerError`, where the fold is stopped: by an event that cannot be decoded, by one it refuses, or by a log that cannot
    ///   be read. It stands at the last good position then.
    public func run() async throws(LedgerError) {
        status.withLock { status in
            precondition(!status.isRunning, "projection \(cell.key.name) is running already")
            status.isRunning = true
        }
        defer { status.withLock { $0.isRunning = false } }
        try await loop.restore()
        if let predecessor, !status.withLock({ $0.isServing }) { try await take(over: predecessor) }
        try await loop.follow()
    }

    /// Waits until the projection that `run` folds has come to a position.
    ///
    /// - Throws: What stopped the fold before; `CancellationError` where the task was cancelled.
    public func reaches(_ position: UInt64) async throws {
        while cell.position < position {
            if let failure = cell.failure { throw failure }
            try Task.checkCancellation()
            await cell.signal.wait(beyond: cell.position)
        }
    }

    /// Folds both versions until the new one has come to where the old one is; then the old one ends.
    private func take(over predecessor: Predecessor<P.State>) async throws(LedgerError) {
        guard await predecessor.restore() else {
            status.withLock { $0.isServing = true }
            return
        }
        let result = await withTaskGroup(of: Void.self) { group -> Result<Bool, LedgerError> in
            group.addTask { await predecessor.follow() }
            defer { group.cancelAll() }
            do throws(LedgerError) {
                while cell.position < predecessor.standing().position {
                    if try await loop.step() == .isOver { return .success(false) }
                }
                return .success(true)
            } catch {
                return .failure(error)
            }
        }
        guard try result.get() else { return }
        // The old one stands still now; what it folded last, the new one folds before anybody reads from it.
        while cell.position < predecessor.standing().position {
            if try await loop.step() == .isOver { return }
        }
        status.withLock { $0.isServing = true }
        await predecessor.retire()
    }
}

/// What is left of an old version: it answers until the new one has come as far.
struct Predecessor<State: Sendable>: Sendable {
    /// Takes up its checkpoint; false where there is none, so that there is nothing to answer from.
    let restore: @Sendable () async -> Bool
    /// Folds until the task is cancelled; a failure is seen in where it stands.
    let follow: @Sendable () async -> Void
    /// Where it stands.
    let standing: @Sendable () -> ProjectionStanding<State>
    /// Removes its checkpoint.
    let retire: @Sendable () async -> Void

    init<Old: Projection>(
        _ cell: ProjectionCell<Old>,
        _ loop: RunLoop<Old>,
        as translate: @escaping @Sendable (Old.State) -> State
    ) {
        restore = {
            try? await loop.restore()
            return cell.position > 0
        }
        follow = { try? await loop.follow() }
        standing = { cell.standing.map(translate) }
        retire = { await loop.removeCheckpoint() }
    }
}
