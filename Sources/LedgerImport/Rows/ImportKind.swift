/// What a row of an import does; the raw value is the word in the file.
package enum ImportKind: String, CaseIterable {
    case purchase
    case visit
    case refund
    case removeVisits = "remove-visits"
    case addStamps = "add-stamps"
    case removeStamps = "remove-stamps"
    case grantRewards = "grant-rewards"
    case redeemRewards = "redeem-rewards"
    case removeRewards = "remove-rewards"
    case setExpiry = "set-expiry"
    case issue
    case install
    case delete
    case reinstall
    case editAmount = "edit-amount"
    case adjust
    case adjustBonus = "adjust-bonus"
    case reverseGrant = "reverse-grant"
    case load
    case reverseLoad = "reverse-load"
    case spend
    case reverseSpending = "reverse-spending"
    case redeemMilestone = "redeem-milestone"
    case reverseRedemption = "reverse-redemption"
    case claimReward = "claim-reward"
    case useClaim = "use-claim"
    case removeClaim = "remove-claim"
    case redeemCoupon = "redeem-coupon"
    case setTier = "set-tier"
    case unpinTier = "unpin-tier"
    case setMembership = "set-membership"
    case renewMembership = "renew-membership"
    case cancelMembership = "cancel-membership"
    case refer
    case leaveProgram = "leave-program"
    case rejoinProgram = "rejoin-program"
    case merge
    case openCase = "open-case"
    case addEvidence = "add-evidence"
    case decideCase = "decide-case"
    case remedyCase = "remedy-case"
    case closeCase = "close-case"

    /// The words of all kinds.
    package static let list = allCases.map(\.rawValue).joined(separator: ", ")

    /// Whether a row of this kind must, may or cannot have an amount.
    var amount: Need {
        switch self {
        case .purchase, .refund, .grantRewards, .redeemRewards, .removeRewards, .editAmount, .load, .redeemMilestone,
            .claimReward, .useClaim, .redeemCoupon, .remedyCase:
            .required
        case .visit, .spend, .reverseLoad: .optional
        default: .none
        }
    }

    /// Whether a row of this kind must, may or cannot count something.
    var quantity: Need {
        switch self {
        case .removeVisits, .addStamps, .removeStamps, .grantRewards, .redeemRewards, .removeRewards, .adjust,
            .adjustBonus, .load, .spend:
            .required
        case .reverseLoad, .redeemMilestone: .optional
        default: .none
        }
    }

    /// Whether its quantity has a sign: it adds or takes (S35).
    var isSigned: Bool { self == .adjust || self == .adjustBonus }

    /// Whether a value must be there.
    enum Need {
        case required
        case optional
        case none
    }
}
