/// Everything a card's events add up to, apart from its single transactions.
///
/// It is both what `decide` reads and what a profile shows. A value of fixed size: no heap objects, however long the card lives.
public struct CardState: Hashable, Sendable {
    /// The program the card was issued under.
    public internal(set) var program: ProgramNumber
    /// When it was issued (S5).
    public internal(set) var issuedAt: Timestamp
    /// Where it is in its life.
    public internal(set) var installation = Installation.notInstalled
    /// The last valid day, nil for no end.
    public internal(set) var expiresOn: LocalDay?
    /// Whether the end of `expiresOn` has been recorded as an event.
    public internal(set) var isExpiryRecorded = false
    /// The number of events so far.
    public internal(set) var version = CardVersion(0)
    /// The greatest instant from which any event but a refusal counts (D5).
    public internal(set) var greatestEffectiveAt = Timestamp.earliest

    /// Lifetime value: open purchase and visit amounts and unreversed grants (S8, I5).
    public internal(set) var lifetimeValue = MinorUnits.zero
    /// Open purchase and visit amounts (S19).
    public internal(set) var transactionAmount = MinorUnits.zero
    /// Visits not withdrawn (R10).
    public internal(set) var visits: Visits = 0
    /// Those of them that earned at least one stamp (S15).
    public internal(set) var stampedVisits: Visits = 0
    /// Purchases not withdrawn.
    public internal(set) var purchases: Visits = 0
    /// The local days of the last of them.
    public internal(set) var lastDays = LastDays(visit: nil, purchase: nil)

    /// Stamps there now (S16).
    public internal(set) var balance: Stamps = 0
    /// Stamps owed (D16).
    public internal(set) var debt: Stamps = 0
    /// Stamps ever earned, gross (S9, D2).
    public internal(set) var stampsEarned: Stamps = 0
    /// Stamps taken by corrections and by hand (D2).
    public internal(set) var stampsRemoved: Stamps = 0
    /// Stamps ever due back that were not there (R4).
    public internal(set) var stampsUncollected: Stamps = 0
    /// Stamps converted into rewards (R6).
    public internal(set) var stampsConverted: Stamps = 0
    /// Stamps that went to pay debt (D16).
    public internal(set) var debtPaid: Stamps = 0
    /// Stamps ever carried as debt.
    public internal(set) var debtCarried: Stamps = 0

    /// Rewards ever unlocked or granted, gross (S10, D2).
    public internal(set) var rewardsEarned: Rewards = 0
    /// Rewards redeemed (S11).
    public internal(set) var rewardsRedeemed: Rewards = 0
    /// Rewards taken as corrections.
    public internal(set) var rewardsCorrected: Rewards = 0
    /// Rewards that ran out.
    public internal(set) var rewardsExpired: Rewards = 0
    /// Rewards there to redeem (S18).
    public internal(set) var rewardsAvailable: Rewards = 0

    /// When the last stamp was earned (S12).
    public internal(set) var lastStampAt: Timestamp?
    /// When the last reward was earned (S13).
    public internal(set) var lastRewardAt: Timestamp?
    /// When the last reward was redeemed (S14).
    public internal(set) var lastRedeemedAt: Timestamp?

    /// Open purchase amounts under the newest rule version the card has bought under (D4).
    public internal(set) var remainder = RemainderBase(ruleVersion: RuleVersion(0), open: .zero)
    /// Stamps awarded on the newest local day that saw any, for the daily cap (D7).
    public internal(set) var capped = CappedDay(day: LocalDay(daysSince1970: .min), awarded: 0)
    /// Commands refused so far (D1).
    public internal(set) var refusals: Int32 = 0

    /// The state of a card that was just issued.
    public init(issuedAt: Timestamp, program: ProgramNumber) {
        self.program = program
        self.issuedAt = issuedAt
    }

    /// Stamps until the next reward, debt included (D2).
    public func stampsToNextReward(required: Stamps) -> Stamps { required - balance + debt }
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
}

/// The stamps that purchases and visits of one local day were awarded.
public struct CappedDay: Hashable, Sendable {
    /// The day.
    public var day: LocalDay
    /// The stamps.
    public var awarded: Stamps
}
