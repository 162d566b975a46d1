extension Refusal {
    /// The stable word for the reason, in exports and rejects files.
    public var code: String {
        switch self {
        case .cardExpired: "card-expired"
        case .cardDeleted: "card-deleted"
        case .alreadyIssued: "already-issued"
        case .currencyMismatch: "currency-mismatch"
        case .amountsDiffer: "amounts-differ"
        case .amountTooSmall: "amount-too-small"
        case .quantityTooSmall: "quantity-too-small"
        case .limitExceeded: "limit-exceeded"
        case .exceedsBalance: "exceeds-balance"
        case .exceedsAvailable: "exceeds-available"
        case .exceedsOpenAmount: "exceeds-open-amount"
        case .exceedsVisits: "exceeds-visits"
        case .belowRefunded: "below-refunded"
        case .transactionNotFound: "transaction-not-found"
        case .transactionAmbiguous: "transaction-ambiguous"
        case .spendCardsOnly: "spend-cards-only"
        case .occurredInFuture: "occurred-in-future"
        case .shortfall: "shortfall"
        case .alreadyReversed: "already-reversed"
        }
    }

    /// One sentence for a person, with the figures and what to do instead; amounts in that currency.
    public func message(in currency: Currency) -> String {
        switch self {
        case .cardExpired(let day): "the card was valid through \(day); set a later expiry day first"
        case .cardDeleted: "the card is deleted; only corrections are possible"
        case .alreadyIssued: "the card is already issued"
        case .currencyMismatch(let expected): "the program counts in \(expected)"
        case .amountsDiffer: "the two amounts given differ; they must be equal"
        case .amountTooSmall: "the amount is too small; a refund is at least 1 minor unit, nothing is negative"
        case .quantityTooSmall: "the quantity must be at least 1"
        case .limitExceeded: "the amount or count is larger than a ledger keeps"
        case .exceedsBalance(let balance): "the balance is \(balance) stamps; no more can be removed"
        case .exceedsAvailable(let available): "\(available) rewards are available"
        case .exceedsOpenAmount(let open): "only \(open.decimal(in: currency)) \(currency) is open to refund"
        case .exceedsVisits(let visits): "the card has \(visits) visits"
        case .belowRefunded(let refunded):
            "\(refunded.decimal(in: currency)) \(currency) of it was refunded; the amount cannot be less"
        case .transactionNotFound: "no transaction of this card has that command id or reference"
        case .transactionAmbiguous: "several transactions of this card have that reference; name one by its command id"
        case .spendCardsOnly:
            "amounts are refunded on spend cards only; use remove-visits, which takes a visit with its amount"
        case .occurredInFuture: "it occurred more than ten minutes after it was recorded; check the clock of the till"
        case .shortfall(let due, let balance): "\(due) stamps are due back and only \(balance) are there"
        case .alreadyReversed: "the grant was already taken back"
        }
    }
}
