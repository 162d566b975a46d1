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

    /// Record a purchase of which only a part earns (D27): `eligible` is at most the amount.
    case purchaseEligible(Money, eligible: Money)

    /// Add or take stamps by hand: a signed quantity (S35); it is the same command as `addStamps` or `removeStamps`.
    case adjustStamps(Stamps)

    /// Add or take bonus points by hand: a signed quantity, refused beyond the bonus balance.
    case adjustBonus(Stamps)

    /// Load stamps that were paid for: visits of a multipass, value of a gift card. The amount counts in LTV; it is no visit (D20).
    case load(Stamps, purchase: Money)

    /// Take back a load, or stamps and an amount of it; nil takes all that is left of it.
    case reverseLoad(CommandID, Stamps?, amount: Money?)

    /// Spend stamps of a purse. The purchase amount is kept for the record and not counted (C8).
    case spend(Stamps, from: PurseKind, purchase: Money)

    /// Undo a spending: the very lots come back, its bonus points go (D12).
    case reverseSpending(CommandID)

    /// Redeem the reward of a milestone, nil for the lowest there is (D13).
    case redeemMilestone(Stamps?, purchase: Money)

    /// Undo a redemption of rewards, of a milestone or of a coupon (D21).
    case reverseRedemption(CommandID)

    /// Spend stamps on a reward of the catalogue; it waits to be used (D26).
    case claimReward(Label, purchase: Money)

    /// Hand out a claimed reward, named by the command that claimed it.
    case useClaim(CommandID, purchase: Money)

    /// Take back a claimed reward that was not used, with or without returning its stamps.
    case removeClaim(CommandID, returnsStamps: Bool)

    /// Use a coupon once. Where its program converts, `newCard` is the serial of the card it turns into (D21).
    case redeemCoupon(purchase: Money, newCard: CardID?)

    /// Put the card into a tier by hand (R19), pinned through a day or, with nil, until it is unpinned (D18).
    case setTier(TierNumber, until: LocalDay?, grantsEntry: Bool)

    /// Let the card's tier follow its spend again.
    case unpinTier

    /// Set the tier and the period of a membership; the period begins anew.
    case setMembership(TierNumber, MembershipPeriod)

    /// Extend a membership through a day, on the word of the service that was paid.
    case renewMembership(through: LocalDay)

    /// End a membership: no more uses until it is renewed.
    case cancelMembership

    /// Note that the card came by recommendation of another; only for customers who are new (D25).
    case refer(by: CardID)

    /// Install a deleted card again: the same card, with its history (R12).
    case reinstall(Platform)

    /// Take the customer out of the program: no earning and no redeeming (S71).
    case leaveProgram

    /// Take the customer into the program again.
    case rejoinProgram

    /// Move everything to another card of the same program and close this one (D24).
    case merge(into: CardID)

    /// Open a dispute about the card (S60).
    case openCase(Claim)

    /// Take evidence to an open case: the event at a position of the log, or the notes beside the command alone.
    case addEvidence(CaseNumber, position: UInt64?)

    /// Decide an open case; the newest decision counts.
    case decideCase(CaseNumber, Verdict)

    /// Note the command that put a decided case right, and what it cost the shop.
    case remedyCase(CaseNumber, adjustment: CommandID, cost: Money)

    /// Close a decided case.
    case closeCase(CaseNumber)
}

extension CardAction {
    /// The other card the action names, whose state its decision needs.
    public var counterpart: CardID? {
        switch self {
        case .refer(let card), .merge(let card): card
        case .redeemCoupon(_, let card): card
        default: nil
        }
    }
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
