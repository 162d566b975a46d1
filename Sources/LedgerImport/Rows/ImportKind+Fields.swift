extension ImportKind {
    /// What a row of this kind does, in a few words.
    package var summary: String {
        switch self {
        case .purchase: "record a purchase; stamps are worked out by the rules"
        case .visit: "record a visit, a check-in of a membership"
        case .refund: "give back an amount, of one purchase or of the newest first"
        case .removeVisits: "write off the newest visits"
        case .addStamps: "add stamps or points by hand"
        case .removeStamps: "take stamps or points by hand"
        case .grantRewards: "give rewards"
        case .redeemRewards: "redeem rewards"
        case .removeRewards: "take rewards without redeeming them"
        case .setExpiry: "set the last valid day"
        case .issue: "issue a card"
        case .install: "note that the card was installed"
        case .delete: "delete the card; its history stays"
        case .reinstall: "install a deleted card again"
        case .editAmount: "set the amount of a past purchase"
        case .adjust: "add or take stamps by a signed quantity"
        case .adjustBonus: "add or take bonus points by a signed quantity"
        case .reverseGrant: "take back a whole grant of rewards"
        case .load: "load prepaid visits or stored value"
        case .reverseLoad: "take back a load, or a part of it"
        case .spend: "spend visits, points or stored value"
        case .reverseSpending: "undo a spending"
        case .redeemMilestone: "redeem the reward of a milestone"
        case .reverseRedemption: "undo a redemption"
        case .claimReward: "spend points on a reward of the catalogue"
        case .useClaim: "hand out a claimed reward"
        case .removeClaim: "take back a claimed reward"
        case .redeemCoupon: "use a coupon"
        case .setTier: "put the card into a tier by hand"
        case .unpinTier: "let the tier follow the spend again"
        case .setMembership: "set tier and period of a membership"
        case .renewMembership: "extend a membership through a day"
        case .cancelMembership: "end a membership"
        case .refer: "note that the card came by recommendation"
        case .leaveProgram: "take the customer out of the program"
        case .rejoinProgram: "take the customer in again"
        case .merge: "move everything to another card and close this one"
        case .openCase: "open a dispute about the card"
        case .addEvidence: "take evidence to an open case"
        case .decideCase: "decide an open case"
        case .remedyCase: "note what put a case right, and what it cost"
        case .closeCase: "close a decided case"
        }
    }

    /// The fields that a row of this kind reads besides card, time, program and what is written beside it.
    package var fields: [ImportField] {
        let amounts: [ImportField] = amount == .none ? [] : [.amount, .amountMinor]
        let quantities: [ImportField] = quantity == .none ? [] : [.quantity]
        return amounts + quantities + ownFields
    }

    private var ownFields: [ImportField] {
        switch self {
        case .purchase: [.statedAmount, .eligibleAmount]
        case .refund, .editAmount: [.refunds, .command]
        case .removeRewards: [.reason]
        case .setExpiry, .renewMembership: [.expiresOn]
        case .install, .reinstall: [.platform]
        case .reverseGrant, .reverseLoad, .reverseSpending, .reverseRedemption, .useClaim: [.command]
        case .removeClaim: [.command, .returnsStamps]
        case .spend: [.purse]
        case .claimReward: [.item]
        case .redeemCoupon, .refer, .merge: [.otherCard]
        case .setTier: [.tier, .expiresOn, .grantsEntry]
        case .setMembership: [.tier, .period]
        case .openCase: [.claim]
        case .addEvidence: [.caseNumber, .position]
        case .decideCase: [.caseNumber, .verdict]
        case .remedyCase: [.caseNumber, .command]
        case .closeCase: [.caseNumber]
        default: []
        }
    }

    /// The fields that rows of every kind may have.
    package static let commonFields: [ImportField] = [
        .commandID, .occurredAt, .card, .customer, .program, .kind, .reference, .staff, .device, .location, .comment,
        .internalNote, .sequence,
    ]
}
