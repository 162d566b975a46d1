internal import LoyaltyDomain

extension Deduction {
    /// Events about a dispute, which move no figure.
    mutating func dispute(_ event: CardEvent) {
        guard let currency = terms.catalog.program(before.program)?.currency else { return }
        switch event {
        case .caseOpened(let number, let claim):
            title("Case \(number.rawValue) opened: \(claim.text(in: currency))")
        case .evidenceAdded(let number, let position):
            title("Evidence for case \(number.rawValue)")
            if let position { say("the event at position \(position) of the log") }
        case .caseDecided(let number, let verdict):
            title("Case \(number.rawValue) decided: \(verdict.words)")
        case .caseRemedied(let number, let adjustment, let cost):
            title("Case \(number.rawValue) put right")
            say("by command \(adjustment), at a cost of \(words.decimal(cost))")
            require(history.commands.contains(adjustment), "the adjustment is none of the card's commands")
        case .caseClosed(let number): title("Case \(number.rawValue) closed")
        default: break
        }
    }
}
