extension Deliberation {
    /// Records what happens to a dispute; a case moves no figure of its card, so that it may be opened whatever became of that.
    mutating func actOnCase(_ action: CardAction) throws(Refusal) {
        switch action {
        case .openCase(let claim): try openCase(claim)
        case .addEvidence(let number, let position):
            _ = try history().openCase(number)
            if let position, !(1...UInt64(Int64.max)).contains(position) { throw .limitExceeded }
            record(.evidenceAdded(number, position: position), as: .addition)
        case .decideCase(let number, let verdict):
            _ = try history().openCase(number)
            record(.caseDecided(number, verdict), as: .addition)
        case .remedyCase(let number, let adjustment, let money):
            try checkDecided(number)
            guard history().commands.contains(adjustment) else { throw .transactionNotFound }
            record(.caseRemedied(number, adjustment, cost: try amount(money)), as: .addition)
        case .closeCase(let number):
            try checkDecided(number)
            record(.caseClosed(number), as: .addition)
        default: preconditionFailure("an action that no part of the decision knows: \(action)")
        }
    }

    private mutating func openCase(_ claim: Claim) throws(Refusal) {
        guard claim.fits(try newestRules()) else { throw .notOnThisCard }
        if let refusal = claim.refusal { throw refusal }
        if let minute = claim.minute, !(0..<1440).contains(minute) { throw .claimUnreadable }
        guard claim.day <= moment.occurredOn else { throw .claimInFuture }
        guard let count = UInt32(exactly: history().cases.count), count < .max else { throw .limitExceeded }
        record(.caseOpened(CaseNumber(count + 1), claim), as: .addition)
    }

    private func checkDecided(_ number: CaseNumber) throws(Refusal) {
        guard try history().openCase(number).verdict != nil else { throw .caseNotDecided }
    }
}
