extension CardForm {
    /// Prepaid visits, each of which earns bonus points (3.2).
    static let multipass = CardForm(
        name: "multipass",
        unit: "visit",
        mechanics: [.manual],
        parts: [.spending, .life, .welcome, .referral],
        oneOf: [.spending],
        base: .multipassCard()
    )
}

extension CardRules {
    /// A multipass: visits are loaded, and spent one after another.
    public static func multipassCard(bonusPerVisit: Stamps = 0) -> CardRules {
        var rules = CardRules(.multipass, mechanic: .manual)
        rules.spending = .visits(bonus: bonusPerVisit)
        rules.uncollected = .reject
        return rules
    }
}
