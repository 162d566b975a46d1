/// The sums of a purse that every stamp card has.
struct CommonSums: Hashable, Sendable {
    var balance: Stamps = 0
    var earned: Stamps = 0
    var removed: Stamps = 0
    var converted: Stamps = 0
}

/// The sums of a purse that come of debts, spending and lapses, which few stamp cards have.
struct RareSums: Hashable, Sendable {
    var debt: Stamps = 0
    var uncollected: Stamps = 0
    var debtPaid: Stamps = 0
    var debtCarried: Stamps = 0
    var spent: Stamps = 0
    var lapsed: Stamps = 0
    var restored: Stamps = 0
    var overspent: Stamps = 0
}

extension Purse {
    /// Puts a purse together from the two places its sums lie in.
    init(_ common: CommonSums, _ rare: RareSums) {
        balance = common.balance
        earned = common.earned
        removed = common.removed
        converted = common.converted
        debt = rare.debt
        uncollected = rare.uncollected
        debtPaid = rare.debtPaid
        debtCarried = rare.debtCarried
        spent = rare.spent
        lapsed = rare.lapsed
        restored = rare.restored
        overspent = rare.overspent
    }

    var common: CommonSums {
        CommonSums(balance: balance, earned: earned, removed: removed, converted: converted)
    }

    var rare: RareSums {
        RareSums(
            debt: debt,
            uncollected: uncollected,
            debtPaid: debtPaid,
            debtCarried: debtCarried,
            spent: spent,
            lapsed: lapsed,
            restored: restored,
            overspent: overspent
        )
    }
}
