extension Deliberation {
    /// Gives back an amount: of one purchase, or of the open ones newest first (R3, D3).
    mutating func refund(_ money: Money, of name: TransactionName?) throws(Refusal) {
        guard try newestRules().mechanic.tracksAmounts else { throw .spendCardsOnly }
        let amount = try amount(money, atLeast: MinorUnits(1))
        let candidates: [TransactionHistory.Transaction]
        if let name {
            candidates = [try history().purchase(named: name)]
        } else {
            candidates = history().openPurchasesNewestFirst
        }
        let open = candidates.reduce(MinorUnits.zero) { $0 + $1.open }
        guard amount <= open else { throw .exceedsOpenAmount(open) }

        var left = amount
        var plan = ReductionPlan(of: self)
        for transaction in candidates where left > .zero {
            let part = min(left, transaction.open)
            try plan.reduce(transaction, by: part, withdraws: part == transaction.open)
            left -= part
        }
        record(.amountRefunded(amount: amount, named: name, try correction(plan)), as: .taking)
        try settleCorrection(plan)
    }

    /// Writes off the newest visits, each with its amount and its stamps (R11, D15).
    mutating func removeVisits(_ count: Visits) throws(Refusal) {
        let count = try quantity(count)
        let visits = history().visitsNewestFirst
        // Prepaid visits are undone by name, each with what it spent (D12).
        guard Int(count.rawValue) <= visits.count else {
            throw .exceedsVisits(Visits(Int32(truncatingIfNeeded: visits.count)))
        }
        var plan = ReductionPlan(of: self)
        for transaction in visits.prefix(Int(count.rawValue)) {
            try plan.reduce(transaction, by: transaction.open, withdraws: true)
        }
        record(.visitsRemoved(count, try correction(plan)), as: .taking)
        try settleCorrection(plan)
    }

    /// Sets a past purchase's gross amount; what was refunded of it stays refunded (D17).
    mutating func editAmount(of name: TransactionName, to money: Money) throws(Refusal) {
        guard try newestRules().mechanic.tracksAmounts else { throw .spendCardsOnly }
        let gross = try amount(money)
        let transaction = try history().purchase(named: name)
        guard gross >= transaction.refunded else { throw .belowRefunded(transaction.refunded) }
        var edit = AmountEdit(
            named: name,
            transaction: transaction.version,
            day: transaction.occurredOn,
            from: transaction.gross,
            to: gross,
            award: Award(ruleVersion: transaction.ruleVersion, stamps: 0),
            absorbed: 0,
            clawback: .none,
            visitChange: .unchanged,
            wasStamped: transaction.awarded > 0,
            remaining: nil
        )
        if gross < transaction.gross {
            let plan = try lower(transaction, with: &edit)
            record(.amountEdited(edit), as: .taking)
            try settleCorrection(plan)
        } else {
            try raise(transaction, with: &edit)
            let next = card.lapse.next
            record(.amountEdited(edit), as: .addition)
            try settle(earned: edit.award.stamps, lapsesAfter: edit.award.detail?.lapsesAfter, next: next)
            try followSpend()
        }
    }

    private mutating func lower(
        _ transaction: TransactionHistory.Transaction,
        with edit: inout AmountEdit
    ) throws(Refusal) -> ReductionPlan {
        var plan = ReductionPlan(of: self)
        let isWithdrawn = edit.to == transaction.refunded && !transaction.isWithdrawn
        try plan.reduce(transaction, by: edit.from - edit.to, withdraws: isWithdrawn)
        let correction = try correction(plan)
        edit.absorbed = plan.reductions.reduce(0) { $0 + $1.absorbed }
        edit.lapsed = plan.reductions.reduce(0) { $0 + $1.lapsed }
        edit.eligibleChange = plan.reductions.reduce(.zero) { $0 - $1.eligible }
        edit.clawback = correction.clawback
        edit.remaining = correction.remaining
        edit.visitChange = isWithdrawn ? .withdrawn : .unchanged
        return plan
    }

    /// What follows from a correction besides its stamps: a lower tier, a referral that is collected back.
    private mutating func settleCorrection(_ plan: ReductionPlan) throws(Refusal) {
        try followSpend(mayRise: false)
        try collectReferral(withdrawing: Set(plan.reductions.filter(\.withdrawsVisit).map(\.transaction)))
    }

    private func raise(_ transaction: TransactionHistory.Transaction, with edit: inout AmountEdit) throws(Refusal) {
        try checkRoom(amount: edit.to - edit.from)
        if transaction.isWithdrawn && edit.to > transaction.refunded { edit.visitChange = .restored }
        guard let terms = basis.catalog[transaction.ruleVersion] else { throw .transactionNotFound }
        let earned = transaction.yield(under: terms.program.rules).stamps(
            for: edit.to - edit.from,
            above: transaction.eligibleOpen,
            of: openAmount(under: transaction.ruleVersion),
            movesVisit: edit.visitChange == .restored
        )
        guard let earned else { throw .limitExceeded }
        edit.award = try award(earned, on: transaction.occurredOn, under: terms)
        guard transaction.withheld <= Stamps.largest - edit.award.withheld else { throw .limitExceeded }
    }

    /// Collects the stamps due back by the program's policy (R4): rewards are never touched.
    private func correction(_ plan: ReductionPlan) throws(Refusal) -> Correction {
        guard plan.reductions.count <= Correction.mostReductions else { throw .limitExceeded }
        let sum = plan.reductions.reduce(Int64(0)) { $0 + Int64($1.due.rawValue) }
        guard let due = Stamps(exactly: sum), due <= Stamps.largest else { throw .limitExceeded }
        let withdrawn = Set(plan.reductions.filter(\.withdrawsVisit).map(\.transaction))
        return Correction(
            reductions: plan.reductions,
            clawback: try clawback(of: due),
            remaining: withdrawn.isEmpty ? nil : history().lastDays(without: withdrawn)
        )
    }
}
