/// What a command asks for, on one card.
///
/// Each may be refused; see `Refusal`.
public enum CardAction: Hashable, Sendable {
    /// Issue the card to a customer under a program.
    case issue(customer: CustomerID, program: ProgramID)

    /// Note that the card was installed on a telephone (S6).
    case install(Platform)

    /// Delete the card; its history stays (R12).
    case delete

    /// Record a purchase. `stated` is a second reading of the amount that must equal it where given (R9).
    case purchase(Money, stated: Money? = nil)

    /// Record a visit, with the amount spent where there is one (D15).
    case visit(Money? = nil)

    /// Give back an amount: of the purchase named, else of the newest purchases first (R3, D3).
    case refund(Money, of: TransactionName? = nil)

    /// Set the gross amount of a past purchase (R17, D17).
    case editAmount(of: TransactionName, to: Money)

    /// Write off the newest visits, with their amounts and stamps (R11, D15).
    case removeVisits(Visits)

    /// Add stamps by hand: no purchase, no visit (C1).
    case addStamps(Stamps)

    /// Take stamps by hand; refused beyond the balance (R5).
    case removeStamps(Stamps)

    /// Give rewards, with a purchase amount that counts in LTV and earns no stamps (R8).
    case grantRewards(Rewards, purchase: Money)

    /// Take back a whole grant, rewards and amount together (D14).
    case reverseGrant(CommandID)

    /// Redeem rewards (R7). The purchase amount is kept for the record and not counted (C8).
    case redeemRewards(Rewards, purchase: Money)

    /// Take rewards without redeeming them (R7).
    case removeRewards(Rewards, purchase: Money, RewardRemovalReason)

    /// Set the last day on which the card is valid, nil for no end (R14).
    case setExpiry(LocalDay?)
}

/// Why rewards were taken without being redeemed.
public enum RewardRemovalReason: UInt8, Hashable, Sendable, CaseIterable {
    /// They should not have been there.
    case correction = 1
    /// They ran out.
    case expired = 2
}

/// What a card is installed on (C24).
public enum Platform: UInt8, Hashable, Sendable, CaseIterable {
    /// Apple's telephones.
    case iOS = 1
    /// Google's.
    case android = 2
    /// A page kept on the home screen.
    case webApp = 3
}

/// How a caller names an earlier purchase: by the id of its command, else by its reference (D3).
public struct TransactionName: Hashable, Sendable {
    /// The id of the command that recorded it, tried first.
    public var commandID: CommandID?

    /// Its reference, such as a till receipt's number; tried where no command id matches.
    public var reference: String?

    /// Names a purchase by either or both.
    public init(commandID: CommandID? = nil, reference: String? = nil) {
        self.commandID = commandID
        self.reference = reference
    }
}
