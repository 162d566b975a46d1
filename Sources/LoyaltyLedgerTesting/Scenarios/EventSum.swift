internal import LoyaltyDomain

/// What events alone say, added up one by one without any card's state: a second set of books (I1-I3, I5, I10).
struct EventSum: Equatable {
    private(set) var stamps: Int64 = 0
    private(set) var debt: Int64 = 0
    private(set) var bonus: Int64 = 0
    private(set) var rewards: Int64 = 0
    private(set) var lifetimeValue: Int64 = 0
    private(set) var spend: Int64 = 0
    private(set) var visits: Int64 = 0

    init() {}

    init(of state: CardState) {
        stamps = Int64(state.balance.rawValue)
        debt = Int64(state.debt.rawValue)
        bonus = Int64(state.bonus.balance.rawValue)
        rewards = Int64(state.rewardsAvailable.rawValue)
        lifetimeValue = state.lifetimeValue.rawValue
        spend = state.transactionAmount.rawValue
        visits = Int64(state.visits.rawValue)
    }

    var isNonNegative: Bool { min(stamps, debt, bonus, rewards, lifetimeValue, spend, visits) >= 0 }

    mutating func add(_ event: CardEvent) {
        switch event {
        case .purchaseRecorded(let amount, let award): transact(amount, award)
        case .visitRecorded(let amount, let award): transact(amount ?? .zero, award)
        case .stampsAdded(let count), .stampsRestored(let count, _), .referralCredited(_, let count):
            stamps += Int64(count.rawValue)
        case .stampsRemoved(let count), .stampsLapsed(let count, _, _), .conversionUndone(let count):
            stamps -= Int64(count.rawValue)
        case .debtPaid(let count):
            stamps -= Int64(count.rawValue)
            debt -= Int64(count.rawValue)
        case .amountRefunded(_, _, let correction), .visitsRemoved(_, let correction): correct(correction)
        case .amountEdited(let edit): self.edit(edit)
        case .stampsCredited(let credit): self.credit(credit)
        case .bonusRemoved(let count): bonus -= Int64(count.rawValue)
        case .stampsSpent(let spending): spend(spending)
        case .spendingReversed(let reversal): undo(reversal)
        case .loadReversed(let reversal):
            lifetimeValue -= reversal.purchase.rawValue
            collect(reversal.clawback)
        case .referralCollected(_, let clawback): collect(clawback)
        case .cardMerged: self = EventSum()
        case .cardAbsorbed(_, let moved): absorb(EventSum(of: moved))
        default: addRewards(event)
        }
    }

    private mutating func addRewards(_ event: CardEvent) {
        switch event {
        case .rewardsUnlocked(let count, let converted, _):
            rewards += Int64(count.rawValue)
            stamps -= Int64(converted.rawValue)
        case .rewardsGranted(let count, let purchase):
            rewards += Int64(count.rawValue)
            lifetimeValue += purchase.rawValue
        case .grantReversed(_, let count, let purchase):
            rewards -= Int64(count.rawValue)
            lifetimeValue -= purchase.rawValue
        case .rewardsRedeemed(let count, _), .rewardsRemoved(let count, _, _), .redemptionConflicted(let count, _, _):
            rewards -= Int64(count.rawValue)
        case .rewardsCredited(let count, _): rewards += Int64(count.rawValue)
        case .milestoneReached: rewards += 1
        case .milestoneRedeemed(let redemption):
            rewards -= 1
            stamps -= Int64(redemption.restart?.rawValue ?? 0)
        case .rewardClaimed(_, let cost, _, _):
            rewards += 1
            stamps -= Int64(cost.rawValue)
        case .claimUsed, .couponRedeemed: rewards -= 1
        case .claimRemoved(_, let returned):
            rewards -= 1
            stamps += Int64(returned?.rawValue ?? 0)
        case .redemptionReversed(let reversal):
            rewards += Int64(reversal.rewards.rawValue)
            stamps += Int64(reversal.stamps.rawValue)
        default: break
        }
    }

    private mutating func transact(_ amount: MinorUnits, _ award: Award) {
        lifetimeValue += amount.rawValue
        spend += amount.rawValue
        visits += 1
        stamps += Int64(award.stamps.rawValue)
    }

    private mutating func correct(_ correction: Correction) {
        for reduction in correction.reductions {
            lifetimeValue -= reduction.amount.rawValue
            spend -= reduction.amount.rawValue
            if reduction.withdrawsVisit { visits -= 1 }
        }
        collect(correction.clawback)
    }

    private mutating func edit(_ edit: AmountEdit) {
        let change = edit.to.rawValue - edit.from.rawValue
        lifetimeValue += change
        spend += change
        switch edit.visitChange {
        case .unchanged: break
        case .withdrawn: visits -= 1
        case .restored: visits += 1
        }
        stamps += Int64(edit.award.stamps.rawValue)
        collect(edit.clawback)
    }

    private mutating func credit(_ credit: Credit) {
        lifetimeValue += credit.purchase.rawValue
        if credit.purse == .main {
            stamps += Int64(credit.stamps.rawValue)
        } else {
            bonus += Int64(credit.stamps.rawValue)
        }
    }

    private mutating func spend(_ spending: Spending) {
        let count = Int64(spending.stamps.rawValue)
        if spending.purse == .main { stamps -= count } else { bonus -= count }
        bonus += Int64(spending.bonus.rawValue)
        if spending.isVisit { visits += 1 }
    }

    private mutating func undo(_ reversal: SpendingReversal) {
        let count = Int64(reversal.stamps.rawValue)
        if reversal.purse == .main { stamps += count } else { bonus += count }
        bonus -= Int64(reversal.bonus.taken.rawValue)
        if reversal.withdrawsVisit { visits -= 1 }
    }

    private mutating func collect(_ clawback: Clawback) {
        stamps -= Int64(clawback.taken.rawValue)
        if clawback.carriesDebt { debt += Int64(clawback.uncollected.rawValue) }
    }

    private mutating func absorb(_ other: EventSum) {
        stamps += other.stamps
        debt += other.debt
        bonus += other.bonus
        rewards += other.rewards
        lifetimeValue += other.lifetimeValue
        spend += other.spend
        visits += other.visits
    }
}
