/// The reductions of one correction, worked out one after another so that each sees what the ones before it left.
struct ReductionPlan {
    private(set) var reductions: [Reduction] = []
    private var openAmounts: [RuleVersion: MinorUnits] = [:]
    private var lapsedSoFar: Stamps = 0
    private let deliberation: Deliberation

    init(of deliberation: Deliberation) {
        self.deliberation = deliberation
    }

    /// Takes an amount from a transaction: the stamps due back are earn(old) - earn(new) under its own rule version, less what a
    /// cap withheld from it (R3, D4, D7) and what has lapsed (D11); the part that earns is reduced first (D27).
    mutating func reduce(
        _ transaction: TransactionHistory.Transaction,
        by amount: MinorUnits,
        withdraws: Bool
    ) throws(Refusal) {
        let eligible = min(amount, transaction.eligibleOpen)
        let moved = try stamps(of: transaction, for: eligible, withdraws: withdraws)
        let absorbed = min(moved, transaction.withheld)
        let lapsed = min(moved - absorbed, pool(of: transaction))
        if lapsed > 0 { lapsedSoFar += lapsed }
        reductions.append(
            Reduction(
                transaction: transaction.version,
                ruleVersion: transaction.ruleVersion,
                isPurchase: transaction.isPurchase,
                amount: amount,
                eligible: eligible,
                absorbed: absorbed,
                lapsed: lapsed,
                due: moved - absorbed - lapsed,
                withdrawsVisit: withdraws && !transaction.isWithdrawn,
                wasStamped: transaction.awarded > 0
            )
        )
    }

    /// What has lapsed of the transaction's stamps; a pool that several share is consumed once (D11).
    private func pool(of transaction: TransactionHistory.Transaction) -> Stamps {
        let history = deliberation.history()
        let own = history.lots.lapsed(of: transaction.version)
        return own ?? max(history.lapsed(of: transaction) - lapsedSoFar, 0)
    }

    private mutating func stamps(
        of transaction: TransactionHistory.Transaction,
        for amount: MinorUnits,
        withdraws: Bool
    ) throws(Refusal) -> Stamps {
        guard let terms = deliberation.basis.catalog[transaction.ruleVersion] else { throw .transactionNotFound }
        let version = transaction.ruleVersion
        let openOfAll = openAmounts[version] ?? deliberation.openAmount(under: version)
        if transaction.isPurchase { openAmounts[version] = openOfAll - amount }
        let moved = transaction.yield(under: terms.program.rules).stamps(
            for: amount,
            above: transaction.eligibleOpen - amount,
            of: openOfAll - amount,
            movesVisit: withdraws
        )
        guard let moved else { throw .limitExceeded }
        return moved
    }
}
