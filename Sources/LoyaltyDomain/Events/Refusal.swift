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

    /// No transaction has that command id or reference.
    case transactionNotFound

    /// Several transactions have that reference (D3).
    case transactionAmbiguous

    /// The program's mechanic does not know this action; `removeVisits` does it instead (S30, R11).
    case spendCardsOnly

    /// It says to have occurred more than ten minutes after it was recorded (D9).
    case occurredInFuture

    /// Stamps due back are no longer there, and the program refuses such corrections (D16).
    case shortfall(due: Stamps, balance: Stamps)

    /// The grant was taken back before (D14).
    case alreadyReversed
}
