/// A fact that happened to a card: what was asked for, and what it did (D6).
///
/// Folds use the effects and never decide again. The first event of a command that is not a due fact carries its intent.
public enum CardEvent: Hashable, Sendable {
    /// The card was issued to a customer under a program (D8).
    case cardIssued(card: CardID, customer: CustomerID, program: ProgramNumber)

    /// The card was installed.
    case cardInstalled(Platform)

    /// The card was deleted.
    case cardDeleted

    /// A purchase was recorded, with the stamps it earned.
    case purchaseRecorded(amount: MinorUnits, award: Award)

    /// A visit was recorded, with its amount where there was one, and the stamps it earned.
    case visitRecorded(amount: MinorUnits?, award: Award)

    /// Stamps were added by hand.
    case stampsAdded(Stamps)

    /// Stamps were taken by hand.
    case stampsRemoved(Stamps)

    /// New stamps went to pay debt (D16).
    case debtPaid(Stamps)

    /// Stamps were converted into rewards (R6), under that rule version.
    case rewardsUnlocked(Rewards, converted: Stamps, ruleVersion: RuleVersion)

    /// An amount was given back (R3).
    case amountRefunded(amount: MinorUnits, named: TransactionName?, Correction)

    /// Visits were written off (R11).
    case visitsRemoved(Visits, Correction)

    /// The amount of a past purchase was set anew (D17).
    case amountEdited(AmountEdit)

    /// Rewards were granted, with an amount that counts in LTV (R8).
    case rewardsGranted(Rewards, purchase: MinorUnits)

    /// A grant was taken back whole (D14).
    case grantReversed(named: CommandID, Rewards, purchase: MinorUnits)

    /// Rewards were redeemed (R7).
    case rewardsRedeemed(Rewards, purchase: MinorUnits)

    /// Rewards were taken without being redeemed (R7).
    case rewardsRemoved(Rewards, purchase: MinorUnits, RewardRemovalReason)

    /// The last valid day was set; nil for none (R14).
    case expirySet(LocalDay?)

    /// The card ran out at the end of that day: a due fact, recorded before the command that found it (D9).
    case cardExpired(LocalDay)

    /// A command was refused: what it asked for, and why not (D1).
    case commandRefused(CardAction, Refusal)
}

/// An event, and the instant from which it counts (D5).
public struct EffectiveEvent: Hashable, Sendable {
    /// What happened.
    public var event: CardEvent

    /// From when it counts: when it occurred for additions, never before what it takes from for takings.
    public var effectiveAt: Timestamp

    /// Pairs an event with its instant.
    public init(_ event: CardEvent, effectiveAt: Timestamp) {
        self.event = event
        self.effectiveAt = effectiveAt
    }
}
