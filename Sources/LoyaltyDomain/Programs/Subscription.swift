/// How a membership is counted and renewed.
public struct Subscription: Hashable, Sendable {
    /// The period of a new card.
    public var period: MembershipPeriod
    /// Whether a payment service holds the expiry; it is then renewed, and never set by hand (S69).
    public var isExternal: Bool

    /// Creates a subscription.
    public init(period: MembershipPeriod, isExternal: Bool = false) {
        self.period = period
        self.isExternal = isExternal
    }
}

/// How long one period of a membership's limits lasts; it begins with the day on which the membership was set.
public enum MembershipPeriod: UInt8, Hashable, Sendable, CaseIterable {
    /// Every day.
    case day = 1
    /// Seven days.
    case week = 2
    /// One month; where a month is too short, its last day begins the period.
    case month = 3
    /// Three months.
    case quarter = 4
    /// Twelve months.
    case year = 5

    /// The first day of the period that holds a day, counted from an anchor; the anchor where the day lies before it.
    ///
    /// - Complexity: O(1).
    public func start(of day: LocalDay, from anchor: LocalDay) -> LocalDay {
        guard day > anchor else { return anchor }
        switch self {
        case .day: return day
        case .week:
            let elapsed = day.daysSince1970 - anchor.daysSince1970
            return anchor.advanced(byDays: elapsed - elapsed % 7)
        case .month: return Self.start(of: day, from: anchor, step: 1)
        case .quarter: return Self.start(of: day, from: anchor, step: 3)
        case .year: return Self.start(of: day, from: anchor, step: 12)
        }
    }

    private static func start(of day: LocalDay, from anchor: LocalDay, step: Int) -> LocalDay {
        let (from, to) = (anchor.fields, day.fields)
        let months = (to.year - from.year) * 12 + to.month - from.month
        let whole = months - months % step
        let start = anchor.advanced(byMonths: whole)
        return start <= day ? start : anchor.advanced(byMonths: whole - step)
    }
}

extension LocalDay {
    /// The same day of the month so many months later, or the last day of a month that has none.
    func advanced(byMonths months: Int) -> LocalDay {
        let (year, month, day) = fields
        let count = year * 12 + month - 1 + months
        for candidate in stride(from: day, through: 28, by: -1) {
            if let found = LocalDay(year: count / 12, month: count % 12 + 1, day: candidate) { return found }
        }
        return LocalDay(year: count / 12, month: count % 12 + 1, day: day) ?? self
    }
}

/// What a used coupon turns into (D21).
public struct Conversion: Hashable, Sendable {
    /// The program of the new card.
    public var program: ProgramID
    /// The stamps it begins with.
    public var stamps: Stamps

    /// Creates a conversion.
    public init(to program: ProgramID, stamps: Stamps = 1) {
        self.program = program
        self.stamps = stamps
    }
}
