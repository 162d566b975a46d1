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

    var initial: LedgerState { LedgerState() }

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
            if event.isLastOfCommand { note(event, in: &state) }
        }
    }

    private func note(_ event: borrowing RecordedEvent, in state: inout LedgerState) {
        guard horizon == nil else { return state.pass(event.position, recordedAt: event.recordedAt) }
        state.note(
            event.commandID,
            recordedAt: event.recordedAt,
            first: event.firstPositionOfCommand,
            count: event.commandEventCount
        )
    }
}
