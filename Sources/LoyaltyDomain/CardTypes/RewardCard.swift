extension CardForm {
    /// Points by spending, visits or hand, for a catalogue of rewards (3.7).
    static let reward = CardForm(
        name: "reward",
        unit: "point",
        mechanics: [.spend, .visit, .manual],
        parts: [.catalogue, .life, .tiers, .welcome, .referral, .happyHours],
        oneOf: [.catalogue],
        base: CardRules(.reward, mechanic: .manual)
    )
}

extension CardRules {
    /// A reward card: points are spent on the rewards of a catalogue (D26).
    public static func rewardCard(mechanic: Mechanic, catalogue: [RewardItem]) -> CardRules {
        var rules = CardRules(.reward, mechanic: mechanic)
        rules.rewards = .catalogue(catalogue)
        return rules
    }
}
