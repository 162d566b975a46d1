internal import EventLog
internal import LogFormat
public import Projections
internal import Snapshots

extension Ledger {
    /// Folds the whole ledger once, from the first event up to the last one committed now.
    ///
    /// - Throws: `LedgerError` where the log cannot be read, an event is not understood, or the projection refuses one.
    /// - Complexity: O(events); memory for the state and one block.
    public func project<P: Projection>(_ projection: P) async throws -> P.State {
        try await offThePool { [state, makeReader] in
            let last = state.commits.now.position
            let reader = try LedgerError.reading { try makeReader() }
            return try reader.fold(projection, through: last)
        }
    }

    /// The state of a projection that the ledger was opened with: of all commands that were answered.
    ///
    /// - Throws: `LedgerError`: what stopped the fold, or `badProjection` where the ledger was not opened with it.
    /// - Complexity: O(1); the first event behind it copies the storage that the state shares.
    public func state<P: Projection>(of projection: P) throws(LedgerError) -> P.State {
        try state.folds.cell(of: projection).state()
    }

    /// Where a projection stands that the ledger was opened with, whether it goes on or not.
    public func standing<P: Projection>(of projection: P) throws(LedgerError) -> ProjectionStanding<P.State> {
        try state.folds.cell(of: projection).standing
    }

    /// A runner that folds a projection beside the writer.
    ///
    /// - Throws: `LedgerError` where the projection's name is none.
    public func runner<P: Projection>(_ projection: P) throws(LedgerError) -> ProjectionRunner<P> {
        let cell = try ProjectionCell(projection)
        return ProjectionRunner(cell, loop(cell), replacing: nil)
    }

    /// A runner that builds a new version of a projection, and answers from the old one until the new one has reached it.
    ///
    /// - Parameters:
    ///   - projection: The new version.
    ///   - old: The version before, whose checkpoint is there; without one there is nothing to answer from, and it is left out.
    public func runner<P: Projection, Old: Projection<P.State>>(
        _ projection: P,
        replacing old: Old
    ) throws(LedgerError) -> ProjectionRunner<P> {
        try runner(projection, replacing: old) { $0 }
    }

    /// A runner that builds a new version of a projection with another kind of state.
    ///
    /// - Parameters:
    ///   - projection: The new version.
    ///   - old: The version before.
    ///   - translate: Makes of the old state what the new one would say, as well as it can.
    public func runner<P: Projection, Old: Projection>(
        _ projection: P,
        replacing old: Old,
        as translate: @escaping @Sendable (Old.State) -> P.State
    ) throws(LedgerError) -> ProjectionRunner<P> {
        let (cell, oldCell) = (try ProjectionCell(projection), try ProjectionCell(old))
        guard cell.key != oldCell.key else {
            throw LedgerError(.badProjection, "both are version \(cell.key.version) of projection \(cell.key.name)")
        }
        let predecessor = Predecessor(oldCell, loop(oldCell), as: translate)
        return ProjectionRunner(cell, loop(cell), replacing: predecessor)
    }

    private func loop<P: Projection>(_ cell: ProjectionCell<P>) -> RunLoop<P> {
        RunLoop(cell, source(following: true), checkpointStore)
    }
}

extension Retrospect {
    /// Folds a projection up to the last position that was recorded by then.
    func folded<P: Projection>(_ projection: P) throws(LedgerError) -> P.State {
        try reader.fold(projection, through: last)
    }
}

extension LogReader {
    /// Folds a projection from its initial state, up to a position.
    func fold<P: Projection>(_ projection: P, through last: UInt64) throws(LedgerError) -> P.State {
        var (state, decoder) = (projection.initial, EventDecoder(readsTexts: projection.readsTexts))
        try LedgerError.reading { () throws -> Void in
            let end = Position(rawValue: last)
            try forEachBlock(through: end, sections: projection.readsTexts ? .all : .ids) { block in
                try decoder.forEach(in: block, after: 0) { event throws(LedgerError) in
                    guard event.position <= last else { return }
                    try projection.fold(event, into: &state)
                }
            }
        }
        return state
    }
}
