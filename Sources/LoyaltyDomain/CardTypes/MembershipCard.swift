extension CardForm {
    /// Uses per period, by a tier that a person sets (3.6).
    static let membership = CardForm(
        name: "membership",
        unit: "visit",
        mechanics: [.manual],
        parts: [.tiers, .subscription],
        oneOf: [.subscription],
        base: CardRules(.membership, mechanic: .manual)
    )
}

extension CardRules {
    /// A membership: each visit is a use, limited by the card's tier, without stamps.
    public static func membershipCard(_ subscription: Subscription, tiers: TierTable) -> CardRules {
        var rules = CardRules(.membership, mechanic: .manual)
        rules.subscription = subscription
        rules.tiers = tiers
        return rules
    }
}
