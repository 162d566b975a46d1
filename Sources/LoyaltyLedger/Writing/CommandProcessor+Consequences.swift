internal import EventLog
internal import LoyaltyDomain
internal import Projections

extension CommandProcessor {
    /// Adds what a command does to other cards, each in a record of its own directly behind the command's (DESIGN.md 7.3).
    mutating func append(
        _ consequences: [Consequence],
        of request: CommandRequest
    ) throws(CommandError) {
        for consequence in consequences {
            guard let named = consequence.card else {
                try create(consequence, at: request.command.occurredAt)
                continue
            }
            // What would reach a lost card is forfeited.
            guard let card = pending.end(of: named) else { continue }
            let state = pending.state(of: card)
            let day = localDay(of: request.command.occurredAt, program: state.program)
            let moment = CardState.Moment(occurredAt: request.command.occurredAt, occurredOn: day)
            let events = consequence.decide(try basis(state, dueHistory(of: card, state, on: day), day), at: moment)
            try appendOwn(events, to: card, state: state, at: moment)
        }
    }

    private mutating func create(_ consequence: Consequence, at occurredAt: Timestamp) throws(CommandError) {
        guard case .create(_, _, let conversion, _) = consequence,
            let program = pending.base.catalog.number(of: conversion.program)
        else { return }
        let day = localDay(of: occurredAt, program: program)
        let moment = CardState.Moment(occurredAt: occurredAt, occurredOn: day)
        let blank = CardState(issuedAt: occurredAt, program: program)
        let events = consequence.decide(basis(nil, nil, day), at: moment)
        try appendOwn(events, to: pending.nextCard, state: blank, at: moment)
    }

    /// Records what is due on a card before an instant (D9); tells how many events there were.
    mutating func sweep(_ card: CardNumber, at instant: Timestamp, on day: LocalDay) throws(CommandError) -> Int {
        let state = pending.state(of: card)
        guard CardCommand.hasDueFacts(state, catalog: pending.base.catalog, on: day) else { return 0 }
        let moment = CardState.Moment(occurredAt: instant, occurredOn: day)
        let events = CardCommand.dueFacts(try basis(state, dueHistory(of: card, state, on: day), day), at: moment)
        try appendOwn(events, to: card, state: state, at: moment)
        return events.count
    }

    /// The history of a card whose lots may have lapsed, or whose lapse new stamps may prevent; nil for any other.
    private mutating func dueHistory(
        of card: CardNumber,
        _ state: CardState,
        on day: LocalDay
    ) throws(CommandError) -> TransactionHistory? {
        let isNeeded = CardCommand.needsHistoryForDueFacts(state, catalog: pending.base.catalog, on: day)
        return isNeeded ? try history(of: card) : nil
    }

    /// Adds a record that no caller asked for, under an id of the ledger's own.
    private mutating func appendOwn(
        _ events: [EffectiveEvent],
        to card: CardNumber,
        state: CardState,
        at moment: CardState.Moment
    ) throws(CommandError) {
        guard !events.isEmpty else { return }
        var state = state
        for event in events { state.evolve(event, at: moment) }
        do throws(LedgerError) {
            let record = CardRecord(
                commandID: pending.nextOwnID(),
                card: card,
                moment: moment,
                recordedAt: pending.recordedAt,
                source: .system,
                attribution: .none,
                texts: RecordTexts(),
                events: events
            )
            let first = pending.nextPosition
            try pending.append(record, resulting: state)
            histories.note(record, first: first, encoded: pending.encoded)
        } catch {
            throw .ledger(error)
        }
    }
}
