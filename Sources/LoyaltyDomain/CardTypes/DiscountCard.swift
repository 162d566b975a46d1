extension CardForm {
    /// A discount that grows with what was spent; it is given at once, so that there is nothing to redeem (3.4).
    static let discount = CardForm(
        name: "discount",
        unit: "point",
        mechanics: [.amounts],
        parts: [.tiers],
        oneOf: [.tiers],
        base: CardRules(.discount, mechanic: .amounts)
    )
}

extension CardRules {
    /// A discount card: the tier before a purchase says its discount, the purchase counts before its discount.
    public static func discountCard(tiers: TierTable) -> CardRules {
        var rules = CardRules(.discount, mechanic: .amounts)
        rules.tiers = tiers
        return rules
    }
}
