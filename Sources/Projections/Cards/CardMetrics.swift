public import LoyaltyDomain

/// The figures of one card that depend on its program's rules, whatever its type (S8-S22, DOMAIN.md section 3).
///
/// Each is a function of the card's folded state, the program's newest rules and the day on which one looks.
public struct CardMetrics: Hashable, Sendable {
    private let state: CardState
    private let rules: CardRules
    private let today: LocalDay

    /// Looks at a card.
    public init(_ state: CardState, under rules: CardRules, on today: LocalDay) {
        self.state = state
        self.rules = rules
        self.today = today
    }

    /// The tier the card is in; nil for none.
    public var tier: Tier? { rules.tiers?[state.tier.number] }

    /// The share of its next purchase that the card gets as points or as a discount: its tier's, else the program's; nil where
    /// purchases give no share.
    public var share: BasisPoints? {
        switch rules.mechanic {
        case .percent(let rule): tier?.share ?? rule.share
        case .amounts: tier?.share ?? BasisPoints(0)
        case .spend, .visit, .manual: nil
        }
    }

    /// The next tier above the card's net spend; nil at the top, and where a person moves cards.
    public var nextTier: Tier? {
        guard let tiers = rules.tiers, tiers.basis == .spend else { return nil }
        return tiers.next(aboveSpend: state.transactionAmount)
    }

    /// What is left to spend until the next tier; nil where there is none.
    public var amountToNextTier: MinorUnits? { nextTier.map { $0.threshold - state.transactionAmount } }

    /// What the balance is worth in money; nil where a unit of it has no value of its own.
    public var balanceValue: MinorUnits? { rules.value(of: Int64(state.balance.rawValue)) }

    /// The dearest reward of the catalogue that the balance buys; nil where there is none (3.7).
    public var bestAffordable: RewardItem? {
        guard case .catalogue(let items) = rules.rewards else { return nil }
        return items.filter { $0.cost <= state.balance }.max { $0.cost < $1.cost }
    }

    /// The first day of the membership's running period; nil for other cards.
    public var periodStart: LocalDay? {
        state.membership.period.map { $0.start(of: max(today, state.membership.start), from: state.membership.anchor) }
    }

    /// Uses of the membership in its running period: none where the uses counted are those of an earlier one.
    public var usesInPeriod: Visits? {
        periodStart.map { $0 > state.membership.start ? 0 : state.membership.used }
    }

    /// Uses left in the running period; nil where there is no limit.
    public var usesLeft: Visits? {
        guard let used = usesInPeriod, let limit = tier?.usesPerPeriod else { return nil }
        return max(Visits(limit) - used, 0)
    }

    /// Where a coupon stands; nil for other cards (3.3).
    public var coupon: CouponStatus? {
        guard rules.hasUses else { return nil }
        if state.rewardsAvailable == 0 { return .redeemed }
        if let last = state.expiresOn, last < today { return .expired }
        return .active
    }
}

/// Where a coupon stands.
public enum CouponStatus: String, Hashable, Sendable, CaseIterable {
    /// It may be used.
    case active
    /// All of its uses are gone.
    case redeemed
    /// Its last day is past.
    case expired
}

extension CardRules {
    /// What so many units of the main purse are worth in minor units; nil where a unit has no value of its own.
    public func value(of units: Int64) -> MinorUnits? {
        if case .percent(let rule) = mechanic {
            let (product, overflow) = units.multipliedReportingOverflow(by: rule.pointValue.rawValue)
            return overflow ? nil : MinorUnits(product)
        }
        return type.countsMoney ? MinorUnits(units) : nil
    }
}
