import LoyaltyDomain

extension CommandID {
    /// A command that a case names later.
    static func named(_ number: UInt64) -> CommandID { .opaque(high: 0, low: number) }
}

extension TierTable {
    /// Bronze from the beginning at 1 %, Silver from 500.00 at 3 %, Gold from 1000.00 at 5 %, each with its entry bonus.
    static func metals(entry: Bonus = .nothing, neverDrop: Bool = false) -> TierTable {
        TierTable(
            neverDrop: neverDrop,
            [
                Tier(known(Label("Bronze")), share: BasisPoints(100)),
                Tier(known(Label("Silver")), threshold: MinorUnits(50_000), share: BasisPoints(300), entry: entry),
                Tier(known(Label("Gold")), threshold: MinorUnits(100_000), share: BasisPoints(500), entry: entry),
            ]
        )
    }
}

extension CardRules {
    static let cashback = cashbackCard(
        PercentRule(share: BasisPoints(100), pointValue: MinorUnits(1)),
        tiers: .metals()
    )

    static let points = rewardCard(
        mechanic: .spend(SpendRule(stamps: 20, per: MinorUnits(100))),
        catalogue: [
            RewardItem(known(Label("mug")), cost: 500), RewardItem(known(Label("bag")), cost: 1500, usageLimit: 1),
        ]
    )

    static let club = membershipCard(
        Subscription(period: .month),
        tiers: TierTable(
            basis: .manual,
            [
                Tier(known(Label("Basic")), usesPerPeriod: 2),
                Tier(known(Label("Plus")), usesPerPeriod: 10, usesPerLocation: 1),
            ]
        )
    )

    /// The rules with a change.
    func with(_ change: (inout CardRules) -> Void) -> CardRules {
        var rules = self
        change(&rules)
        return rules
    }
}
