/// What stamps turn into.
public enum RewardRule: Hashable, Sendable {
    /// Nothing; rewards are only ever granted.
    case none

    /// A reward as soon as there are so many stamps; they are converted (R6).
    case unlock(per: Stamps)

    /// A reward at each value, once per cycle; the stamps stay until the last one is redeemed (D13). Ascending, at most 8.
    case milestones([Stamps])

    /// Named rewards that stamps are spent on (D26).
    case catalogue([RewardItem])

    /// The most milestones a card may have.
    public static let mostMilestones = 8

    /// The most items a catalogue may have.
    public static let mostItems = 64

    var firstContradiction: String? {
        switch self {
        case .none: nil
        case .unlock(let required):
            1...Stamps.largest ~= required ? nil : "stampsPerReward must be 1 to \(Stamps.largest), not \(required)"
        case .milestones(let values):
            if !(1...Self.mostMilestones).contains(values.count) {
                "milestones must be 1 to \(Self.mostMilestones) values, not \(values.count)"
            } else if zip(values, values.dropFirst()).contains(where: { $0 >= $1 }) || values[0] < 1
                || values[values.count - 1] > Stamps.largest
            {
                "milestones must ascend from at least 1 to at most \(Stamps.largest)"
            } else {
                nil
            }
        case .catalogue(let items): Self.contradiction(in: items)
        }
    }

    private static func contradiction(in items: [RewardItem]) -> String? {
        guard (1...mostItems).contains(items.count) else {
            return "catalogue must have 1 to \(mostItems) items, not \(items.count)"
        }
        for (index, item) in items.enumerated() {
            guard 1...Stamps.largest ~= item.cost else {
                return "the cost of \(item.name.text) must be 1 to \(Stamps.largest), not \(item.cost)"
            }
            if let limit = item.usageLimit, limit < 1 {
                return "the usageLimit of \(item.name.text) must be at least 1"
            }
            if items[..<index].contains(where: { $0.name == item.name }) {
                return "catalogue names \(item.name.text) twice"
            }
        }
        return nil
    }
}

/// A reward of a catalogue: its name, what it costs, and how often one card may have it.
public struct RewardItem: Hashable, Sendable {
    /// The name, by which it is claimed.
    public var name: Label

    /// Stamps it costs; each claim keeps what it cost (R16).
    public var cost: Stamps

    /// How often one card may have it; nil for no limit.
    public var usageLimit: Rewards?

    /// Creates an item.
    public init(_ name: Label, cost: Stamps, usageLimit: Rewards? = nil) {
        self.name = name
        self.cost = cost
        self.usageLimit = usageLimit
    }
}

/// Whether the stamps of the main purse are themselves spent.
public enum SpendingRule: Hashable, Sendable {
    /// They are not.
    case none

    /// They are: cashback points, stored value.
    case purse

    /// They are prepaid visits: spending them is a visit, and each earns so many points of the bonus purse.
    case visits(bonus: Stamps)

    var firstContradiction: String? {
        guard case .visits(let bonus) = self, !(0...Stamps.largest ~= bonus) else { return nil }
        return "bonusPerVisit must be 0 to \(Stamps.largest), not \(bonus)"
    }
}

/// How long stamps last; days are local days, and stamps are there through the last of them (R15).
public enum StampLife: Hashable, Sendable {
    /// For ever.
    case unlimited

    /// Those earned through that day lapse after it.
    case until(LocalDay)

    /// All of them lapse so many days after the last one was earned (D11).
    case sliding(days: Int32)

    /// Each lapses so many days after it was earned (D12).
    case lots(days: Int32)

    /// The last day of stamps earned on a day where each has its own; nil where it has none.
    package func lastDay(earnedOn day: LocalDay) -> LocalDay? {
        switch self {
        case .unlimited, .sliding: nil
        case .until(let last): day <= last ? last : nil
        case .lots(let days): day.advanced(byDays: days)
        }
    }

    var firstContradiction: String? {
        switch self {
        case .unlimited, .until: nil
        case .sliding(let days), .lots(let days):
            (1...36_500).contains(days) ? nil : "the days of stampLife must be 1 to 36500, not \(days)"
        }
    }
}
