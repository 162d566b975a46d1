extension CardAction {
    /// What kind of thing is asked for; a card's life permits kinds, not single actions (R14, D19).
    enum Kind {
        /// It may add stamps or rewards.
        case earning
        /// It gives out what was earned.
        case redeeming
        /// It puts right what was recorded; allowed on deleted and on expired cards.
        case correcting
        /// It changes the card's life or terms.
        case managing
        /// It is about a dispute and moves no figure; allowed on every card that was not merged into another.
        case disputing
    }

    /// The kind of the action.
    var kind: Kind {
        switch self {
        case .purchase, .purchaseEligible, .visit, .addStamps, .grantRewards, .load, .refer: .earning
        case .adjustStamps(let count), .adjustBonus(let count): count > 0 ? .earning : .correcting
        case .redeemRewards, .redeemMilestone, .spend, .claimReward, .useClaim, .redeemCoupon: .redeeming
        case .refund, .editAmount, .removeVisits, .removeStamps, .removeRewards, .reverseGrant, .reverseLoad,
            .reverseSpending, .reverseRedemption, .removeClaim, .issue:
            .correcting
        case .install, .delete, .setExpiry, .setTier, .unpinTier, .setMembership, .renewMembership, .cancelMembership,
            .reinstall, .leaveProgram, .rejoinProgram, .merge:
            .managing
        case .openCase, .addEvidence, .decideCase, .remedyCase, .closeCase: .disputing
        }
    }

    /// Whether it is a purchase or a visit.
    package var isTransaction: Bool {
        switch self {
        case .purchase, .purchaseEligible, .visit: true
        default: false
        }
    }

    /// Whether it may add stamps.
    var earns: Bool { kind == .earning }

    /// Whether its decision reads the card's single transactions.
    var readsHistory: Bool {
        switch self {
        case .refund, .editAmount, .removeVisits, .reverseGrant, .reverseLoad, .reverseSpending, .reverseRedemption,
            .claimReward, .useClaim, .removeClaim, .openCase, .addEvidence, .decideCase, .remedyCase, .closeCase:
            true
        default: false
        }
    }

    /// The card's own command that the action names, where it names one.
    public var namedCommand: CommandID? {
        switch self {
        case .reverseGrant(let id), .reverseLoad(let id, _, _), .reverseSpending(let id), .reverseRedemption(let id),
            .useClaim(let id, _), .removeClaim(let id, _), .remedyCase(_, let id, _):
            id
        default: nil
        }
    }
}
