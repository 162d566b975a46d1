extension CardForm {
    /// Something to be used once, or a few times, and perhaps turned into another card (3.3).
    static let coupon = CardForm(
        name: "coupon",
        unit: "use",
        mechanics: [.manual],
        parts: [.welcome, .conversion],
        oneOf: [.welcome],
        base: .couponCard()
    )
}

extension CardRules {
    /// A coupon: its uses are the rewards it begins with.
    public static func couponCard(uses: Rewards = 1, conversion: Conversion? = nil) -> CardRules {
        var rules = CardRules(.coupon, mechanic: .manual)
        rules.welcome = Bonus(rewards: uses)
        rules.conversion = conversion
        rules.redeemWhenExpired = .denied
        return rules
    }
}
