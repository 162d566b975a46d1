import LoyaltyDomain

/// What events add up to, read off their effects alone and without any fold of the domain (D5, D6).
struct EffectSum: Hashable {
    var balance: Int64 = 0
    var debt: Int64 = 0
    var available: Int64 = 0
    var lifetimeValue: Int64 = 0
    var bonus: Int64 = 0
    var visits: Int64 = 0

    /// Whether nothing is owed the wrong way round (I1).
    var isNonNegative: Bool { min(balance, debt, available, lifetimeValue, bonus, visits) >= 0 }

    /// The sum of some events.
    init(_ events: some Sequence<EffectiveEvent>) {
        for event in events { add(event.event) }
    }

    /// The sum of what counts at an instant.
    init(_ events: some Sequence<EffectiveEvent>, asOf instant: Timestamp) {
        self.init(events.filter { $0.effectiveAt <= instant })
    }

    mutating func add(_ event: CardEvent) {
        switch event {
        case .purchaseRecorded(let amount, let award): addTransaction(amount, award)
        case .visitRecorded(let amount, let award): addTransaction(amount ?? .zero, award)
        case .stampsAdded(let count): balance += Int64(count.rawValue)
        case .stampsRemoved(let count): balance -= Int64(count.rawValue)
        case .debtPaid(let count):
            balance -= Int64(count.rawValue)
            debt -= Int64(count.rawValue)
        case .rewardsUnlocked(let count, let converted, _):
            available += Int64(count.rawValue)
            balance -= Int64(converted.rawValue)
        case .amountRefunded(_, _, let correction), .visitsRemoved(_, let correction):
            lifetimeValue -= correction.amount.rawValue
            visits -= Int64(correction.reductions.count(where: \.withdrawsVisit))
            collect(correction.clawback)
        case .amountEdited(let edit):
            lifetimeValue += edit.to.rawValue - edit.from.rawValue
            visits += edit.visitChange == .restored ? 1 : edit.visitChange == .withdrawn ? -1 : 0
            balance += Int64(edit.award.stamps.rawValue)
            collect(edit.clawback)
        case .rewardsGranted(let count, let purchase):
            available += Int64(count.rawValue)
            lifetimeValue += purchase.rawValue
        case .grantReversed(_, let count, let purchase):
            available -= Int64(count.rawValue)
            lifetimeValue -= purchase.rawValue
        case .rewardsRedeemed(let count, _), .rewardsRemoved(let count, _, _): available -= Int64(count.rawValue)
        default: addPart(event)
        }
    }

    private mutating func addPart(_ event: CardEvent) {
        switch event {
        case .stampsCredited(let credit):
            if credit.purse == .main { add(credit.stamps) } else { bonus += Int64(credit.stamps.rawValue) }
            lifetimeValue += credit.purchase.rawValue
        case .bonusRemoved(let count): bonus -= Int64(count.rawValue)
        case .stampsSpent(let spending):
            if spending.purse == .main { add(0 - spending.stamps) } else { bonus -= Int64(spending.stamps.rawValue) }
            bonus += Int64(spending.bonus.rawValue)
            visits += spending.isVisit ? 1 : 0
        case .spendingReversed(let reversal):
            if reversal.purse == .main { add(reversal.stamps) } else { bonus += Int64(reversal.stamps.rawValue) }
            bonus -= Int64(reversal.bonus.taken.rawValue)
            visits -= reversal.withdrawsVisit ? 1 : 0
        case .loadReversed(let reversal):
            lifetimeValue -= reversal.purchase.rawValue
            collect(reversal.clawback)
        case .stampsLapsed(let count, _, _), .conversionUndone(let count): add(0 - count)
        case .stampsRestored(let count, _), .referralCredited(_, let count): add(count)
        case .referralCollected(_, let clawback): collect(clawback)
        case .milestoneReached: available += 1
        case .milestoneRedeemed(let redemption):
            available -= 1
            add(0 - (redemption.restart ?? 0))
        case .rewardClaimed(_, let cost, _, _):
            available += 1
            add(0 - cost)
        case .claimUsed, .couponRedeemed: available -= 1
        case .claimRemoved(_, let returned):
            available -= 1
            add(returned ?? 0)
        case .redemptionReversed(let reversal):
            available += Int64(reversal.rewards.rawValue)
            add(reversal.stamps)
        case .redemptionConflicted(let count, _, _): available -= Int64(count.rawValue)
        case .rewardsCredited(let count, _): available += Int64(count.rawValue)
        default: break
        }
    }

    private mutating func add(_ stamps: Stamps) { balance += Int64(stamps.rawValue) }

    private mutating func addTransaction(_ amount: MinorUnits, _ award: Award) {
        lifetimeValue += amount.rawValue
        visits += 1
        balance += Int64(award.stamps.rawValue)
    }

    private mutating func collect(_ clawback: Clawback) {
        balance -= Int64(clawback.taken.rawValue)
        if clawback.carriesDebt { debt += Int64(clawback.due.rawValue - clawback.taken.rawValue) }
    }
}
