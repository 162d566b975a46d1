/// A fact that happened to a card: what was asked for, and what it did (D6).
///
/// Folds use the effects and never decide again. The first event of a command that is not a due fact carries its intent.
/// What is larger than a purchase lies behind a reference, so that the events that nearly all are stay small.
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
    indirect case amountRefunded(amount: MinorUnits, named: TransactionName?, Correction)

    /// Visits were written off (R11).
    case visitsRemoved(Visits, Correction)

    /// The amount of a past purchase was set anew (D17).
    indirect case amountEdited(AmountEdit)

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
    indirect case commandRefused(CardAction, Refusal)

    /// Stamps came by no purchase, or into the second purse, or with a last day of their own.
    case stampsCredited(Credit)

    /// Bonus points were taken by hand.
    case bonusRemoved(Stamps)

    /// Stamps were spent.
    case stampsSpent(Spending)

    /// A spending was undone.
    case spendingReversed(SpendingReversal)

    /// A load was taken back.
    indirect case loadReversed(LoadReversal)

    /// Stamps lapsed at the end of that day: a due fact (D9, D11). `next` is the day after which others may.
    case stampsLapsed(Stamps, through: LocalDay, next: LocalDay?)

    /// Stamps that had lapsed at the end of that day came back, since others turned out to have been earned before it (D11).
    case stampsRestored(Stamps, through: LocalDay)

    /// The balance reached a milestone, and its reward unlocked, under that rule version (D13).
    case milestoneReached(MilestoneNumber, value: Stamps, ruleVersion: RuleVersion)

    /// The reward of a milestone was redeemed (D13).
    case milestoneRedeemed(MilestoneRedemption)

    /// Stamps were spent on a reward of the catalogue (D26), at the cost it had under that rule version.
    case rewardClaimed(Label, cost: Stamps, purchase: MinorUnits, ruleVersion: RuleVersion)

    /// A claimed reward was handed out.
    case claimUsed(named: CommandID, purchase: MinorUnits)

    /// A claimed reward was taken back; `returned` of its stamps came back, nil where none were asked for.
    case claimRemoved(named: CommandID, returned: Stamps?)

    /// A coupon was used once.
    case couponRedeemed(purchase: MinorUnits, newCard: CardID?)

    /// A redemption was undone.
    case redemptionReversed(RedemptionReversal)

    /// A device redeemed what it could not know to be gone: `over` rewards were not there (D23).
    case redemptionConflicted(Rewards, over: Rewards, purchase: MinorUnits)

    /// A device used a coupon, or handed out a claimed reward or that of a milestone, which it could not know to be gone: one more
    /// reward was not there (D23).
    indirect case useConflicted(CardAction)

    /// Rewards came by no stamps.
    case rewardsCredited(Rewards, Credit.Cause)

    /// The card's tier or its pin changed (R19).
    case tierChanged(TierChange)

    /// A membership's tier and period were set (3.6).
    case membershipSet(MembershipTerms)

    /// A membership's period began on that day: a due fact (D9).
    case periodStarted(LocalDay)

    /// A membership was paid for through that day.
    case membershipRenewed(through: LocalDay)

    /// A membership was cancelled.
    case membershipCancelled

    /// A new card is valid through that day, by the term of its program.
    case termSet(LocalDay)

    /// The deleted card was installed again (R12).
    case cardReinstalled(Platform)

    /// The customer left the program (S71).
    case programLeft

    /// The customer rejoined the program.
    case programRejoined

    /// The card came by recommendation of another (D25).
    case cardReferred(by: CardID, CardNumber)

    /// The recommendation was rewarded; the stamps follow in events of their own.
    case referralPaid(ReferralPayment)

    /// The card got stamps for recommending another.
    case referralCredited(from: CardNumber, Stamps)

    /// Stamps of a recommendation were collected back from this card, of the pair with the other (D25).
    case referralCollected(CardNumber, Clawback)

    /// A reference earned, and earns no more: its hash (7.3).
    case referenceClaimed(UInt64)

    /// Everything moved to another card (D24).
    case cardMerged(into: CardID, CardNumber)

    /// Everything of another card came to this one: the other card as it was (D24).
    indirect case cardAbsorbed(CardNumber, CardState)

    /// The coupon turned into that card (D21).
    case cardConverted(into: CardNumber)

    /// The card came of that coupon (D21).
    case cardCreated(from: CardNumber)

    /// The card's coupon was taken back, and the card is closed; so many stamps are taken (D21).
    case conversionUndone(Stamps)

    /// A dispute about the card was opened: what the customer says (S60).
    case caseOpened(CaseNumber, Claim)

    /// Evidence was taken to a case: the event at a position of the log, or no more than the notes beside it.
    case evidenceAdded(CaseNumber, position: UInt64?)

    /// A case was decided.
    case caseDecided(CaseNumber, Verdict)

    /// A case was put right by the command that adjusted the card, at a cost to the shop.
    case caseRemedied(CaseNumber, CommandID, cost: MinorUnits)

    /// A case was closed.
    case caseClosed(CaseNumber)

    /// Something that only a later version knows, and that changes no figure (DESIGN.md section 9).
    case unknown(UnknownEvent)
}

extension CardEvent {
    /// Whether it is about a dispute: it moves no figure of the card, and holds no later taking back.
    package var isAboutCase: Bool {
        switch self {
        case .caseOpened, .evidenceAdded, .caseDecided, .caseRemedied, .caseClosed: true
        default: false
        }
    }
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
