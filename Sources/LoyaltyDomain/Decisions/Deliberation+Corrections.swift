extension Deliberation {
    /// Gives back an amount: of one purchase, or of the open ones newest first (R3, D3).
    mutating func refund(_ money: Money, of name: TransactionName?) throws(Refusal) {
        guard case .spend = try newestRules().mechanic else { throw .spendCardsOnly }
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
    }

    /// Writes off the newest visits, each with its amount and its stamps (R11, D15).
    mutating func removeVisits(_ count: Visits) throws(Refusal) {
        let count = try quantity(count)
        guard count <= card.visits else { throw .exceedsVisits(card.visits) }
        var plan = ReductionPlan(of: self)
        for transaction in history().visitsNewestFirst.prefix(Int(count.rawValue)) {
            try plan.reduce(transaction, by: transaction.open, withdraws: true)
        }
        record(.visitsRemoved(count, try correction(plan)), as: .taking)
    }

    /// Sets a past purchase's gross amount; what was refunded of it stays refunded (D17).
    mutating func editAmount(of name: TransactionName, to money: Money) throws(Refusal) {
        guard case .spend = try newestRules().mechanic else { throw .spendCardsOnly }
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
            try lower(transaction, with: &edit)
            record(.amountEdited(edit), as: .taking)
        } else {
            try raise(transaction, with: &edit)
            record(.amountEdited(edit), as: .addition)
            try settle(earned: edit.award.stamps)
        }
    }

    private mutating func lower(
        _ transaction: TransactionHistory.Transaction,
        with edit: inout AmountEdit
    ) throws(Refusal) {
        var plan = ReductionPlan(of: self)
        let isWithdrawn = edit.to == transaction.refunded && !transaction.isWithdrawn
        try plan.reduce(transaction, by: edit.from - edit.to, withdraws: isWithdrawn)
        let correction = try correction(plan)
        edit.absorbed = plan.reductions.reduce(0) { $0 + $1.absorbed }
        edit.clawback = correction.clawback
        edit.remaining = correction.remaining
        edit.visitChange = isWithdrawn ? .withdrawn : .unchanged
    }

    private func raise(_ transaction: TransactionHistory.Transaction, with edit: inout AmountEdit) throws(Refusal) {
        try checkRoom(amount: edit.to - edit.from)
        if transaction.isWithdrawn && edit.to > transaction.refunded { edit.visitChange = .restored }
        guard let terms = basis.catalog[transaction.ruleVersion] else { throw .transactionNotFound }
        let earned: Stamps?
        switch terms.program.rules.mechanic {
        case .spend(let rule):
            let openOfAll = openAmount(under: transaction.ruleVersion)
            earned = rule.stamps(for: edit.to - edit.from, above: transaction.open, of: openOfAll)
        case .visit(let stamps): earned = edit.visitChange == .restored ? stamps : 0
        case .manual: earned = 0
        }
        guard let earned else { throw .limitExceeded }
        edit.award = try award(earned, on: transaction.occurredOn, under: terms)
        guard transaction.withheld <= Stamps.largest - edit.award.withheld else { throw .limitExceeded }
    }

    /// Collects the stamps due back by the program's policy (R4): rewards are never touched.
    private func correction(_ plan: ReductionPlan) throws(Refusal) -> Correction {
        guard plan.reductions.count <= Correction.mostReductions else { throw .limitExceeded }
        let sum = plan.reductions.reduce(Int64(0)) { $0 + Int64($1.due.rawValue) }
        guard let due = Stamps(exactly: sum), due <= Stamps.largest else { throw .limitExceeded }
        let taken = min(due, card.balance)
        let policy = try newestRules().uncollected
        if taken < due {
            if policy == .reject { throw .shortfall(due: due, balance: card.balance) }
            guard card.stampsUncollected <= Stamps.largest - (due - taken) else { throw .limitExceeded }
        }
        let withdrawn = Set(plan.reductions.filter(\.withdrawsVisit).map(\.transaction))
        return Correction(
            reductions: plan.reductions,
            clawback: Clawback(due: due, taken: taken, carriesDebt: policy == .carryAsDebt && taken < due),
            remaining: withdrawn.isEmpty ? nil : history().lastDays(without: withdrawn)
        )
    }
}
