extension CardForm {
    /// Stamps earned by spending, visits or hand, which turn into rewards (3.0).
    static let stamp = CardForm(
        name: "stamp",
        unit: "stamp",
        mechanics: [.spend, .visit, .manual],
        parts: [.unlock, .milestones, .life, .welcome, .referral, .happyHours],
        oneOf: [.unlock, .milestones],
        base: CardRules(.stamp, mechanic: .manual)
    )
}

extension CardRules {
    /// A stamp card whose stamps turn into rewards as soon as there are enough (R6); what is left out takes the default of
    /// the product documents.
    public static func stampCard(
        mechanic: Mechanic,
        stampsPerReward: Stamps,
        dailyStampCap: Stamps? = nil,
        uncollected: UncollectedPolicy = .forgive,
        redeemWhenExpired: ExpiredRedemption = .allowed
    ) -> CardRules {
        var rules = CardRules(.stamp, mechanic: mechanic)
        rules.rewards = .unlock(per: stampsPerReward)
        rules.guards.dailyCap = dailyStampCap
        rules.uncollected = uncollected
        rules.redeemWhenExpired = redeemWhenExpired
        return rules
    }

    /// A stamp card whose stamps stay while milestones are reached (D13).
    public static func stampCard(mechanic: Mechanic, milestones: [Stamps]) -> CardRules {
        var rules = CardRules(.stamp, mechanic: mechanic)
        rules.rewards = .milestones(milestones)
        return rules
    }

    /// Whether the rules are those of a stamp card with automatic unlocking and nothing that came later: what the first layout on
    /// disk can say.
    package var isPlainStampCard: Bool {
        guard let stampsPerReward else { return false }
        return self
            == .stampCard(
                mechanic: mechanic,
                stampsPerReward: stampsPerReward,
                dailyStampCap: dailyStampCap,
                uncollected: uncollected,
                redeemWhenExpired: redeemWhenExpired
            )
    }
}
