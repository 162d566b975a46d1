/// What a transaction earns, by the rules of its version and by what was applied to it: the mechanic's stamps, and the extra of
/// a happy hour on top of what it earns alone (R2, D4, D20, D27).
struct Yield {
    let rules: CardRules
    let isPurchase: Bool
    let share: BasisPoints?
    let extra: Extra?

    /// The stamps that a change of a transaction moves: earned when it is added, due back when it is taken away.
    ///
    /// - Parameters:
    ///   - change: The amount that is added to, or taken from, the part that earns.
    ///   - open: What that part amounts to without the change.
    ///   - openOfAll: What all of the card's under this rule version amount to without the change (D4).
    ///   - movesVisit: Whether the visit itself comes or goes with it.
    /// - Returns: The number of stamps, or nil where it is beyond `Stamps.largest`.
    func stamps(
        for change: MinorUnits,
        above open: MinorUnits,
        of openOfAll: MinorUnits,
        movesVisit: Bool
    ) -> Stamps? {
        guard let base = base(for: change, above: open, of: openOfAll, movesVisit: movesVisit) else { return nil }
        guard extra != nil else { return base }
        guard let with = extra(on: open + change, isVisit: true), let without = extra(on: open, isVisit: !movesVisit)
        else { return nil }
        let sum = Int64(base.rawValue) + Int64(with.rawValue) - Int64(without.rawValue)
        return sum <= Int64(Stamps.largest.rawValue) ? Stamps(exactly: sum) : nil
    }

    private func base(
        for change: MinorUnits,
        above open: MinorUnits,
        of openOfAll: MinorUnits,
        movesVisit: Bool
    ) -> Stamps? {
        switch rules.mechanic {
        case .spend(let rule): return isPurchase ? rule.stamps(for: change, above: open, of: openOfAll) : 0
        case .percent(let rule):
            guard isPurchase, let share else { return 0 }
            guard let with = rule.points(for: open + change, at: share), let without = rule.points(for: open, at: share)
            else { return nil }
            return with - without
        case .visit(let stamps): return movesVisit ? stamps : 0
        case .manual, .amounts: return 0
        }
    }

    /// The extra of a transaction that amounts to so much.
    private func extra(on open: MinorUnits, isVisit: Bool) -> Stamps? {
        guard let extra, isVisit else { return 0 }
        switch rules.mechanic {
        case .spend(let rule):
            guard isPurchase, open > .zero else { return 0 }
            return rule.stamps(for: open, above: .zero, of: .zero).flatMap { extra.stamps(onTopOf: $0) }
        case .visit(let stamps): return extra.stamps(onTopOf: stamps)
        case .manual, .percent, .amounts: return 0
        }
    }
}

extension TransactionHistory.Transaction {
    /// What the transaction earns by, under the rules of its version.
    func yield(under rules: CardRules) -> Yield {
        Yield(rules: rules, isPurchase: isPurchase, share: detail?.share, extra: detail?.extra)
    }
}
