// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction; a wrong one should stop the test where it stands.
import LoyaltyLedger

/// The rules that the scenarios are told with.
extension CardRules {
    /// One stamp per 10.00, ten for a reward.
    static let coffee = tenStamps()

    static func tenStamps(_ uncollected: UncollectedPolicy = .forgive) -> CardRules {
        .stampCard(
            mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000))),
            stampsPerReward: 10,
            uncollected: uncollected
        )
    }

    /// One stamp per visit, three for a reward.
    static let haircuts = CardRules.stampCard(mechanic: .visit(stamps: 1), stampsPerReward: 3)

    /// One stamp per 10.00, rewards at 3, 6 and 9.
    static let threeSixNine = CardRules.stampCard(
        mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000))),
        milestones: [3, 6, 9]
    )

    /// 1 %, 3 % from 500.00, 5 % from 1,000.00; a point is worth a cent.
    static let cashback = cashback(neverDrop: false)

    static func cashback(neverDrop: Bool) -> CardRules {
        .cashbackCard(
            PercentRule(share: BasisPoints(0), pointValue: MinorUnits(1)),
            tiers: TierTable(
                neverDrop: neverDrop,
                [
                    Tier(label("Bronze"), share: BasisPoints(100)),
                    Tier(label("Silver"), threshold: MinorUnits(50_000), share: BasisPoints(300)),
                    Tier(label("Gold"), threshold: MinorUnits(100_000), share: BasisPoints(500)),
                ]
            )
        )
    }

    /// Prepaid visits, each with 20 bonus points.
    static let multipass = CardRules.multipassCard(bonusPerVisit: 20)

    /// 5 %, 10 % from 500.00, 15 % from 1,000.00.
    static let discount = CardRules.discountCard(
        tiers: TierTable([
            Tier(label("Bronze"), share: BasisPoints(500)),
            Tier(label("Silver"), threshold: MinorUnits(50_000), share: BasisPoints(1000)),
            Tier(label("Gold"), threshold: MinorUnits(100_000), share: BasisPoints(1500)),
        ])
    )

    /// Two uses a week, one at each place; or any number.
    static func gym(isExternal: Bool = false) -> CardRules {
        .membershipCard(
            Subscription(period: .week, isExternal: isExternal),
            tiers: TierTable(
                basis: .manual,
                [
                    Tier(label("Basic"), usesPerPeriod: 2, usesPerLocation: 1),
                    Tier(label("Unlimited")),
                ]
            )
        )
    }

    /// 20 points per 1.00, so that 10.00 are 200; a coffee for 500, a mug for 1,500 once.
    static let points = CardRules.rewardCard(
        mechanic: .spend(SpendRule(stamps: 20, per: MinorUnits(100))),
        catalogue: [RewardItem(label("coffee"), cost: 500), RewardItem(label("mug"), cost: 1500, usageLimit: 1)]
    )

    /// A change of some parts.
    func with(_ change: (inout CardRules) -> Void) -> CardRules {
        var rules = self
        change(&rules)
        return rules
    }

    static func label(_ text: String) -> Label { Label(text)! }
}
