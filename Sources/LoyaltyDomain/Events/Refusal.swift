/// A business "no": a durable fact and a value, never a failure of the ledger (D1).
///
/// It conforms to `Error` only so that the pure functions of this target can leave early with it; no public call throws one.
public enum Refusal: Error, Hashable, Sendable {
    /// The card was valid through that day; the command occurred after it (R14).
    case cardExpired(on: LocalDay)

    /// The card was deleted; only corrections are possible (D19).
    case cardDeleted

    /// The card exists already.
    case alreadyIssued

    /// The amount is in another currency than the program's.
    case currencyMismatch(expected: Currency)

    /// The two amounts given for one purchase differ (R9).
    case amountsDiffer

    /// An amount is below what the action allows: nothing may be negative, a refund is at least 1 (D3).
    case amountTooSmall

    /// A quantity is below 1.
    case quantityTooSmall

    /// An amount, a count or one of the card's sums would become larger than the ledger keeps.
    case limitExceeded

    /// More stamps than the balance (R5).
    case exceedsBalance(Stamps)

    /// More rewards than are available (R7).
    case exceedsAvailable(Rewards)

    /// More than the open amount of the purchase, or of all purchases (R3).
    case exceedsOpenAmount(MinorUnits)

    /// More visits than there are (D15).
    case exceedsVisits(Visits)

    /// A new gross amount below what was already refunded (D17).
    case belowRefunded(MinorUnits)

    /// No transaction, grant, load, spending or claim has that command id or reference.
    case transactionNotFound

    /// Several transactions have that reference (D3).
    case transactionAmbiguous

    /// The program's mechanic does not know this action; `removeVisits` does it instead (S30, R11).
    case spendCardsOnly

    /// It says to have occurred more than ten minutes after it was recorded (D9).
    case occurredInFuture

    /// Stamps due back are no longer there, and the program refuses such corrections (D16).
    case shortfall(due: Stamps, balance: Stamps)

    /// The grant, load, spending or redemption was taken back before (D14).
    case alreadyReversed

    /// The rules of the card's program have no part that does this.
    case notOnThisCard

    /// The card must be installed first (R12).
    case notInstalled

    /// Only a deleted card is installed again (R12).
    case notDeleted

    /// The customer left the program (S71).
    case outsideProgram

    /// The customer is in the program already.
    case insideProgram

    /// The card was merged into another; that one goes on (D24).
    case cardMerged

    /// No other card has the serial the command names.
    case unknownOtherCard

    /// The other card cannot take part: it is this one, of another program, deleted or merged.
    case otherCardUnfit

    /// The serial for the new card is taken.
    case otherCardExists

    /// The coupon turns into a card, and the command names no serial for it (D21).
    case newCardMissing

    /// The card that a coupon turned into has been used (D21).
    case convertedCardInUse

    /// A second referral of one card, or of a customer who is not new (D25).
    case notANewcomer

    /// More bonus points than there are.
    case exceedsBonus(Stamps)

    /// More stamps or a higher amount than is left of a load.
    case exceedsLoad(Stamps, MinorUnits)

    /// No milestone of that value has a reward to redeem (D13).
    case milestoneNotOpen

    /// The catalogue has no such reward.
    case unknownReward

    /// The reward was claimed as often as one card may (D26).
    case usageLimitReached(Rewards)

    /// The claim was used or removed before (D26).
    case claimNotOutstanding

    /// The program has no such tier.
    case unknownTier

    /// The uses of the period are used up, here or anywhere (3.6).
    case periodLimitReached(Int32)

    /// The membership was cancelled.
    case membershipCancelled

    /// A payment service holds the expiry: it is renewed and never set by hand (S69).
    case expiryHeldElsewhere

    /// The eligible part is larger than the amount (D27).
    case eligibleExceedsAmount

    /// The card has no open case of that number.
    case caseNotOpen

    /// The case must be decided first.
    case caseNotDecided

    /// The claim is about a day that is not over yet when it is made.
    case claimInFuture

    /// The claim's receipt or time of day cannot be one.
    case claimUnreadable
}
