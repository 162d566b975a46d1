import LoyaltyDomain

/// A slow second opinion on the rules, written from their text: it keeps lists, recomputes every sum from them, and shares no formula
/// with the library.
struct ReferenceCard {
    /// A purchase or a visit.
    struct Entry {
        var id: CommandID
        var reference: String?
        var isPurchase: Bool
        var occurredAt: Timestamp
        var rules: Int
        var gross: Int64
        var refunded: Int64 = 0
        var awarded: Int64 = 0
        var withheld: Int64 = 0
        var counts = true

        var open: Int64 { gross - refunded }
        var day: LocalDay { occurredAt.dayInUTC }
    }

    struct Grant {
        var id: CommandID
        var rewards: Int64
        var amount: Int64
        var isReversed = false
    }

    /// Any "no"; which one is the business of other cases.
    struct Refused: Error {}

    var entries: [Entry] = []
    var grants: [Grant] = []
    var versions: [(from: Timestamp, rules: CardRules)] = []
    var recordedAt = Timestamp.epoch
    var occurredAt = Timestamp.epoch

    var balance: Int64 = 0
    var debt: Int64 = 0
    var earned: Int64 = 0
    var removed: Int64 = 0
    var uncollected: Int64 = 0
    var rewardsEarned: Int64 = 0
    var redeemed: Int64 = 0
    var corrected: Int64 = 0
    var expired: Int64 = 0
    var lastValidDay: LocalDay?
    var isDeleted = false

    var available: Int64 { rewardsEarned - redeemed - corrected - expired }
    var transactionAmount: Int64 { entries.reduce(0) { $0 + $1.open } }
    var lifetimeValue: Int64 { transactionAmount + grants.reduce(0) { $0 + ($1.isReversed ? 0 : $1.amount) } }
    var newest: CardRules { rules(at: recordedAt).rules }

    init(_ rules: CardRules) {
        versions = [(.earliest, rules)]
    }

    /// Does what a command asks for, or nothing at all.
    mutating func accepts(_ action: CardAction, at instant: Timestamp, id: CommandID, reference: String?) -> Bool {
        var changed = self
        changed.occurredAt = instant
        do throws(Refused) {
            guard instant.milliseconds - recordedAt.milliseconds <= 600_000 else { throw Refused() }
            try changed.act(action, id: id, reference: reference)
        } catch {
            return false
        }
        self = changed
        return true
    }

    /// The number and the text of the rules in effect at an instant.
    func rules(at instant: Timestamp) -> (number: Int, rules: CardRules) {
        for (number, version) in versions.enumerated().reversed() where version.from <= instant {
            return (number, version.rules)
        }
        return (0, versions[0].rules)
    }

    /// What an entry's stamps amount to as it is, alone or, where remainders carry over, with all purchases of its rules.
    func worth(_ index: Int) -> Int64 {
        let entry = entries[index]
        switch versions[entry.rules].rules.mechanic {
        case .manual, .percent, .amounts: return 0
        case .visit(let stamps): return entry.counts ? Int64(stamps.rawValue) : 0
        case .spend(let rule):
            guard entry.isPurchase else { return 0 }
            let siblings = entries.filter { $0.isPurchase && $0.rules == entry.rules }
            let open = rule.remainder == .perTransaction ? entry.open : siblings.reduce(0) { $0 + $1.open }
            return Int64(rule.stamps.rawValue) * (open / rule.unit.rawValue)
        }
    }
}
