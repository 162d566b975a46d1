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

/// What a card's holder may see of its history (C12); never a note for staff, whatever it is (I9).
public enum CustomerHistoryView: UInt8, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case nothing = 0
    /// Its figures.
    case summary = 1
    /// Its figures, and every event.
    case entries = 2
}

/// Through when a new card is valid (section 3 of the rules): never ending, through a day, or so many days after its issue.
public enum CardTerm: Hashable, Sendable {
    /// No end.
    case unlimited

    /// Through that day, whenever it was issued.
    case until(LocalDay)

    /// Through so many days after the day of its issue.
    case days(Int32)

    /// The last valid day of a card issued on a day, or nil for no end.
    package func lastDay(issuedOn day: LocalDay) -> LocalDay? {
        switch self {
        case .unlimited: nil
        case .until(let last): last
        case .days(let count): day.advanced(byDays: count)
        }
    }
}
