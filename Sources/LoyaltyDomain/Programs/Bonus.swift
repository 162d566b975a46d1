/// Stamps and rewards that come together and of no purchase.
public struct Bonus: Hashable, Sendable {
    /// Stamps.
    public var stamps: Stamps
    /// Rewards.
    public var rewards: Rewards

    /// Creates a bonus.
    public init(stamps: Stamps = 0, rewards: Rewards = 0) {
        self.stamps = stamps
        self.rewards = rewards
    }

    /// Nothing.
    public static let nothing = Bonus()

    var firstContradiction: String? {
        guard 0...Stamps.largest ~= stamps, 0...Rewards.largest ~= rewards else {
            return "a bonus must be 0 to \(Stamps.largest) stamps and rewards"
        }
        return nil
    }
}

/// What bringing a newcomer gives (D25): stamps, which a full reversal of the newcomer's first purchase takes back.
public struct ReferralRule: Hashable, Sendable {
    /// When it is given; the newcomer's card must be installed in either case.
    public enum Moment: UInt8, Hashable, Sendable, CaseIterable {
        /// As soon as the newcomer's card is installed.
        case installation = 1
        /// With the newcomer's first purchase or visit.
        case firstVisit = 2
    }

    /// When.
    public var moment: Moment
    /// What the card that was recommended by gets.
    public var referrer: Stamps
    /// What the newcomer's card gets.
    public var newcomer: Stamps

    /// Creates a rule.
    public init(moment: Moment, referrer: Stamps, newcomer: Stamps) {
        self.moment = moment
        self.referrer = referrer
        self.newcomer = newcomer
    }

    var firstContradiction: String? {
        guard 0...Stamps.largest ~= referrer, 0...Stamps.largest ~= newcomer, referrer > 0 || newcomer > 0 else {
            return "a referral must give 1 to \(Stamps.largest) stamps to one of the two"
        }
        return nil
    }
}

/// A time of the week in which a purchase or visit earns more: a bonus of that purchase, never on the remainder (D4).
public struct HappyHour: Hashable, Sendable {
    /// The weekdays: bit 0 is Monday, bit 6 Sunday.
    public var weekdays: UInt8
    /// The minute of the local day with which it begins, 0...1439.
    public var from: Int32
    /// The minute before which it ends, 1...1440.
    public var to: Int32
    /// What it adds.
    public var extra: Extra

    /// Creates a happy hour.
    public init(weekdays: UInt8, from: Int32, to: Int32, extra: Extra) {
        self.weekdays = weekdays
        self.from = from
        self.to = to
        self.extra = extra
    }

    /// Whether it holds at a minute of a day.
    package func holds(on day: LocalDay, minute: Int32) -> Bool {
        // 1970-01-01 was a Thursday, the fourth day of a week.
        let weekday = UInt8(truncatingIfNeeded: ((Int64(day.daysSince1970) + 3) % 7 + 7) % 7)
        return weekdays >> weekday & 1 == 1 && (from..<to).contains(minute)
    }

    var firstContradiction: String? {
        guard (1...127).contains(weekdays) else { return "a happy hour must have a weekday" }
        guard from >= 0, from < to, to <= 1440 else { return "a happy hour must begin before it ends, within a day" }
        guard (0...10_000).contains(extra.percent), 0...Stamps.largest ~= extra.stamps,
            extra != Extra(percent: 0, stamps: 0)
        else { return "a happy hour must add 1 to 10000 percent or at least 1 stamp" }
        return nil
    }
}

/// What a purchase earns besides what its mechanic gives: a share of that, and a number.
public struct Extra: Hashable, Sendable {
    /// So many percent of what the purchase alone earns: 100 doubles it.
    public var percent: Int32
    /// So many stamps.
    public var stamps: Stamps

    /// Creates an extra.
    public init(percent: Int32 = 0, stamps: Stamps = 0) {
        self.percent = percent
        self.stamps = stamps
    }

    /// The stamps it adds to what an open transaction earns by itself; nil where they are beyond `Stamps.largest`.
    func stamps(onTopOf base: Stamps) -> Stamps? {
        let sum = Int64(base.rawValue) * Int64(percent) / 100 + Int64(stamps.rawValue)
        return sum <= Int64(Stamps.largest.rawValue) ? Stamps(exactly: sum) : nil
    }
}
