internal import LoyaltyDomain

/// What a transaction is worth under the rules of its version, worked out by quotients and remainders, with its words (R2, D4, D20).
///
/// It repeats no decision: where it and the recorded effect differ, one of the two is wrong. Sums wrap instead of trapping, since
/// the figures come from disk.
struct EarningArithmetic {
    let rules: CardRules
    let isPurchase: Bool
    let share: BasisPoints?
    let extra: Extra?
    let words: UnitWords

    /// What changes hands when a transaction is added, grows, shrinks or goes.
    struct Change {
        /// The part of its amount that earns, before and after.
        var from: MinorUnits
        var to: MinorUnits
        /// What all of the card's under these rules amounted to, before.
        var ofAll: MinorUnits
        /// Whether it is a visit, before and after.
        var wasVisit: Bool
        var isVisit: Bool
    }

    /// The units that come (or, negative, go back), and how.
    struct Result {
        var count: Int64
        var steps: [String]
    }

    func worked(_ change: Change) -> Result {
        var result = base(change)
        guard extra != nil else { return result }
        let (before, after) = (bonus(of: change.from, change.wasVisit), bonus(of: change.to, change.isVisit))
        result.count += after - before
        if after != before || after != 0 { result.steps.append(happyHour(from: before, to: after, change)) }
        return result
    }

    private func base(_ change: Change) -> Result {
        switch rules.mechanic {
        case .spend(let rule):
            guard isPurchase else { return Result(count: 0, steps: ["a visit earns nothing where money earns"]) }
            return rule.remainder == .cumulative ? cumulative(rule, change) : perTransaction(rule, change)
        case .percent(let rule):
            guard isPurchase else { return Result(count: 0, steps: ["a visit earns nothing where money earns"]) }
            return percent(rule, change)
        case .visit(let stamps):
            let count = Int64(stamps.rawValue) * ((change.isVisit ? 1 : 0) - (change.wasVisit ? 1 : 0))
            guard count != 0 else { return Result(count: 0, steps: ["it stays one visit"]) }
            return Result(count: count, steps: ["1 visit at \(words.units(stamps)) a visit: \(units(count.magnitude))"])
        case .manual: return Result(count: 0, steps: ["nothing is earned by it; only a person gives"])
        case .amounts:
            let discount = share.map { $0 > BasisPoints(0) ? " at a discount of \($0.percentText)" : "" } ?? ""
            return Result(count: 0, steps: ["the amount\(discount) counts for tiers; it earns nothing"])
        }
    }

    private func perTransaction(_ rule: SpendRule, _ change: Change) -> Result {
        let (before, _) = divided(change.from, by: rule)
        let (after, left) = divided(change.to, by: rule)
        let count = after &- before
        if change.from == .zero {
            let rest = left > 0 ? ", \(decimal(left)) left over" : ""
            return Result(
                count: count,
                steps: ["\(words.decimal(change.to)) at \(words.rate(rule))\(rest): \(units(after))"]
            )
        }
        let sentence = "\(moved(change)); at \(words.rate(rule)) from \(units(before)) to \(units(after))"
        return Result(count: count, steps: ["\(sentence): \(direction(count))"])
    }

    private func cumulative(_ rule: SpendRule, _ change: Change) -> Result {
        let step = change.to - change.from
        let (before, waiting) = divided(change.ofAll, by: rule)
        let (after, left) = divided(change.ofAll + step, by: rule)
        let count = after &- before
        if step >= .zero {
            let carried =
                waiting > 0 ? " and \(decimal(waiting)) waiting make \(decimal(waiting &+ step.rawValue))" : ""
            let rest = left > 0 ? ", \(decimal(left)) waits for the next purchase" : ""
            let sentence = "\(words.decimal(step))\(carried) at \(words.rate(rule))"
            return Result(count: count, steps: ["\(sentence): \(units(count))\(rest)"])
        }
        let all = "all purchases under these rules, \(words.decimal(change.ofAll)) less \(decimal(0 &- step.rawValue))"
        let sentence = "\(all), at \(words.rate(rule)) from \(units(before)) to \(units(after))"
        return Result(count: count, steps: ["\(sentence): \(direction(count))"])
    }

    private func percent(_ rule: PercentRule, _ change: Change) -> Result {
        guard let share else { return Result(count: 0, steps: ["no share was set"]) }
        let (before, _) = points(change.from, share, rule)
        let (after, isRounded) = points(change.to, share, rule)
        let rate = "\(share.percentText), a point for \(words.decimal(rule.pointValue))"
        let rounded = isRounded ? ", rounded down" : ""
        if change.from == .zero {
            let sentence = "\(words.decimal(change.to)) at \(rate)\(rounded): \(units(after))"
            return Result(count: after, steps: [sentence])
        }
        let sentence = "\(moved(change)); at \(rate) from \(units(before)) to \(units(after))"
        return Result(count: after &- before, steps: ["\(sentence): \(direction(after &- before))"])
    }

    private func points(_ amount: MinorUnits, _ share: BasisPoints, _ rule: PercentRule) -> (Int64, isRounded: Bool) {
        guard amount > .zero, share > BasisPoints(0), rule.pointValue > .zero else { return (0, false) }
        let product = UInt64(amount.rawValue) &* UInt64(share.rawValue)
        let divisor = max(UInt64(rule.pointValue.rawValue) &* 10_000, 1)
        return (Int64(truncatingIfNeeded: product / divisor), product % divisor != 0)
    }

    /// What a happy hour adds to a transaction of that amount: a share of what it earns alone, and a number.
    private func bonus(of amount: MinorUnits, _ isVisit: Bool) -> Int64 {
        guard let extra, isVisit else { return 0 }
        let alone: Int64
        switch rules.mechanic {
        case .spend(let rule):
            guard isPurchase, amount > .zero else { return 0 }
            alone = divided(amount, by: rule).count
        case .visit(let stamps): alone = Int64(stamps.rawValue)
        case .manual, .percent, .amounts: return 0
        }
        return alone &* Int64(extra.percent) / 100 &+ Int64(extra.stamps.rawValue)
    }

    private func happyHour(from before: Int64, to after: Int64, _ change: Change) -> String {
        let parts = [
            (extra?.percent ?? 0) > 0 ? "\(extra?.percent ?? 0)% more" : nil,
            (extra?.stamps ?? 0) > 0 ? "\(words.units(extra?.stamps ?? 0)) more" : nil,
        ]
        let rule = "happy hour, \(parts.compactMap(\.self).joined(separator: " and ")) of what it earns alone"
        return before == 0 ? "\(rule): \(units(after))" : "\(rule), from \(units(before)) to \(units(after))"
    }

    private func divided(_ amount: MinorUnits, by rule: SpendRule) -> (count: Int64, left: Int64) {
        guard rule.unit > .zero, amount > .zero else { return (0, 0) }
        let (quotient, rest) = amount.rawValue.quotientAndRemainder(dividingBy: rule.unit.rawValue)
        return (quotient &* Int64(rule.stamps.rawValue), rest)
    }

    private func moved(_ change: Change) -> String {
        let step = change.to - change.from
        let sign = step < .zero ? "less \(decimal(0 &- step.rawValue))" : "and \(words.decimal(step)) more"
        return "\(words.decimal(change.from)) \(sign) is \(words.decimal(change.to))"
    }

    private func direction(_ count: Int64) -> String {
        count < 0 ? "\(units(count.magnitude)) back" : "\(units(count)) more"
    }

    private func units(_ count: some BinaryInteger) -> String { words.units(Stamps(Int32(truncatingIfNeeded: count))) }

    private func decimal(_ amount: Int64) -> String { words.decimal(MinorUnits(amount)) }
}
