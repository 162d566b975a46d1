extension TransactionHistory {
    /// Purchases with an open amount, newest first: by when they occurred, then by when they were recorded (D3).
    var openPurchasesNewestFirst: [Transaction] {
        newestFirst { $0.isPurchase && $0.open > .zero }
    }

    /// Visits that count, newest first.
    var visitsNewestFirst: [Transaction] {
        newestFirst { !$0.isWithdrawn }
    }

    /// The one purchase a caller names: by command id, else by reference (D3).
    func purchase(named name: TransactionName) throws(Refusal) -> Transaction {
        let purchases = transactions.filter(\.isPurchase)
        if let id = name.commandID, let found = purchases.first(where: { $0.commandID == id }) { return found }
        guard let reference = name.reference else { throw .transactionNotFound }
        let found = purchases.filter { $0.reference == reference }
        guard let first = found.first else { throw .transactionNotFound }
        guard found.count == 1 else { throw .transactionAmbiguous }
        return first
    }

    /// The sum of the open purchases under one rule version: C in D4.
    func open(under version: RuleVersion) -> MinorUnits {
        transactions.reduce(.zero) { sum, next in
            next.isPurchase && next.ruleVersion == version ? sum + next.open : sum
        }
    }

    /// Stamps awarded to transactions of one local day (D7).
    func awarded(on day: LocalDay) -> Stamps {
        transactions.reduce(0) { sum, next in next.occurredOn == day ? sum + next.awarded : sum }
    }

    /// The days of the last visit and purchase among those that count, leaving some out.
    func lastDays(without withdrawn: Set<CardVersion>) -> LastDays {
        let counted = transactions.filter { !$0.isWithdrawn && !withdrawn.contains($0.version) }
        return LastDays(
            visit: counted.map(\.occurredOn).max(),
            purchase: counted.filter(\.isPurchase).map(\.occurredOn).max()
        )
    }

    private func newestFirst(_ isWanted: (Transaction) -> Bool) -> [Transaction] {
        transactions.filter(isWanted).sorted { ($0.occurredAt, $0.version) > ($1.occurredAt, $1.version) }
    }
}
