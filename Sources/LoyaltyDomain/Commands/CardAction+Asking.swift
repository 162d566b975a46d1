extension CardAction {
    /// The currency of the amount it asks for, where an amount says how much; nil where a number does, or nothing.
    public var currency: Currency? {
        switch self {
        case .purchase(let money, _), .refund(let money, _), .editAmount(_, let money), .purchaseEligible(let money, _):
            money.currency
        case .visit(let money): money?.currency
        default: nil
        }
    }

    /// The same with another amount; nil where no amount says how much.
    public func asking(for amount: Money) -> CardAction? {
        switch self {
        case .purchase: .purchase(amount)
        case .visit(_?): .visit(amount)
        case .refund(_, let named): .refund(amount, of: named)
        case .editAmount(let named, _): .editAmount(of: named, to: amount)
        case .purchaseEligible(_, let eligible):
            .purchaseEligible(amount, eligible: Money(min(amount.minorUnits, eligible.minorUnits), eligible.currency))
        default: nil
        }
    }

    /// The same for another number of stamps, visits or rewards; nil where no number says how much.
    public func asking(for count: Stamps) -> CardAction? {
        switch self {
        case .addStamps: .addStamps(count)
        case .removeStamps: .removeStamps(count)
        case .adjustStamps: .adjustStamps(count)
        case .adjustBonus: .adjustBonus(count)
        case .removeVisits: .removeVisits(Visits(count.rawValue))
        case .grantRewards(_, let purchase): .grantRewards(Rewards(count.rawValue), purchase: purchase)
        case .redeemRewards(_, let purchase): .redeemRewards(Rewards(count.rawValue), purchase: purchase)
        case .removeRewards(_, let purchase, let reason):
            .removeRewards(Rewards(count.rawValue), purchase: purchase, reason)
        case .load(_, let purchase): .load(count, purchase: purchase)
        case .spend(_, let purse, let purchase): .spend(count, from: purse, purchase: purchase)
        default: nil
        }
    }
}
