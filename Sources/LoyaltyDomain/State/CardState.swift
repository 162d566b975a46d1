/// Everything a card's events add up to, apart from its single transactions.
///
/// It is both what `decide` reads and what a profile shows. A value of fixed size: no heap objects, however long the card lives.
public struct CardState: Hashable, Sendable {
    /// The program the card was issued under.
    public package(set) var program: ProgramNumber
    /// When it was issued (S5).
    public package(set) var issuedAt: Timestamp
    /// Where it is in its life.
    public package(set) var installation = Installation.notInstalled
    /// The last valid day, nil for no end.
    public package(set) var expiresOn: LocalDay?
    /// Whether the end of `expiresOn` has been recorded as an event.
    public package(set) var isExpiryRecorded = false
    /// The number of events so far.
    public package(set) var version = CardVersion(0)
    /// The greatest instant from which any event but a refusal counts (D5).
    public package(set) var greatestEffectiveAt = Timestamp.earliest

    /// Lifetime value: open purchase and visit amounts and unreversed grants (S8, I5).
    public package(set) var lifetimeValue = MinorUnits.zero
    /// Open purchase and visit amounts (S19).
    public package(set) var transactionAmount = MinorUnits.zero
    /// Visits not withdrawn (R10).
    public package(set) var visits: Visits = 0
    /// Those of them that earned at least one stamp (S15).
    public package(set) var stampedVisits: Visits = 0
    /// Purchases not withdrawn.
    public package(set) var purchases: Visits = 0
    /// The local days of the last of them.
    public package(set) var lastDays = LastDays(visit: nil, purchase: nil)

    /// The stamps.
    public package(set) var purse = Purse()
    /// The bonus points (3.2).
    public package(set) var bonus = Purse()

    /// Rewards ever unlocked or granted, gross (S10, D2).
    public package(set) var rewardsEarned: Rewards = 0
    /// Rewards redeemed (S11).
    public package(set) var rewardsRedeemed: Rewards = 0
    /// Rewards taken as corrections.
    public package(set) var rewardsCorrected: Rewards = 0
    /// Rewards that ran out.
    public package(set) var rewardsExpired: Rewards = 0
    /// Redemptions undone.
    public package(set) var rewardsReversed: Rewards = 0
    /// Rewards a device redeemed that were not there (D23).
    public package(set) var rewardsOverRedeemed: Rewards = 0
    /// Rewards there to redeem (S18).
    public package(set) var rewardsAvailable: Rewards = 0
    /// Those of them that were claimed by name from a catalogue (D26).
    public package(set) var claims: Rewards = 0

    /// When the last stamp was earned (S12).
    public package(set) var lastStampAt: Timestamp?
    /// When the last reward was earned (S13).
    public package(set) var lastRewardAt: Timestamp?
    /// When the last reward was redeemed (S14).
    public package(set) var lastRedeemedAt: Timestamp?
    /// Which reward that was; `plain` as well where none was redeemed (S14).
    public package(set) var lastRedeemed = RedeemedReward.plain

    /// Open purchase amounts under the newest rule version the card has bought under (D4).
    public package(set) var remainder = RemainderBase(ruleVersion: RuleVersion(0), open: .zero)
    /// Stamps awarded on the newest local day that saw any, for the daily cap (D7).
    public package(set) var capped = CappedDay(day: LocalDay(daysSince1970: .min), awarded: 0)
    /// Commands refused so far (D1).
    public package(set) var refusals: Int32 = 0

    /// The local day of the last stamp earned, from which a sliding life counts (D11).
    public package(set) var lastStampOn: LocalDay?
    /// When a purchase or visit last earned stamps, from which a cool-down counts.
    public package(set) var lastAwardAt: Timestamp?
    /// When stamps lapse.
    public package(set) var lapse = LapseState()
    /// The milestones.
    public package(set) var milestones = MilestoneState()
    /// The tier.
    public package(set) var tier = TierState()
    /// The membership.
    public package(set) var membership = MembershipState()
    /// Recommendations.
    public package(set) var referral = ReferralState()
    /// Other cards.
    public package(set) var links = CardLinks()
    /// Whether the customer left the program (S71).
    public package(set) var hasLeftProgram = false

    /// The state of a card that was just issued.
    public init(issuedAt: Timestamp, program: ProgramNumber) {
        self.program = program
        self.issuedAt = issuedAt
    }

}

extension CardState {
    /// Stamps there now (S16).
    public var balance: Stamps { purse.balance }
    /// Stamps owed (D16).
    public var debt: Stamps { purse.debt }
    /// Stamps ever earned, gross (S9, D2).
    public var stampsEarned: Stamps { purse.earned }
    /// Stamps taken by corrections and by hand (D2).
    public var stampsRemoved: Stamps { purse.removed }
    /// Stamps ever due back that were not there (R4).
    public var stampsUncollected: Stamps { purse.uncollected }
    /// Stamps converted into rewards (R6).
    public var stampsConverted: Stamps { purse.converted }
    /// Stamps that went to pay debt (D16).
    public var debtPaid: Stamps { purse.debtPaid }
    /// Stamps ever carried as debt.
    public var debtCarried: Stamps { purse.debtCarried }

    /// Rewards there to redeem that have no name: neither of a milestone nor claimed from a catalogue.
    public var plainRewards: Rewards { rewardsAvailable - milestones.allWaiting - claims }

    /// Stamps until a reward that so many make, debt included (D2).
    public func stampsToNextReward(required: Stamps) -> Stamps { required - balance + debt }

    /// Stamps until the next reward, debt included (S22, D2): to a full card, the next milestone or the cheapest item; nil where
    /// stamps make no rewards, or all milestones are reached.
    public func stampsToNextReward(under rules: CardRules) -> Stamps? {
        switch rules.rewards {
        case .none: return nil
        case .unlock(let required): return stampsToNextReward(required: required)
        case .milestones(let values):
            let open = values.enumerated().first { !milestones.hasReached(MilestoneNumber(UInt8($0.offset))) }
            return open.map { $0.element - balance + debt }
        case .catalogue(let items): return items.map(\.cost).min().map { max($0 - balance, 0) + debt }
        }
    }
}

/// Where a card is in its life (S62).
public enum Installation: Hashable, Sendable {
    /// Issued, not on any telephone.
    case notInstalled
    /// On a telephone.
    case installed(Platform)
    /// Deleted; its history stays.
    case deleted
}

/// What all of a card's purchases under one rule version amount to now: C in D4.
public struct RemainderBase: Hashable, Sendable {
    /// The rule version; 0 before the first purchase.
    public var ruleVersion: RuleVersion
    /// The sum of open amounts under it.
    public var open: MinorUnits

    /// Creates a base.
    public init(ruleVersion: RuleVersion, open: MinorUnits) {
        self.ruleVersion = ruleVersion
        self.open = open
    }
}

/// The stamps that purchases and visits of one local day were awarded.
public struct CappedDay: Hashable, Sendable {
    /// The day.
    public var day: LocalDay
    /// The stamps.
    public var awarded: Stamps

    /// Creates a day.
    public init(day: LocalDay, awarded: Stamps) {
        self.day = day
        self.awarded = awarded
    }
}
