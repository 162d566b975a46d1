internal import LoyaltyDomain

/// What the reductions of one correction share: each sees what those before it left.
struct SharedSums {
    var open: [RuleVersion: MinorUnits] = [:]
    var lapsed: Stamps = 0
}

extension Deduction {
    mutating func refunded(_ amount: MinorUnits, _ named: TransactionName?, _ correction: Correction) {
        title("Refund of \(words.decimal(amount))")
        say(named == nil ? "from the newest purchases first" : "of the purchase that was named")
        check("amount of the reductions", correction.amount, is: amount)
        corrected(correction) { reduction, found in reduction.amount == found.open }
    }

    mutating func visitsRemoved(_ count: Visits, _ correction: Correction) {
        title(count == 1 ? "1 visit written off" : "\(count) visits written off")
        check("visits written off", correction.reductions.count, is: Int(count.rawValue))
        corrected(correction) { _, _ in true }
    }

    /// Works out what each reduced transaction gives back, then how that was collected (R3, R4).
    private mutating func corrected(
        _ correction: Correction,
        _ goes: (Reduction, TransactionHistory.Transaction) -> Bool
    ) {
        var shared = SharedSums()
        for reduction in correction.reductions {
            guard let found = history.transactions.last(where: { $0.version == reduction.transaction }) else {
                require(false, "a purchase it reduces is not among the card's")
                continue
            }
            say("\(words.decimal(reduction.amount)) of \(name(found))")
            reduced(found, by: reduction, goes: goes(reduction, found), &shared)
        }
        let due = correction.reductions.reduce(Stamps.zero) { $0 + $1.due }
        check("due back in all", due, is: correction.clawback.due)
        if correction.reductions.count > 1 { say("\(words.units(due)) due back in all") }
        collected(correction.clawback, from: before.balance)
    }

    /// Works out one reduction: what the transaction was worth and is worth now, less what was only ever withheld or has lapsed.
    mutating func reduced(
        _ found: TransactionHistory.Transaction,
        by reduction: Reduction,
        goes: Bool,
        _ shared: inout SharedSums
    ) {
        reasoning.ruleVersion = found.ruleVersion
        check("rules of the purchase", found.ruleVersion, is: reduction.ruleVersion)
        guard let rules = rules(found.ruleVersion) else { return }
        let part = min(reduction.amount, found.eligibleOpen)
        check("part that had earned", part, is: reduction.eligible)
        let ofAll = shared.open[found.ruleVersion] ?? openAmount(under: found.ruleVersion)
        if found.isPurchase { shared.open[found.ruleVersion] = ofAll - part }
        let worked = arithmetic(of: found, rules).worked(
            EarningArithmetic.Change(
                from: found.eligibleOpen,
                to: found.eligibleOpen - part,
                ofAll: ofAll,
                wasVisit: true,
                isVisit: !goes
            )
        )
        reasoning.steps += worked.steps
        let back = Stamps(Int32(truncatingIfNeeded: 0 &- worked.count))
        let absorbed = min(back, found.withheld)
        let lapsed = min(back - absorbed, lapsedPool(of: found, shared))
        if lapsed > 0 { shared.lapsed += lapsed }
        check("never given, as it was withheld", absorbed, is: reduction.absorbed)
        check("lapsed before", lapsed, is: reduction.lapsed)
        check("due back", back - absorbed - lapsed, is: reduction.due)
        if absorbed > 0 { say("\(words.units(absorbed)) of these had been withheld and are not asked back") }
        if lapsed > 0 { say("\(words.units(lapsed)) of these had lapsed and are not asked back") }
    }

    /// What has lapsed of a transaction's units; a pool that several share is consumed once (D11).
    private func lapsedPool(of found: TransactionHistory.Transaction, _ shared: SharedSums) -> Stamps {
        if let own = history.lots.lots.first(where: { $0.version == found.version }) { return own.lapsed }
        let pool = history.lapses.reduce(Stamps.zero) { $1.through >= found.occurredOn ? $0 + $1.left : $0 }
        return max(pool - shared.lapsed, 0)
    }

    func arithmetic(of found: TransactionHistory.Transaction, _ rules: CardRules) -> EarningArithmetic {
        EarningArithmetic(
            rules: rules,
            isPurchase: found.isPurchase,
            share: found.detail?.share,
            extra: found.detail?.extra,
            words: words
        )
    }

    /// What all open purchases under a rule version amount to (D4).
    func openAmount(under version: RuleVersion) -> MinorUnits {
        history.transactions.reduce(MinorUnits.zero) { sum, next in
            next.isPurchase && next.ruleVersion == version ? sum + next.eligibleOpen : sum
        }
    }

    func name(_ found: TransactionHistory.Transaction) -> String {
        let amount = found.gross == .zero && !found.isPurchase ? "" : " of \(words.decimal(found.gross))"
        return "the \(found.isPurchase ? "purchase" : "visit")\(amount) on \(found.occurredOn)"
    }

    mutating func rules(_ version: RuleVersion) -> CardRules? {
        let found = terms.catalog[version]?.program.rules
        require(found != nil, "the rules \(version.rawValue) are not known")
        return found
    }
}
