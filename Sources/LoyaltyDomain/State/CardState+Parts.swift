/// Which milestones a cycle has reached, and how many rewards of each wait (D13): 8 at most, in a few bytes.
public struct MilestoneState: Hashable, Sendable {
    /// A bit for each milestone reached in this cycle.
    public package(set) var reached: UInt8 = 0
    /// Eight bits for each milestone: its rewards not redeemed.
    public package(set) var waiting: UInt64 = 0

    /// Nothing reached.
    public init() {}

    /// The rewards of a milestone that wait.
    public func waiting(at number: MilestoneNumber) -> Rewards {
        Rewards(Int32(truncatingIfNeeded: waiting >> (8 * UInt64(number.rawValue & 7)) & 0xff))
    }

    /// The rewards of all milestones that wait.
    public var allWaiting: Rewards {
        (0..<8).reduce(0) { $0 + waiting(at: MilestoneNumber($1)) }
    }

    /// Whether this cycle has reached a milestone.
    func hasReached(_ number: MilestoneNumber) -> Bool { reached >> (number.rawValue & 7) & 1 == 1 }

    mutating func reach(_ number: MilestoneNumber) {
        reached |= 1 << (number.rawValue & 7)
        add(1, at: number)
    }

    /// Adds to or takes from the waiting rewards of a milestone; bytes from disk never trap.
    mutating func add(_ change: Int64, at number: MilestoneNumber) {
        let shift = 8 * UInt64(number.rawValue & 7)
        let count = UInt64(truncatingIfNeeded: Int64(waiting(at: number).rawValue) &+ change) & 0xff
        waiting = waiting & ~(0xff << shift) | count << shift
    }

    /// Takes so many waiting rewards, those of the lowest milestones first.
    mutating func takeLowest(_ count: Rewards) {
        var left = count
        for place in UInt8(0)..<8 where left > 0 {
            let taken = min(left, waiting(at: MilestoneNumber(place)))
            add(-Int64(taken.rawValue), at: MilestoneNumber(place))
            left -= taken
        }
    }
}

/// The tier a card is in (R19).
public struct TierState: Hashable, Sendable {
    /// Its number in the program's table.
    public package(set) var number = TierNumber.none
    /// How it is held there.
    public package(set) var pin = TierPin.none
    /// A bit for each tier whose entry bonus the card has had (D18); bit 0 is tier 1.
    public package(set) var entered: UInt32 = 0

    /// No tier.
    public init() {}

    /// Whether the card has had the entry bonus of a tier.
    func hasEntered(_ number: TierNumber) -> Bool {
        number == .none || entered >> (UInt32(number.rawValue - 1) & 31) & 1 == 1
    }
}

/// The uses of a membership (3.6).
public struct MembershipState: Hashable, Sendable {
    /// The length of its periods; nil for a card that is no membership.
    public package(set) var period: MembershipPeriod?
    /// The day from which periods count.
    public package(set) var anchor = LocalDay(daysSince1970: 0)
    /// The first day of the period whose uses are counted.
    public package(set) var start = LocalDay(daysSince1970: 0)
    /// Uses in that period.
    public package(set) var used: Visits = 0
    /// Whether it was cancelled.
    public package(set) var isCancelled = false

    /// No membership.
    public init() {}
}

/// What a card has to do with recommendations (D25, S17).
public struct ReferralState: Hashable, Sendable {
    /// How far the recommendation that brought the card has come.
    public enum Progress: UInt8, Hashable, Sendable, CaseIterable {
        /// None brought it.
        case none = 0
        /// It waits for its moment.
        case waiting = 1
        /// Both have got their stamps.
        case paid = 2
        /// They were collected back.
        case collected = 3
    }

    /// The card that recommended.
    public package(set) var referrer = CardNumber(0)
    /// How far it has come.
    public package(set) var progress = Progress.none
    /// What the referrer got.
    public package(set) var paidToReferrer: Stamps = 0
    /// What this card got as the newcomer.
    public package(set) var paidToNewcomer: Stamps = 0
    /// Stamps the card ever earned by recommendations, either way (S17).
    public package(set) var earned: Stamps = 0
    /// Newcomers it brought that were rewarded.
    public package(set) var newcomers: Int32 = 0

    /// No recommendation.
    public init() {}
}

/// Which other cards a card came of or went into.
public struct CardLinks: Hashable, Sendable {
    /// The card it was merged into; 0 for none (D24).
    public package(set) var mergedInto = CardNumber(0)
    /// The card it turned into last; 0 for none (D21).
    public package(set) var convertedInto = CardNumber(0)
    /// The coupon it came of; 0 for none.
    public package(set) var createdFrom = CardNumber(0)
    /// Its version when it came of that coupon, or behind what became due and was refused since; it is the card's version as long
    /// as the card was not used (D21).
    public package(set) var createdAt = CardVersion(0)

    /// No links.
    public init() {}
}

/// When stamps of a card lapse (D11, D12).
public struct LapseState: Hashable, Sendable {
    /// The earliest day after which a lot may lapse; nil where no lot has a last day.
    public package(set) var next: LocalDay?
    /// The latest day at whose end stamps lapsed.
    public package(set) var last: LocalDay?
    /// The latest day on which anything happened, once a lot had a last day.
    public package(set) var latest: LocalDay?

    /// Nothing lapses.
    public init() {}
}
