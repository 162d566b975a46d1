/// Everything a card's events add up to, apart from its single transactions.
///
/// It is both what `decide` reads and what a profile shows. Its size does not depend on how long the card lives: what every card
/// has lies flat and tight, and what few cards have in one shared object behind it (`CardParts`), which a plain stamp card never
/// makes. A ledger keeps one for each card, so its bytes are counted (DESIGN.md 7.2).
public struct CardState: Hashable, Sendable {
    /// When it was issued (S5).
    public package(set) var issuedAt: Timestamp
    /// The greatest instant from which any event but a refusal counts (D5).
    public package(set) var greatestEffectiveAt = Timestamp.earliest
    /// Lifetime value: open purchase and visit amounts and unreversed grants (S8, I5).
    public package(set) var lifetimeValue = MinorUnits.zero
    /// Open purchase and visit amounts (S19).
    public package(set) var transactionAmount = MinorUnits.zero
    private var openUnderRules = MinorUnits.zero
    private var stampInstant = TightTimestamp()
    private var rewardInstant = TightTimestamp()
    private var redemptionInstant = TightTimestamp()
    private var awardInstant = TightTimestamp()
    /// What few cards have; nil as long as all of it is at rest.
    private(set) var sharedParts: SharedCardParts?

    /// The number of events so far.
    public package(set) var version = CardVersion(0)
    /// Visits not withdrawn (R10).
    public package(set) var visits: Visits = 0
    /// Those of them that earned at least one stamp (S15).
    public package(set) var stampedVisits: Visits = 0
    /// Purchases not withdrawn.
    public package(set) var purchases: Visits = 0
    private var mainSums = CommonSums()
    /// Rewards ever unlocked or granted, gross (S10, D2).
    public package(set) var rewardsEarned: Rewards = 0
    /// Rewards redeemed (S11).
    public package(set) var rewardsRedeemed: Rewards = 0
    /// Rewards taken as corrections.
    public package(set) var rewardsCorrected: Rewards = 0
    /// Rewards that ran out.
    public package(set) var rewardsExpired: Rewards = 0
    /// Rewards there to redeem (S18).
    public package(set) var rewardsAvailable: Rewards = 0
    /// Commands refused so far (D1).
    public package(set) var refusals: Int32 = 0
    /// Stamps awarded on the newest local day that saw any, for the daily cap (D7).
    public package(set) var capped = CappedDay(day: LocalDay(daysSince1970: .min), awarded: 0)
    private var rulesOfOpen = RuleVersion(0)
    private var expiryDay = TightDay()
    private var visitDay = TightDay()
    private var purchaseDay = TightDay()
    private var stampDay = TightDay()

    /// The program the card was issued under.
    public package(set) var program: ProgramNumber
    /// Where it is in its life.
    public package(set) var installation = Installation.notInstalled
    /// Whether the end of `expiresOn` has been recorded as an event.
    public package(set) var isExpiryRecorded = false

    /// The state of a card that was just issued.
    public init(issuedAt: Timestamp, program: ProgramNumber) {
        self.program = program
        self.issuedAt = issuedAt
    }

    /// What few cards have; none of it is stored while all of it is at rest.
    package var parts: CardParts {
        get { sharedParts?.parts ?? CardParts() }
        set { sharedParts = newValue == CardParts() ? nil : SharedCardParts(newValue) }
    }

    /// Whether anything of `parts` is not at rest.
    package var hasParts: Bool { sharedParts != nil }
}

extension CardState {
    /// The last valid day, nil for no end.
    public package(set) var expiresOn: LocalDay? {
        get { expiryDay.day }
        set { expiryDay.day = newValue }
    }

    /// The local days of the last visit and purchase not withdrawn.
    public package(set) var lastDays: LastDays {
        get { LastDays(visit: visitDay.day, purchase: purchaseDay.day) }
        set {
            visitDay.day = newValue.visit
            purchaseDay.day = newValue.purchase
        }
    }

    /// The local day of the last stamp earned, from which a sliding life counts (D11).
    public package(set) var lastStampOn: LocalDay? {
        get { stampDay.day }
        set { stampDay.day = newValue }
    }

    /// When the last stamp was earned (S12).
    public package(set) var lastStampAt: Timestamp? {
        get { stampInstant.instant }
        set { stampInstant.instant = newValue }
    }

    /// When the last reward was earned (S13).
    public package(set) var lastRewardAt: Timestamp? {
        get { rewardInstant.instant }
        set { rewardInstant.instant = newValue }
    }

    /// When the last reward was redeemed (S14).
    public package(set) var lastRedeemedAt: Timestamp? {
        get { redemptionInstant.instant }
        set { redemptionInstant.instant = newValue }
    }

    /// When a purchase or visit last earned stamps, from which a cool-down counts.
    public package(set) var lastAwardAt: Timestamp? {
        get { awardInstant.instant }
        set { awardInstant.instant = newValue }
    }

    /// Open purchase amounts under the newest rule version the card has bought under (D4).
    public package(set) var remainder: RemainderBase {
        get { RemainderBase(ruleVersion: rulesOfOpen, open: openUnderRules) }
        set {
            rulesOfOpen = newValue.ruleVersion
            openUnderRules = newValue.open
        }
    }

    /// The stamps.
    public package(set) var purse: Purse {
        get { Purse(mainSums, sharedParts?.parts.rareSums ?? RareSums()) }
        set {
            mainSums = newValue.common
            let rare = newValue.rare
            if rare != sharedParts?.parts.rareSums ?? RareSums() { parts.rareSums = rare }
        }
    }
}

extension CardState {
    /// Stamps there now (S16).
    public var balance: Stamps { mainSums.balance }
    /// Stamps owed (D16).
    public var debt: Stamps { sharedParts?.parts.rareSums.debt ?? 0 }
    /// Stamps ever earned, gross (S9, D2).
    public var stampsEarned: Stamps { mainSums.earned }
    /// Stamps taken by corrections and by hand (D2).
    public var stampsRemoved: Stamps { mainSums.removed }
    /// Stamps ever due back that were not there (R4).
    public var stampsUncollected: Stamps { purse.uncollected }
    /// Stamps converted into rewards (R6).
    public var stampsConverted: Stamps { mainSums.converted }
    /// Stamps that went to pay debt (D16).
    public var debtPaid: Stamps { purse.debtPaid }
    /// Stamps ever carried as debt.
    public var debtCarried: Stamps { purse.debtCarried }

    /// Rewards there to redeem that have no name: neither of a milestone nor claimed from a catalogue.
    public var plainRewards: Rewards {
        hasParts ? rewardsAvailable - milestones.allWaiting - claims : rewardsAvailable
    }

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
