internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Projections
internal import Snapshots
internal import Synchronization

/// One projection's state and position, folded by one thread at a time and read by any.
///
/// The loop is generic over the projection: an event costs a call of its `evolve`, no existential and no allocation.
final class ProjectionCell<P: Projection>: Sendable {
    private struct Contents {
        var state: P.State
        var position: UInt64 = 0
        var failure: LedgerError?
        var checkpointFailure: LedgerError?
        /// The position of the last checkpoint that was loaded, saved or tried.
        var saved: UInt64 = 0
    }

    let projection: P
    let key: Checkpoint.Key
    /// Wakes those who wait for the projection to come further.
    let signal = PositionSignal(position: 0)
    private let contents: Mutex<Contents>

    init(_ projection: P) throws(LedgerError) {
        guard let key = Checkpoint.Key(.projection, projection.name, version: projection.version) else {
            throw .badName(projection.name)
        }
        self.projection = projection
        self.key = key
        contents = Mutex(Contents(state: projection.initial))
    }

    // MARK: - Reading

    var position: UInt64 { contents.withLock { $0.position } }

    var failure: LedgerError? { contents.withLock { $0.failure } }

    var standing: ProjectionStanding<P.State> {
        contents.withLock { contents in
            ProjectionStanding(
                state: contents.state,
                position: contents.position,
                version: projection.version,
                failure: contents.failure,
                checkpointFailure: contents.checkpointFailure
            )
        }
    }

    /// The state; throws what stopped the fold.
    func state() throws(LedgerError) -> P.State {
        let standing = standing
        if let failure = standing.failure { throw failure }
        return standing.state
    }

    // MARK: - Folding

    /// Folds the events of blocks behind the position, up to the first that stops the fold.
    func fold(_ blocks: [DecodedBlock]) {
        var decoder = EventDecoder(readsTexts: projection.readsTexts)
        for block in blocks {
            fold { contents throws(LedgerError) in
                try decoder.forEach(in: block, after: contents.position) { event throws(LedgerError) in
                    try projection.fold(event, into: &contents.state)
                    contents.position = event.position
                }
            }
        }
    }

    /// Folds what a batch has just made durable.
    func fold(_ records: [PendingBatch.Record]) {
        fold { contents throws(LedgerError) in
            for record in records {
                try record.forEachEvent { event throws(LedgerError) in
                    try projection.fold(event, into: &contents.state)
                    contents.position = event.position
                }
            }
        }
    }

    private func fold(_ body: (inout Contents) throws(LedgerError) -> Void) {
        let (position, hasFailed) = contents.withLock { contents in
            guard contents.failure == nil else { return (contents.position, true) }
            do throws(LedgerError) {
                try body(&contents)
            } catch {
                contents.failure = error
            }
            return (contents.position, contents.failure != nil)
        }
        signal.advance(to: position)
        if hasFailed { signal.finish() }
    }

    // MARK: - Checkpoints

    /// Takes up the state of the checkpoint, if there is one that serves.
    func restore(from store: CheckpointStore, _ reader: LogReader) {
        guard let coding = projection.coding, let checkpoint = try? store.load(key, for: reader),
            let state = try? coding.decode(checkpoint.state)
        else { return }
        contents.withLock { contents in
            guard contents.position == 0 else { return }
            contents.state = state
            contents.position = checkpoint.place.position.rawValue
            contents.saved = contents.position
        }
        signal.advance(to: position)
    }

    /// Saves a checkpoint if the projection has any, and came so many events further since the last one.
    func save(to store: CheckpointStore, after events: UInt64, _ reader: @autoclosure () throws -> LogReader) {
        guard let coding = projection.coding else { return }
        let due = contents.withLock { contents -> (state: P.State, position: UInt64)? in
            guard contents.position > contents.saved, contents.position - contents.saved >= events else { return nil }
            contents.saved = contents.position
            return (contents.state, contents.position)
        }
        guard let due else { return }
        var failure: LedgerError?
        do throws(LedgerError) {
            let bytes = try coding.bytes(of: due.state, at: due.position)
            let reader = try LedgerError.reading { try reader() }
            try store.write(key, at: due.position, state: bytes, reader)
        } catch {
            failure = error
        }
        contents.withLock { $0.checkpointFailure = failure }
    }
}

extension Projection {
    /// Folds an event; what a fold refuses becomes an error that names the position.
    func fold(_ event: borrowing RecordedEvent, into state: inout State) throws(LedgerError) {
        do throws(Failure) {
            try evolve(&state, event)
        } catch {
            if let error = error as? LedgerError { throw error }
            throw LedgerError(.foldStopped, "projection \(name) refused an event: \(error)", position: event.position)
        }
    }
}

extension StateCoding {
    fileprivate func bytes(of state: State, at position: UInt64) throws(LedgerError) -> [UInt8] {
        do {
            return try encode(state)
        } catch {
            throw LedgerError(.checkpoint, "a state could not be encoded: \(error)", position: position)
        }
    }
}

extension PendingBatch.Record {
    /// Calls `body` with each event of the record.
    func forEachEvent(_ body: (borrowing RecordedEvent) throws(LedgerError) -> Void) throws(LedgerError) {
        switch self {
        case .card(let record, let first): try record.forEachEvent(from: first, body)
        case .ledger(let record, let position): try body(record.event(at: position))
        }
    }
}
