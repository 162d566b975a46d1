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

    /// The words of all kinds.
    package static let list = allCases.map(\.rawValue).joined(separator: ", ")

    /// Whether a row of this kind must, may or cannot have an amount.
    var amount: Need {
        switch self {
        case .purchase, .refund, .grantRewards, .redeemRewards, .removeRewards: .required
        case .visit: .optional
        case .removeVisits, .addStamps, .removeStamps, .setExpiry: .none
        }
    }

    /// Whether a row of this kind counts something.
    var needsQuantity: Bool {
        switch self {
        case .removeVisits, .addStamps, .removeStamps, .grantRewards, .redeemRewards, .removeRewards: true
        case .purchase, .visit, .refund, .setExpiry: false
        }
    }

    /// Whether a value must be there.
    enum Need {
        case required
        case optional
        case none
    }
}
