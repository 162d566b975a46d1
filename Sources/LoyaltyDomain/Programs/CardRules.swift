/// The rules of a program's cards: parts that every card type is composed of (DESIGN.md 7.1).
///
/// Make one by a preset such as `CardRules.stampCard` or `CardRules.giftCard`; `firstContradiction` tells whether its parts
/// may stand together. No decision asks for the type: each asks for the part it needs.
public struct CardRules: Hashable, Sendable {
    /// The card type, which says which parts may stand here (S84).
    public var type: CardType

    /// What earns stamps.
    public var mechanic: Mechanic

    /// What stamps turn into.
    public var rewards = RewardRule.none

    /// Whether stamps themselves are spent.
    public var spending = SpendingRule.none

    /// How long stamps last (R15).
    public var life = StampLife.unlimited

    /// The tiers, where there are any (R19).
    public var tiers: TierTable?

    /// What a card starts with; the uses of a coupon are rewards.
    public var welcome = Bonus.nothing

    /// What bringing a newcomer is worth, where it is worth anything (D25).
    public var referral: ReferralRule?

    /// When purchases and visits earn more (D4).
    public var happyHours: [HappyHour] = []

    /// What withholds stamps (D7); off by default.
    public var guards = Guards()

    /// What happens to stamps due back that the card no longer has (R4, D16).
    public var uncollected = UncollectedPolicy.forgive

    /// Whether an expired card may still redeem (R14).
    public var redeemWhenExpired = ExpiredRedemption.allowed

    /// Whether a card must be installed before it may earn (R12).
    public var requiresInstallation = false

    /// Through when a new card is valid.
    public var term = CardTerm.unlimited

    /// What a used coupon turns into (D21).
    public var conversion: Conversion?

    /// How a membership is counted and renewed.
    public var subscription: Subscription?

    /// What a card's holder may see of its history (C12).
    public var customerHistory = CustomerHistoryView.summary

    /// Creates rules of a type, with every other part at rest; presets are made of it.
    public init(_ type: CardType, mechanic: Mechanic) {
        self.type = type
        self.mechanic = mechanic
    }

    /// How many stamps make a reward, where they are converted as soon as they are there (R6); nil otherwise.
    public var stampsPerReward: Stamps? {
        if case .unlock(let required) = rewards { required } else { nil }
    }

    /// Whether the rewards a card begins with are its uses: nothing else on it earns rewards or is spent (3.3).
    public var hasUses: Bool { rewards == .none && spending == .none && welcome.rewards > 0 }

    /// At most this many stamps per card and local day from purchases and visits; nil for no cap (D7, D22).
    public var dailyStampCap: Stamps? { guards.dailyCap }

    /// The values at which rewards unlock and stamps stay (D13); empty where there are none.
    public var milestones: [Stamps] {
        if case .milestones(let values) = rewards { values } else { [] }
    }
}
