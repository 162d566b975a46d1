internal import EventCoding
internal import LogFormat
internal import LoyaltyDomain
internal import Projections

/// The ledger's own state as a projection: cards, programs, commands answered, all that decisions and figures rest on.
///
/// It is run by the same loop as any other; its checkpoints are the snapshots.
struct LedgerFold: Projection {
    let name = "ledger"
    /// Which card events count; nil for all.
    var horizon: Horizon?

    var version: UInt32 { LedgerState.foldVersion }

    /// Of no log: whoever folds one begins with the state of that log.
    var initial: LedgerState { LedgerState(of: nil) }

    func evolve(_ state: inout LedgerState, _ event: borrowing RecordedEvent) throws(LedgerError) {
        switch event.fact {
        case .ledger(let fact):
            let record = LedgerRecord(commandID: event.commandID, recordedAt: event.recordedAt, event: fact)
            try state.evolve(record, at: event.position)
        case .card(let fact):
            try state.evolve(
                fact.event,
                of: fact.card,
                at: fact.moment,
                recordedAt: event.recordedAt,
                attribution: fact.attribution,
                position: event.position,
                within: horizon
            )
            guard event.isLastOfCommand else { return }
            note(
                event.commandID,
                recordedAt: event.recordedAt,
                first: event.firstPositionOfCommand,
                count: event.commandEventCount,
                in: &state
            )
        }
    }

    /// Folds a card's record without making a `RecordedEvent` of any of its events.
    func evolve(_ state: inout LedgerState, _ entry: RecordEntry, of block: DecodedBlock) throws(LedgerError) {
        guard let id = entry.id else { preconditionFailure("the block was decoded without its ids") }
        let (card, recordedAt) = (CardNumber(entry.stream.rawValue), Timestamp(milliseconds: block.recordedAt))
        try block.forEachCardEvent(of: entry) { event, position, head throws(LedgerError) in
            try state.evolve(
                event,
                of: card,
                at: head.moment,
                recordedAt: recordedAt,
                attribution: head.attribution,
                position: position,
                within: horizon
            )
        }
        note(
            CommandID(id),
            recordedAt: recordedAt,
            first: entry.position.rawValue,
            count: entry.eventCount,
            in: &state
        )
    }

    /// Notes a command that was folded; where there is a horizon the state only moves behind it.
    func note(
        _ id: CommandID,
        recordedAt: Timestamp,
        first: UInt64,
        count: Int,
        in state: inout LedgerState
    ) {
        guard horizon == nil else { return state.pass(first + UInt64(count) - 1, recordedAt: recordedAt) }
        state.note(id, recordedAt: recordedAt, first: first, count: count)
    }
}
