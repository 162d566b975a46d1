import LoyaltyDomain

extension Card {
    /// Lets the clock run on until an instant.
    mutating func wait(until instant: Timestamp) {
        recordedAt = max(recordedAt, instant)
    }

    /// Runs a command that the ledger learns of now, whenever it occurred.
    mutating func run(_ action: CardAction, occurring instant: Timestamp, id: CommandID, reference: String?) {
        run(action, at: instant, on: instant.dayInUTC, id: id, reference: reference, recordedAt: recordedAt)
    }

    /// The card as a random history leaves it.
    static func after(_ history: RandomHistory) -> Card {
        var card = Card(history.rules)
        for step in history.steps { card.take(step) }
        return card
    }

    /// Takes one step of a random history.
    mutating func take(_ step: RandomStep) {
        wait(until: step.recordedAt)
        switch step.event {
        case .ruleChange(let rules, let wished): define(rules, from: wished)
        case .command(let action, let instant, let id, let name):
            run(action, occurring: instant, id: id, reference: name)
        }
    }

    /// The card folded again from its first event.
    func replayed() -> (state: CardState, history: TransactionHistory) {
        var state = CardState(issuedAt: .epoch, program: .only)
        var history = TransactionHistory()
        for record in records {
            for event in record.events {
                state.evolve(event, at: record.moment)
                history.evolve(event.event, of: record.id, reference: record.reference, at: record.moment)
            }
        }
        return (state, history)
    }
}
