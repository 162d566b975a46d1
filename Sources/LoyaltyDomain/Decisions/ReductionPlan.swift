/// The reductions of one correction, worked out one after another so that each sees what the ones before it left.
struct ReductionPlan {
    private(set) var reductions: [Reduction] = []
    private var openAmounts: [RuleVersion: MinorUnits] = [:]
    private let deliberation: Deliberation

    init(of deliberation: Deliberation) {
        self.deliberation = deliberation
    }

    /// Takes an amount from a transaction: the stamps due back are earn(old) - earn(new) under its own rule version, less what a
    /// cap withheld from it (R3, D4, D7).
    mutating func reduce(
        _ transaction: TransactionHistory.Transaction,
        by amount: MinorUnits,
        withdraws: Bool
    ) throws(Refusal) {
        let moved = try stamps(of: transaction, for: amount, withdraws: withdraws)
        let absorbed = min(moved, transaction.withheld)
        reductions.append(
            Reduction(
                transaction: transaction.version,
                ruleVersion: transaction.ruleVersion,
                isPurchase: transaction.isPurchase,
                amount: amount,
                absorbed: absorbed,
                due: moved - absorbed,
                withdrawsVisit: withdraws && !transaction.isWithdrawn,
                wasStamped: transaction.awarded > 0
            )
        )
    }

    private mutating func stamps(
        of transaction: TransactionHistory.Transaction,
        for amount: MinorUnits,
        withdraws: Bool
    ) throws(Refusal) -> Stamps {
        guard let terms = deliberation.basis.catalog[transaction.ruleVersion] else { throw .transactionNotFound }
        switch terms.program.rules.mechanic {
        case .manual: return 0
        case .visit(let stamps): return withdraws ? stamps : 0
        case .spend(let rule):
            guard transaction.isPurchase else { return 0 }
            let version = transaction.ruleVersion
            let openOfAll = openAmounts[version] ?? deliberation.openAmount(under: version)
            openAmounts[version] = openOfAll - amount
            let after = (transaction.open - amount, openOfAll - amount)
            guard let stamps = rule.stamps(for: amount, above: after.0, of: after.1) else { throw .limitExceeded }
            return stamps
        }
    }
}
