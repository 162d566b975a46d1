// swift-format-ignore-file: NeverForceUnwrap

// Literals here are valid by construction; a wrong one should stop the test where it stands.
import LoyaltyLedger

/// Programs of all eight card types, which between them use every field of the rules' layout 2.
extension GoldenHistory {
    static let bakery = program(
        "bakery",
        CardRules.stampCard(
            mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000))),
            stampsPerReward: 10,
            uncollected: .carryAsDebt
        ).with { rules in
            rules.referral = ReferralRule(moment: .firstVisit, referrer: 3, newcomer: 2)
            // Thursdays around noon.
            rules.happyHours = [
                HappyHour(weekdays: 8, from: 11 * 60, to: 14 * 60, extra: Extra(percent: 50, stamps: 1))
            ]
            rules.guards = Guards(coolDown: 300, dailyCap: 40, dailyStaffCap: 30, singleUseReferences: true)
            rules.term = .days(400)
        }
    )

    static let otherPrograms = [dots, cash, pass, offer, leaflet, saving, gift, club, shop]

    private static let dots = program(
        "dots",
        CardRules(.stamp, mechanic: .visit(stamps: 1)).with { rules in
            rules.rewards = .milestones([2, 4])
            rules.life = .sliding(days: 20)
            rules.happyHours = [HappyHour(weekdays: 127, from: 0, to: 1440, extra: Extra(stamps: 1))]
        }
    )

    private static let cash = program(
        "cash",
        CardRules.cashbackCard(
            PercentRule(share: BasisPoints(300), pointValue: MinorUnits(1)),
            tiers: TierTable([
                Tier(
                    Label("Silver")!,
                    threshold: MinorUnits(10_000),
                    share: BasisPoints(500),
                    entry: Bonus(stamps: 50)
                ),
                Tier(Label("Gold")!, threshold: MinorUnits(50_000), share: BasisPoints(800), entry: Bonus(rewards: 1)),
            ])
        ).with { $0.redeemWhenExpired = .graceDays(7) }
    )

    private static let pass = program(
        "pass",
        CardRules.multipassCard(bonusPerVisit: 5).with { rules in
            rules.life = .lots(days: 40)
            rules.referral = ReferralRule(moment: .installation, referrer: 1, newcomer: 0)
        }
    )

    private static let offer = program(
        "offer",
        CardRules.couponCard(uses: 3, conversion: Conversion(to: ProgramID("bakery")!, stamps: 2))
    )

    private static let leaflet = program(
        "leaflet",
        CardRules.couponCard().with { $0.term = .until(LocalDay(daysSince1970: 20_500)) }
    )

    private static let saving = program(
        "saving",
        CardRules.discountCard(
            tiers: TierTable(
                neverDrop: true,
                [
                    Tier(Label("Five")!, share: BasisPoints(500)),
                    Tier(Label("Ten")!, threshold: MinorUnits(20_000), share: BasisPoints(1000)),
                ]
            )
        )
    )

    private static let gift = program(
        "gift",
        CardRules.giftCard().with { $0.life = .until(LocalDay(daysSince1970: 21_000)) }
    )

    private static let club = program(
        "club",
        CardRules.membershipCard(
            Subscription(period: .week),
            tiers: TierTable(
                basis: .manual,
                [
                    Tier(Label("Basic")!, usesPerPeriod: 2),
                    Tier(Label("Plus")!, usesPerPeriod: 9, usesPerLocation: 1),
                ]
            )
        )
    )

    private static let shop = program(
        "shop",
        CardRules.rewardCard(
            mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(100), remainder: .cumulative)),
            catalogue: [
                RewardItem(Label("mug")!, cost: 5, usageLimit: 1), RewardItem(Label("bag")!, cost: 20),
            ]
        ).with { rules in
            rules.welcome = Bonus(stamps: 60)
            rules.requiresInstallation = true
        }
    )
}

extension CardRules {
    fileprivate func with(_ change: (inout CardRules) -> Void) -> CardRules {
        var rules = self
        change(&rules)
        return rules
    }
}
