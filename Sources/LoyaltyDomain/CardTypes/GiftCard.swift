extension CardForm {
    /// Stored value, loaded and spent in minor units (3.5).
    static let gift = CardForm(
        name: "gift",
        unit: "value",
        countsMoney: true,
        mechanics: [.manual],
        parts: [.spending, .life, .welcome],
        oneOf: [.spending],
        base: .giftCard()
    )
}

extension CardRules {
    /// A gift card: what is loaded counts in LTV, what is spent does not; a load that was spent cannot be taken back.
    public static func giftCard() -> CardRules {
        var rules = CardRules(.gift, mechanic: .manual)
        rules.spending = .purse
        rules.uncollected = .reject
        return rules
    }
}
