/// Stamps that came by no purchase.
public struct Credit: Hashable, Sendable {
    /// Where they came from.
    public enum Cause: UInt8, Hashable, Sendable, CaseIterable {
        /// A person added them.
        case manual = 1
        /// They were paid for: the credit's purchase amount counts in LTV.
        case load = 2
        /// The card began with them.
        case welcome = 3
        /// A recommendation (D25).
        case referral = 4
        /// A coupon turned into the card (D21).
        case conversion = 5
        /// A tier was entered (D18).
        case tier = 6
    }

    /// How many.
    public var stamps: Stamps
    /// Into which purse.
    public var purse: PurseKind
    /// Where from.
    public var cause: Cause
    /// What was paid for them.
    public var purchase: MinorUnits
    /// Their last day, where they have one of their own (D12).
    public var lapsesAfter: LocalDay?

    /// Creates a credit.
    public init(
        _ stamps: Stamps,
        to purse: PurseKind = .main,
        _ cause: Cause,
        purchase: MinorUnits = .zero,
        lapsesAfter: LocalDay? = nil
    ) {
        self.stamps = stamps
        self.purse = purse
        self.cause = cause
        self.purchase = purchase
        self.lapsesAfter = lapsesAfter
    }
}

/// What spending stamps did.
public struct Spending: Hashable, Sendable {
    /// The purse they left.
    public var purse: PurseKind
    /// How many left it.
    public var stamps: Stamps
    /// How many more were asked for by a device that could not ask; they were not there (D23).
    public var over: Stamps
    /// What was bought with them; kept for the record.
    public var purchase: MinorUnits
    /// Bonus points it earned.
    public var bonus: Stamps
    /// Whether it is a visit: prepaid visits are.
    public var isVisit: Bool

    /// Creates a spending.
    public init(
        _ stamps: Stamps,
        from purse: PurseKind,
        over: Stamps = 0,
        purchase: MinorUnits,
        bonus: Stamps = 0,
        isVisit: Bool = false
    ) {
        self.purse = purse
        self.stamps = stamps
        self.over = over
        self.purchase = purchase
        self.bonus = bonus
        self.isVisit = isVisit
    }
}

/// What undoing a spending did.
public struct SpendingReversal: Hashable, Sendable {
    /// The command that spent.
    public var named: CommandID
    /// The purse the stamps come back to.
    public var purse: PurseKind
    /// How many come back.
    public var stamps: Stamps
    /// What became of the bonus points it had earned.
    public var bonus: Clawback
    /// Whether a visit goes with it.
    public var withdrawsVisit: Bool
    /// Where the last visit and purchase lie afterwards; present where a visit went.
    public var remaining: LastDays?

    /// Creates a reversal.
    public init(
        of named: CommandID,
        _ stamps: Stamps,
        to purse: PurseKind,
        bonus: Clawback,
        withdrawsVisit: Bool,
        remaining: LastDays?
    ) {
        self.named = named
        self.purse = purse
        self.stamps = stamps
        self.bonus = bonus
        self.withdrawsVisit = withdrawsVisit
        self.remaining = remaining
    }
}

/// What taking back a load did.
public struct LoadReversal: Hashable, Sendable {
    /// The command that loaded.
    public var named: CommandID
    /// The stamps that were asked back; nil for all that was left of it.
    public var asked: Stamps?
    /// The amount that was asked back; nil for all that was left of it.
    public var askedAmount: MinorUnits?
    /// The amount that goes from LTV.
    public var purchase: MinorUnits
    /// How the stamps came back.
    public var clawback: Clawback

    /// Creates a reversal.
    public init(
        of named: CommandID,
        asked: Stamps?,
        askedAmount: MinorUnits?,
        purchase: MinorUnits,
        clawback: Clawback
    ) {
        self.named = named
        self.asked = asked
        self.askedAmount = askedAmount
        self.purchase = purchase
        self.clawback = clawback
    }
}

/// What undoing a redemption did.
public struct RedemptionReversal: Hashable, Sendable {
    /// The command that redeemed.
    public var named: CommandID
    /// Rewards that come back.
    public var rewards: Rewards
    /// The milestone whose reward comes back, where it was one.
    public var milestone: MilestoneNumber?
    /// Stamps that the restart of a cycle had converted, and that come back.
    public var stamps: Stamps

    /// Creates a reversal.
    public init(of named: CommandID, _ rewards: Rewards, milestone: MilestoneNumber? = nil, stamps: Stamps = 0) {
        self.named = named
        self.rewards = rewards
        self.milestone = milestone
        self.stamps = stamps
    }
}

/// A reward of a milestone that was redeemed (D13).
public struct MilestoneRedemption: Hashable, Sendable {
    /// Which milestone.
    public var number: MilestoneNumber
    /// Its value.
    public var value: Stamps
    /// Whether the caller named it, and did not take the lowest.
    public var isNamed: Bool
    /// What was bought; kept for the record.
    public var purchase: MinorUnits
    /// Stamps converted because it was the last one and a cycle begins; nil where it was not.
    public var restart: Stamps?

    /// Creates a redemption.
    public init(
        _ number: MilestoneNumber,
        value: Stamps,
        isNamed: Bool,
        purchase: MinorUnits,
        restart: Stamps?
    ) {
        self.number = number
        self.value = value
        self.isNamed = isNamed
        self.purchase = purchase
        self.restart = restart
    }
}

/// The place of a milestone among those of its program, from 0.
public struct MilestoneNumber: Hashable, Sendable {
    /// The place.
    public let rawValue: UInt8

    /// Creates a number.
    public init(_ rawValue: UInt8) { self.rawValue = rawValue }
}
