extension CardForm {
    /// Points for a share of the money spent, which are spent like money (3.1).
    static let cashback = CardForm(
        name: "cashback",
        unit: "point",
        mechanics: [.percent],
        parts: [.spending, .life, .tiers, .welcome, .referral],
        oneOf: [.spending],
        base: .cashbackCard(PercentRule(share: BasisPoints(0), pointValue: MinorUnits(1)))
    )
}

extension CardRules {
    /// A cashback card: a share of each purchase comes back as points, by the card's tier before the purchase (D20).
    public static func cashbackCard(_ rule: PercentRule, tiers: TierTable? = nil) -> CardRules {
        var rules = CardRules(.cashback, mechanic: .percent(rule))
        rules.spending = .purse
        rules.tiers = tiers
        return rules
    }
}
