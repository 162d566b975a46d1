extension TransactionHistory {
    /// Purchases with an open amount, newest first: by when they occurred, then by when they were recorded (D3).
    var openPurchasesNewestFirst: [Transaction] {
        newestFirst { $0.isPurchase && $0.open > .zero }
    }

    /// Visits that count, newest first.
    var visitsNewestFirst: [Transaction] {
        newestFirst { !$0.isWithdrawn }
    }

    /// The transaction recorded first: a newcomer's first purchase or visit (D25).
    var first: Transaction? { transactions.first }

    /// Whether a stamped transaction lies nearer to an instant than that (D7).
    func hasAward(within milliseconds: Int64, of instant: Timestamp) -> Bool {
        transactions.contains { next in
            next.awarded > 0 && !next.isWithdrawn
                && abs(next.occurredAt.milliseconds - instant.milliseconds) < milliseconds
        }
    }

    /// Stamps that a transaction earned and that have lapsed, to be consumed by its refund first (D11, D12).
    func lapsed(of transaction: Transaction) -> Stamps {
        if let own = lots.lapsed(of: transaction.version) { return own }
        return lapses.reduce(0) { $1.through >= transaction.occurredOn ? $0 + $1.left : $0 }
    }

    /// The lapse that stamps earned on a day would have prevented, and what is left of it (D11).
    ///
    /// Stamps of that day keep the clock running for so many days: the lapse is prevented if the next stamp came in time, or has not
    /// come yet.
    func lapsePrevented(by day: LocalDay, sliding days: Int32) -> Lapse? {
        guard let lapse = lapses.first(where: { $0.through.advanced(byDays: -days) < day && day <= $0.through }) else {
            return nil
        }
        let next = stampDays.filter { $0 > lapse.through }.min()
        guard lapse.left > 0, next.map({ $0 <= day.advanced(byDays: days) }) ?? true else { return nil }
        return lapse
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
            next.isPurchase && next.ruleVersion == version ? sum + next.eligibleOpen : sum
        }
    }

    /// Stamps awarded to transactions of one local day (D7).
    func awarded(on day: LocalDay) -> Stamps {
        transactions.reduce(0) { sum, next in next.occurredOn == day ? sum + next.awarded : sum }
    }

    /// The days of the last visit and purchase among those that count, leaving some out.
    func lastDays(without withdrawn: Set<CardVersion>, orSpending reversed: CommandID? = nil) -> LastDays {
        let counted = transactions.filter { !$0.isWithdrawn && !withdrawn.contains($0.version) }
        let prepaid = spendings.filter { $0.isVisit && !$0.isReversed && $0.commandID != reversed }
        return LastDays(
            visit: (counted.map(\.occurredOn) + prepaid.map(\.occurredOn)).max(),
            purchase: counted.filter(\.isPurchase).map(\.occurredOn).max()
        )
    }

    private func newestFirst(_ isWanted: (Transaction) -> Bool) -> [Transaction] {
        transactions.filter(isWanted).sorted { ($0.occurredAt, $0.version) > ($1.occurredAt, $1.version) }
    }
}
