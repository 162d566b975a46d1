public import LoyaltyDomain

/// What one staff member did to the cards of one program: sales, and everything that is done by hand.
public struct StaffActivity: Hashable, Sendable {
    /// Purchases and visits recorded.
    public internal(set) var transactions = 0
    /// Stamps that those earned.
    public internal(set) var stampsEarned: Int64 = 0
    /// Stamps that guards withheld from those (D7).
    public internal(set) var stampsWithheld: Int64 = 0
    /// Commands that added stamps by hand.
    public internal(set) var manualAdditions = 0
    /// Stamps they added.
    public internal(set) var stampsAdded: Int64 = 0
    /// Commands that took stamps by hand.
    public internal(set) var manualRemovals = 0
    /// Stamps they took.
    public internal(set) var stampsRemoved: Int64 = 0
    /// Refunds, write-offs of visits and edits of an amount.
    public internal(set) var corrections = 0
    /// What refunds and write-offs gave back.
    public internal(set) var amountRefunded = MinorUnits.zero
    /// Stamps that corrections could not take back (R4): gone, and the reason to look.
    public internal(set) var stampsUncollected: Int64 = 0
    /// Rewards granted.
    public internal(set) var rewardsGranted: Int64 = 0
    /// Rewards, milestones, claims and coupons redeemed.
    public internal(set) var rewardsRedeemed: Int64 = 0
    /// Rewards taken without being redeemed.
    public internal(set) var rewardsRemoved: Int64 = 0
    /// Rewards and stamps that an offline device gave out although they were not there (D23).
    public internal(set) var conflicts: Int64 = 0
    /// Commands that were refused.
    public internal(set) var refusals = 0

    /// Nothing done.
    public init() {}

    /// Counts an event.
    mutating func count(_ event: CardEvent) {
        switch event {
        case .purchaseRecorded(_, let award), .visitRecorded(_, let award): count(award)
        case .stampsAdded(let stamps): addByHand(stamps)
        case .stampsCredited(let credit) where credit.cause == .manual: addByHand(credit.stamps)
        case .stampsRemoved(let stamps), .bonusRemoved(let stamps):
            manualRemovals += 1
            stampsRemoved += Int64(stamps.rawValue)
        case .amountRefunded(_, _, let correction), .visitsRemoved(_, let correction):
            corrections += 1
            amountRefunded += correction.amount
            collect(correction.clawback)
        case .amountEdited(let edit):
            corrections += 1
            collect(edit.clawback)
        case .loadReversed(let reversal): collect(reversal.clawback)
        case .spendingReversed(let reversal): collect(reversal.bonus)
        case .commandRefused: refusals += 1
        default: countRewards(event)
        }
    }

    private mutating func countRewards(_ event: CardEvent) {
        switch event {
        case .rewardsGranted(let rewards, _): rewardsGranted += Int64(rewards.rawValue)
        case .rewardsRedeemed(let rewards, _): rewardsRedeemed += Int64(rewards.rawValue)
        case .milestoneRedeemed, .claimUsed, .couponRedeemed: rewardsRedeemed += 1
        case .rewardsRemoved(let rewards, _, _), .grantReversed(_, let rewards, _):
            rewardsRemoved += Int64(rewards.rawValue)
        case .claimRemoved: rewardsRemoved += 1
        case .redemptionConflicted(let redeemed, let over, _):
            rewardsRedeemed += Int64(redeemed.rawValue)
            conflicts += Int64(over.rawValue)
        case .useConflicted: conflicts += 1
        case .stampsSpent(let spending): conflicts += Int64(spending.over.rawValue)
        default: break
        }
    }

    private mutating func count(_ award: Award) {
        transactions += 1
        stampsEarned += Int64(award.stamps.rawValue)
        stampsWithheld += Int64(award.withheld.rawValue)
    }

    private mutating func addByHand(_ stamps: Stamps) {
        manualAdditions += 1
        stampsAdded += Int64(stamps.rawValue)
    }

    private mutating func collect(_ clawback: Clawback) {
        stampsUncollected += Int64(clawback.uncollected.rawValue)
    }
}
