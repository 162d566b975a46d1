import LedgerImport
import LoyaltyLedger

extension CardAction {
    /// The word for what was asked: the kind of an import's row.
    var word: String { kind.rawValue }

    private var kind: ImportKind {
        switch self {
        case .issue: .issue
        case .install: .install
        case .delete: .delete
        case .purchase, .purchaseEligible: .purchase
        case .visit: .visit
        case .refund: .refund
        case .editAmount: .editAmount
        case .removeVisits: .removeVisits
        case .addStamps: .addStamps
        case .removeStamps: .removeStamps
        case .adjustStamps: .adjust
        case .adjustBonus: .adjustBonus
        case .grantRewards: .grantRewards
        case .reverseGrant: .reverseGrant
        case .redeemRewards: .redeemRewards
        case .removeRewards: .removeRewards
        case .setExpiry: .setExpiry
        default: partKind
        }
    }

    private var partKind: ImportKind {
        switch self {
        case .load: .load
        case .reverseLoad: .reverseLoad
        case .spend: .spend
        case .reverseSpending: .reverseSpending
        case .redeemMilestone: .redeemMilestone
        case .reverseRedemption: .reverseRedemption
        case .claimReward: .claimReward
        case .useClaim: .useClaim
        case .removeClaim: .removeClaim
        case .redeemCoupon: .redeemCoupon
        case .setTier: .setTier
        case .unpinTier: .unpinTier
        case .setMembership: .setMembership
        case .renewMembership: .renewMembership
        case .cancelMembership: .cancelMembership
        case .refer: .refer
        case .reinstall: .reinstall
        case .leaveProgram: .leaveProgram
        case .rejoinProgram: .rejoinProgram
        case .openCase: .openCase
        case .addEvidence: .addEvidence
        case .decideCase: .decideCase
        case .remedyCase: .remedyCase
        case .closeCase: .closeCase
        default: .merge
        }
    }

    /// The amount that was asked for, where there was one.
    var amount: MinorUnits? {
        switch self {
        case .purchase(let money, _), .refund(let money, _), .editAmount(_, let money), .grantRewards(_, let money),
            .redeemRewards(_, let money), .removeRewards(_, let money, _), .purchaseEligible(let money, _),
            .load(_, let money), .spend(_, _, let money), .redeemMilestone(_, let money), .claimReward(_, let money),
            .useClaim(_, let money), .redeemCoupon(let money, _), .remedyCase(_, _, let money):
            money.minorUnits
        case .visit(let money), .reverseLoad(_, _, let money): money?.minorUnits
        default: nil
        }
    }
}
