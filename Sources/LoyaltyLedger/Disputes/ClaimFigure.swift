internal import LoyaltyDomain

/// The figure of a card that a claim is about.
struct ClaimFigure {
    /// What the claim says it was; nil for a purchase, which is no figure.
    let claimed: Int64?
    private let subject: Claim.Subject
    private let rules: CardRules

    init(_ claim: Claim, under rules: CardRules) {
        subject = claim.subject
        self.rules = rules
        claimed =
            switch claim.subject {
            case .stamps(let count), .points(let count): Int64(count.rawValue)
            case .rewards(let count): Int64(count.rawValue)
            case .visits(let count): Int64(count.rawValue)
            case .spent(let amount), .balance(let amount): amount.rawValue
            case .purchase: nil
            }
    }

    /// Whether the figure is an amount of money.
    var isAmount: Bool {
        switch subject {
        case .spent, .balance: true
        case .purchase: keepsAmounts || rules.type.countsMoney
        default: rules.type.countsMoney
        }
    }

    /// The figure of a card; for a purchase that of the balance it moves.
    func value(of state: CardState) -> Int64 {
        switch subject {
        case .stamps: return Int64(state.balance.rawValue)
        case .points: return Int64((hasBonus ? state.bonus.balance : state.balance).rawValue)
        case .rewards: return Int64(state.rewardsAvailable.rawValue)
        case .visits: return Int64(isPrepaid ? state.balance.rawValue : state.visits.rawValue)
        case .spent: return state.transactionAmount.rawValue
        case .balance: return rules.value(of: Int64(state.balance.rawValue))?.rawValue ?? 0
        case .purchase:
            return keepsAmounts ? state.transactionAmount.rawValue : Int64(state.balance.rawValue)
        }
    }

    /// What it counts, in words.
    func text(_ value: Int64, _ words: UnitWords, _ currency: Currency) -> String {
        if isAmount { return MinorUnits(value).decimal(in: currency) }
        let count = Stamps(Int32(truncatingIfNeeded: value))
        switch subject {
        case .points where hasBonus: return words.units(count, in: .bonus)
        case .rewards: return words.rewards(Rewards(count.rawValue))
        case .visits where !isPrepaid: return "\(value) visit\(value == 1 ? "" : "s")"
        default: return words.units(count)
        }
    }

    private var hasBonus: Bool {
        if case .visits = rules.spending { true } else { false }
    }

    private var isPrepaid: Bool { hasBonus }

    /// Whether purchases move amounts and no balance.
    private var keepsAmounts: Bool { rules.mechanic == .amounts }
}
