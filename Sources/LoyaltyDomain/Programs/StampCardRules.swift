/// The rules of a stamp card.
public struct StampCardRules: Hashable, Sendable {
    /// What earns stamps.
    public var mechanic: Mechanic

    /// How many stamps make a reward; they are converted as soon as they are there (R6, automatic unlocking).
    public var stampsPerReward: Stamps

    /// At most this many stamps per card and local day from purchases and visits; nil for no cap (D7, D22).
    public var dailyStampCap: Stamps?

    /// What happens to stamps due back that the card no longer has (R4, D16).
    public var uncollected: UncollectedPolicy

    /// Whether an expired card may still redeem (R14).
    public var redeemWhenExpired: ExpiredRedemption

    /// Creates rules; what is left out takes the default of the product documents.
    public init(
        mechanic: Mechanic,
        stampsPerReward: Stamps,
        dailyStampCap: Stamps? = nil,
        uncollected: UncollectedPolicy = .forgive,
        redeemWhenExpired: ExpiredRedemption = .allowed
    ) {
        self.mechanic = mechanic
        self.stampsPerReward = stampsPerReward
        self.dailyStampCap = dailyStampCap
        self.uncollected = uncollected
        self.redeemWhenExpired = redeemWhenExpired
    }

    /// What is wrong with the rules, in words, or nil where nothing is.
    public var firstContradiction: String? {
        guard 1...Stamps.largest ~= stampsPerReward else {
            return "stampsPerReward must be 1 to \(Stamps.largest), not \(stampsPerReward)"
        }
        if let cap = dailyStampCap, cap < 1 { return "dailyStampCap must be at least 1, not \(cap)" }
        if case .graceDays(let days) = redeemWhenExpired, days < 1 {
            return "graceDays must be at least 1, not \(days)"
        }
        return mechanic.firstContradiction
    }
}

/// What earns stamps on a stamp card.
public enum Mechanic: Hashable, Sendable {
    /// Money spent: `1 stamp per 10.00`.
    case spend(SpendRule)

    /// Each visit earns so many stamps, whatever is bought.
    case visit(stamps: Stamps)

    /// Only a person gives stamps.
    case manual

    /// What is wrong with the mechanic, in words, or nil where nothing is.
    var firstContradiction: String? {
        switch self {
        case .spend(let rule) where rule.unit < MinorUnits(1): "perAmount must be more than nothing"
        case .spend(let rule): Mechanic.contradiction(in: rule.stamps)
        case .visit(let stamps): Mechanic.contradiction(in: stamps)
        case .manual: nil
        }
    }

    private static func contradiction(in stamps: Stamps) -> String? {
        1...Stamps.largest ~= stamps ? nil : "stamps must be 1 to \(Stamps.largest), not \(stamps)"
    }
}

/// What happens to stamps due back that the card no longer has.
public enum UncollectedPolicy: Hashable, Sendable {
    /// They are recorded as uncollected and never asked for again.
    case forgive

    /// They are recorded as uncollected and paid off by the next stamps (D16).
    case carryAsDebt

    /// The correction that would cause them is refused.
    case reject
}

/// Whether a card past its expiry day may still redeem its rewards (R14).
public enum ExpiredRedemption: Hashable, Sendable {
    /// It may, for ever.
    case allowed

    /// It may not.
    case denied

    /// It may for so many days after the last valid one.
    case graceDays(Int32)
}
