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
        case .notOnThisCard: "not-on-this-card"
        case .notInstalled: "not-installed"
        case .notDeleted: "not-deleted"
        case .outsideProgram: "outside-program"
        case .insideProgram: "inside-program"
        case .cardMerged: "card-merged"
        case .unknownOtherCard: "unknown-other-card"
        case .otherCardUnfit: "other-card-unfit"
        case .otherCardExists: "other-card-exists"
        case .newCardMissing: "new-card-missing"
        case .convertedCardInUse: "converted-card-in-use"
        case .notANewcomer: "not-a-newcomer"
        case .exceedsBonus: "exceeds-bonus"
        case .exceedsLoad: "exceeds-load"
        case .milestoneNotOpen: "milestone-not-open"
        case .unknownReward: "unknown-reward"
        case .usageLimitReached: "usage-limit-reached"
        case .claimNotOutstanding: "claim-not-outstanding"
        case .unknownTier: "unknown-tier"
        case .periodLimitReached: "period-limit-reached"
        case .membershipCancelled: "membership-cancelled"
        case .expiryHeldElsewhere: "expiry-held-elsewhere"
        case .eligibleExceedsAmount: "eligible-exceeds-amount"
        case .caseNotOpen: "case-not-open"
        case .caseNotDecided: "case-not-decided"
        case .claimInFuture: "claim-in-future"
        case .claimUnreadable: "claim-unreadable"
        }
    }

    /// One sentence for a person, with the figures and what to do instead, in the units and the currency of the card's program.
    public func message(under program: Program) -> String {
        let currency = program.currency
        return switch self {
        case .cardExpired(let day): "the card was valid through \(day); set a later expiry day first"
        case .cardDeleted: "the card is deleted; only corrections are possible"
        case .alreadyIssued: "the card is already issued"
        case .currencyMismatch(let expected): "the program counts in \(expected)"
        case .amountsDiffer: "the two amounts given differ; they must be equal"
        case .amountTooSmall: "the amount is too small; a refund is at least 1 minor unit, nothing is negative"
        case .quantityTooSmall: "the quantity must be at least 1"
        case .limitExceeded: "the amount or count is larger than a ledger keeps"
        case .exceedsBalance(let balance): "the balance is \(program.units(balance)); no more can be removed"
        case .exceedsAvailable(let available): "available: \(program.rewards(available)); no more can be taken"
        case .exceedsOpenAmount(let open): "only \(open.decimal(in: currency)) \(currency) is open to refund"
        case .exceedsVisits(let visits): "the card has \(counted(visits, Visit.singular))"
        case .belowRefunded(let refunded):
            "\(refunded.decimal(in: currency)) \(currency) of it was refunded; the amount cannot be less"
        case .transactionNotFound: "no transaction of this card has that command id or reference"
        case .transactionAmbiguous: "several transactions of this card have that reference; name one by its command id"
        case .spendCardsOnly:
            "amounts are refunded on spend cards only; use remove-visits, which takes a visit with its amount"
        case .occurredInFuture: "it occurred more than ten minutes after it was recorded; check the clock of the till"
        case .shortfall(let due, let balance):
            "due back: \(program.due(due)), and only \(program.due(balance)) there"
        case .alreadyReversed: "it was already taken back"
        case .notOnThisCard: "the rules of this card's program know no such operation"
        case .notInstalled: "the card must be installed before it can earn"
        case .notDeleted: "only a deleted card is installed again; use install"
        case .outsideProgram: "the customer left the program; let them rejoin first"
        case .insideProgram: "the customer is in the program"
        case .cardMerged: "the card was merged into another; use that one"
        case .unknownOtherCard: "no other card has that serial"
        case .otherCardUnfit: "the other card is this one, of another program, deleted or merged"
        case .otherCardExists: "a card of the new serial exists already"
        case .newCardMissing: "the coupon turns into a card; name a serial for it"
        case .convertedCardInUse: "the card it turned into has been used"
        case .notANewcomer: "the customer is not new, or was recommended before"
        case .exceedsBonus(let balance): "the bonus balance is \(counted(balance, "point")); no more can be taken"
        case .exceedsLoad(let stamps, let amount):
            "left of that load: \(program.units(stamps)), and \(amount.decimal(in: currency)) \(currency) of what was paid"
        case .milestoneNotOpen: "no reward of that milestone is there to redeem"
        case .unknownReward: "the catalogue has no reward of that name"
        case .usageLimitReached(let limit): "one card may have this reward \(limit) times"
        case .claimNotOutstanding: "the claimed reward was used or removed before"
        case .unknownTier: "the program has no such tier"
        case .periodLimitReached(let limit): "the \(limit) uses of this period are used up"
        case .membershipCancelled: "the membership was cancelled; renew it first"
        case .expiryHeldElsewhere: "the expiry is held by the payment service; renew the membership instead"
        case .eligibleExceedsAmount: "the part that earns is larger than the amount"
        case .caseNotOpen: "the card has no open case of that number"
        case .caseNotDecided: "the case was not decided yet"
        case .claimInFuture: "the claim is about a day that has not begun"
        case .claimUnreadable: "the receipt or the time of day of the claim cannot be one"
        }
    }
}

extension Program {
    /// A number of what the cards count: `3 stamps`, `1 point`; stored value as an amount with its currency.
    fileprivate func units(_ count: Stamps) -> String {
        guard rules.type.countsMoney else { return counted(count, rules.type.unit) }
        return "\(MinorUnits(Int64(count.rawValue)).decimal(in: currency)) \(currency)"
    }

    /// A number of what is due back; without a unit where it may be of either purse.
    fileprivate func due(_ count: Stamps) -> String {
        if case .visits(let bonus) = rules.spending, bonus > 0 { "\(count)" } else { units(count) }
    }

    /// A number of what the cards give out: `2 rewards`, `1 use` of a coupon.
    fileprivate func rewards(_ count: Rewards) -> String { counted(count, rules.hasUses ? "use" : Reward.singular) }
}

private func counted<Unit>(_ count: Count<Unit>, _ singular: String) -> String {
    "\(count) \(singular)\(count.rawValue == 1 ? "" : "s")"
}
