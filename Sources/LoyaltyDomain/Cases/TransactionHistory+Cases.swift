extension TransactionHistory {
    /// Folds the events of cases.
    mutating func evolveCases(_ event: CardEvent, at moment: CardState.Moment, _ attribution: AttributionNumber) {
        switch event {
        case .caseOpened(let number, let claim):
            cases.append(DisputeCase(number: number, claim: claim, openedAt: moment.occurredAt))
        case .evidenceAdded(let number, let position): change(number) { $0.evidence.append(position) }
        case .caseDecided(let number, let verdict): change(number) { $0.verdict = verdict }
        case .caseRemedied(let number, let id, let cost):
            let remedy = DisputeCase.Remedy(adjustment: id, cost: cost, attribution: attribution)
            change(number) { $0.remedies.append(remedy) }
        case .caseClosed(let number): change(number) { $0.closedAt = moment.occurredAt }
        default: break
        }
    }

    private mutating func change(_ number: CaseNumber, _ body: (inout DisputeCase) -> Void) {
        guard let index = cases.firstIndex(where: { $0.number == number }) else { return }
        body(&cases[index])
    }

    /// The case of that number, while it is open.
    func openCase(_ number: CaseNumber) throws(Refusal) -> DisputeCase {
        guard let found = cases.first(where: { $0.number == number }), found.closedAt == nil else {
            throw .caseNotOpen
        }
        return found
    }
}
