public import LoyaltyDomain

/// Amounts and counts in the words of one program: its currency, and what its cards count.
public struct UnitWords: Hashable, Sendable {
    private let currency: Currency
    private let type: CardType

    /// The words of a program.
    public init(_ program: Program) {
        currency = program.currency
        type = program.rules.type
    }

    /// An amount without its currency, such as `27.50`.
    public func decimal(_ amount: MinorUnits) -> String { amount.decimal(in: currency) }

    /// A number of what the card counts, such as `3 stamps` or `1 visit`; stored value as an amount.
    public func units(_ count: Stamps, in purse: PurseKind = .main) -> String {
        if purse == .bonus { return UnitWords.counted(count, "bonus point") }
        if type.countsMoney { return decimal(MinorUnits(Int64(count.rawValue))) }
        return UnitWords.counted(count, unit)
    }

    /// The word for one unit of the main purse: `stamp`, `point`, `visit`, `use`; `value` where it is money.
    public var unit: String { type.unit == "none" ? Stamp.singular : type.unit }

    /// A number of rewards.
    public func rewards(_ count: Rewards) -> String { UnitWords.counted(count, Reward.singular) }

    /// A change with its sign, such as `+2 stamps`.
    public func change(_ count: Stamps, in purse: PurseKind = .main) -> String {
        (count > 0 ? "+" : "") + units(count, in: purse)
    }

    /// What a rule gives for money, such as `1 stamp per 10.00`.
    func rate(_ rule: SpendRule) -> String { "\(units(rule.stamps)) per \(decimal(rule.unit))" }

    /// What a purchase of an amount earns by itself under rules, such as `2 stamps`; nil where it earns nothing.
    package func worth(of amount: MinorUnits, under rules: CardRules) -> String? {
        var share: BasisPoints?
        if case .percent(let rule) = rules.mechanic { share = rule.share }
        let arithmetic = EarningArithmetic(rules: rules, isPurchase: true, share: share, extra: nil, words: self)
        let change = EarningArithmetic.Change(from: .zero, to: amount, ofAll: .zero, wasVisit: false, isVisit: true)
        let count = arithmetic.worked(change).count
        return count > 0 ? units(Stamps(Int32(truncatingIfNeeded: count))) : nil
    }

    static func counted<Unit>(_ count: Count<Unit>, _ singular: String) -> String {
        "\(count) \(singular)\(count.rawValue.magnitude == 1 ? "" : "s")"
    }
}

extension BasisPoints {
    /// The share in percent, such as `3%` or `2.5%`.
    package var percentText: String {
        let (whole, rest) = (rawValue / 100, rawValue % 100)
        guard rest != 0 else { return "\(whole)%" }
        return rest % 10 == 0 ? "\(whole).\(rest / 10)%" : "\(whole).\(rest < 10 ? "0" : "")\(rest)%"
    }
}
