/// A card's move from one tier to another, or a change of its pin (R19).
public struct TierChange: Hashable, Sendable {
    /// What moved it.
    public enum Cause: UInt8, Hashable, Sendable, CaseIterable {
        /// Its net spend.
        case spend = 1
        /// A person set it.
        case manual = 2
        /// A person let it follow its spend again.
        case unpinned = 3
        /// Its pin ended: a due fact (D9).
        case pinEnded = 4
    }

    /// The tier before.
    public var from: TierNumber
    /// The tier from now on.
    public var to: TierNumber
    /// What moved it.
    public var cause: Cause
    /// How it is pinned from now on.
    public var pin: TierPin
    /// Whether the caller asked for the entry bonus (S52).
    public var grantsEntry: Bool
    /// Whether this is the first time the card enters the tier with its bonus, which then follows in events of its own (D18).
    public var isFirstEntry: Bool

    /// Creates a change.
    public init(
        from: TierNumber,
        to: TierNumber,
        cause: Cause,
        pin: TierPin,
        grantsEntry: Bool,
        isFirstEntry: Bool
    ) {
        self.from = from
        self.to = to
        self.cause = cause
        self.pin = pin
        self.grantsEntry = grantsEntry
        self.isFirstEntry = isFirstEntry
    }
}

/// How a tier set by hand holds against the card's spend, which may then only raise it (D18).
public enum TierPin: Hashable, Sendable {
    /// It does not.
    case none
    /// Through that day.
    case until(LocalDay)
    /// Until it is unpinned.
    case indefinite
}

/// A membership's tier and period, as set on a day.
public struct MembershipTerms: Hashable, Sendable {
    /// The tier.
    public var tier: TierNumber
    /// The period.
    public var period: MembershipPeriod
    /// The day from which periods count.
    public var anchor: LocalDay
    /// Whether a person set them, and the card did not begin with them.
    public var isByHand: Bool

    /// Creates terms.
    public init(tier: TierNumber, period: MembershipPeriod, anchor: LocalDay, isByHand: Bool) {
        self.tier = tier
        self.period = period
        self.anchor = anchor
        self.isByHand = isByHand
    }
}

/// What a recommendation gave to both (D25).
public struct ReferralPayment: Hashable, Sendable {
    /// The card that recommended.
    public var referrer: CardNumber
    /// Stamps for the newcomer's card, on which this lies.
    public var newcomerStamps: Stamps
    /// Stamps for the referrer's.
    public var referrerStamps: Stamps
    /// The rules that say so.
    public var ruleVersion: RuleVersion

    /// Creates a payment.
    public init(referrer: CardNumber, newcomer: Stamps, referrer stamps: Stamps, ruleVersion: RuleVersion) {
        self.referrer = referrer
        self.newcomerStamps = newcomer
        self.referrerStamps = stamps
        self.ruleVersion = ruleVersion
    }
}
