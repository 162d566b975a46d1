extension Deliberation {
    /// Adds stamps that were paid for; no visit (D20).
    mutating func load(_ count: Stamps, purchase: Money) throws(Refusal) {
        guard try newestRules().spending != .none else { throw .notOnThisCard }
        let count = try quantity(count)
        let purchase = try amount(purchase)
        try checkRoom(amount: purchase)
        try credit(count, .load, purchase: purchase)
    }

    /// Takes back a load or a part of it, by the policy for stamps that are gone (R4).
    mutating func reverseLoad(_ id: CommandID, _ asked: Stamps?, amount money: Money?) throws(Refusal) {
        guard let load = history().loads.first(where: { $0.commandID == id }) else { throw .transactionNotFound }
        guard load.stamps > 0 || load.purchase > .zero else { throw .alreadyReversed }
        var (stamps, purchase) = (load.stamps, load.purchase)
        if let asked { stamps = try quantity(asked) }
        if let money { purchase = try amount(money) }
        guard stamps <= load.stamps, purchase <= load.purchase else {
            throw .exceedsLoad(load.stamps, load.purchase)
        }
        let reversal = LoadReversal(
            of: id,
            asked: asked,
            askedAmount: money?.minorUnits,
            purchase: purchase,
            clawback: try clawback(of: stamps)
        )
        record(.loadReversed(reversal), as: .taking)
    }

    /// Spends stamps of a purse; from a device that was offline, what was there and the rest as a conflict (D23).
    mutating func spend(_ count: Stamps, from purse: PurseKind, purchase: Money) throws(Refusal) {
        let rule = try newestRules().spending
        let count = try quantity(count)
        let purchase = try amount(purchase)
        let available: Stamps
        switch (purse, rule) {
        case (.main, .purse), (.main, .visits): available = card.purse.balance
        case (.bonus, .visits): available = card.bonus.balance
        default: throw .notOnThisCard
        }
        let spent = min(count, available)
        if spent < count && !basis.surroundings.isOffline {
            throw purse == .main ? .exceedsBalance(available) : .exceedsBonus(available)
        }
        var spending = Spending(spent, from: purse, over: count - spent, purchase: purchase)
        if case .visits(let bonus) = rule, purse == .main, spent > 0 {
            spending.isVisit = true
            spending.bonus = try bonusPoints(bonus, times: spent)
        }
        guard card.purse.overspent <= Stamps.largest - spending.over else { throw .limitExceeded }
        record(.stampsSpent(spending), as: .taking)
        if spending.isVisit { try payReferral() }
    }

    private func bonusPoints(_ bonus: Stamps, times count: Stamps) throws(Refusal) -> Stamps {
        let points = Int64(bonus.rawValue) * Int64(count.rawValue)
        let room = Int64(Stamps.largest.rawValue) - Int64(card.bonus.earned.rawValue)
        guard points <= room, let earned = Stamps(exactly: points) else { throw .limitExceeded }
        return earned
    }

    /// Undoes a spending: its stamps come back to their lots, the bonus points it earned are collected (R4, D12).
    mutating func reverseSpending(_ id: CommandID) throws(Refusal) {
        guard let spent = history().spendings.first(where: { $0.commandID == id }) else { throw .transactionNotFound }
        guard !spent.isReversed else { throw .alreadyReversed }
        let taken = min(spent.bonus, card.bonus.balance)
        if taken < spent.bonus, try newestRules().uncollected == .reject {
            throw .shortfall(due: spent.bonus, balance: taken)
        }
        try checkRestoring(spent.stamps)
        let reversal = SpendingReversal(
            of: id,
            spent.stamps,
            to: spent.purse,
            bonus: Clawback(due: spent.bonus, taken: taken, carriesDebt: false),
            withdrawsVisit: spent.isVisit,
            remaining: spent.isVisit ? history().lastDays(without: [], orSpending: id) : nil
        )
        record(.spendingReversed(reversal), as: .taking)
    }

    /// Adds or takes bonus points by hand.
    mutating func adjustBonus(_ count: Stamps) throws(Refusal) {
        guard case .visits = try newestRules().spending else { throw .notOnThisCard }
        if count > 0 {
            let count = try quantity(count)
            guard card.bonus.earned <= Stamps.largest - count else { throw .limitExceeded }
            record(.stampsCredited(Credit(count, to: .bonus, .manual)), as: .addition)
        } else {
            let count = try quantity(0 - count)
            guard count <= card.bonus.balance else { throw .exceedsBonus(card.bonus.balance) }
            record(.bonusRemoved(count), as: .taking)
        }
    }

    /// Keeps the sum of what was restored within its type.
    func checkRestoring(_ stamps: Stamps) throws(Refusal) {
        guard card.purse.restored <= Stamps.largest - stamps, card.bonus.restored <= Stamps.largest - stamps else {
            throw .limitExceeded
        }
    }

    /// How stamps due back are collected by the program's policy (R4): rewards are never touched.
    ///
    /// - Parameter isLenient: Whether a policy that rejects forgives instead, since it was no command on this card.
    func clawback(of due: Stamps, isLenient: Bool = false) throws(Refusal) -> Clawback {
        let taken = min(due, card.balance)
        let policy = try newestRules().uncollected
        if taken < due {
            if policy == .reject && !isLenient { throw .shortfall(due: due, balance: card.balance) }
            guard card.stampsUncollected <= Stamps.largest - (due - taken) else { throw .limitExceeded }
        }
        return Clawback(due: due, taken: taken, carriesDebt: policy == .carryAsDebt && taken < due)
    }
}
