internal import LoyaltyDomain

/// Random rules of every card type, with every part now and then.
extension SeededRandom {
    mutating func rules(of type: CardType, isCoupled: Bool) -> CardRules {
        var rules: CardRules
        switch type {
        case .stamp:
            rules =
                once(in: 3)
                ? .stampCard(mechanic: earning(), milestones: pick([3], [2, 5], [3, 6, 9]))
                : .stampCard(mechanic: earning(), stampsPerReward: pick(1, 3, 5, 10))
        case .cashback:
            let rule = PercentRule(
                share: pick(BasisPoints(0), BasisPoints(250)),
                pointValue: pick(MinorUnits(1), MinorUnits(100))
            )
            rules = .cashbackCard(rule, tiers: once(in: 4) ? nil : tiers(.spend))
        case .multipass: rules = .multipassCard(bonusPerVisit: pick(0, 7, 20))
        case .coupon:
            let program = ProgramID("p0")
            let conversion = isCoupled && once(in: 2) ? program.map { Conversion(to: $0, stamps: pick(0, 1, 3)) } : nil
            rules = .couponCard(uses: pick(1, 1, 3), conversion: conversion)
        case .discount: rules = .discountCard(tiers: tiers(.spend))
        case .gift: rules = .giftCard()
        case .reward: rules = .rewardCard(mechanic: earning(), catalogue: catalogue())
        default:
            let period = pick(MembershipPeriod.day, .week, .month, .quarter, .year)
            let membership = CardRules.membershipCard(
                Subscription(period: period, isExternal: once(in: 3)),
                tiers: tiers(.manual)
            )
            rules = type == .membership ? membership : type.base
        }
        addParts(to: &rules, isCoupled: isCoupled)
        return rules
    }

    private mutating func earning() -> Mechanic {
        let remainder = pick(RemainderPolicy.perTransaction, .cumulative)
        let spend = Mechanic.spend(
            SpendRule(stamps: count(1...3), per: MinorUnits(pick(1, 100, 700, 1000)), remainder: remainder)
        )
        return pick(spend, spend, spend, .visit(stamps: count(1...3)), .manual)
    }

    private mutating func tiers(_ basis: TierTable.Basis) -> TierTable {
        let names = ["Bronze", "Silver", "Gold"].compactMap { Label($0) }
        let tiers = names.enumerated().map { place, name in
            Tier(
                name,
                threshold: MinorUnits(Int64(place) * pick(5000, 9000)),
                share: BasisPoints(Int32(place) * 200 + 100),
                entry: once(in: 3) ? Bonus(stamps: pick(0, 2), rewards: pick(0, 1)) : .nothing,
                usesPerPeriod: basis == .manual && once(in: 2) ? pick(1, 3) : nil,
                usesPerLocation: basis == .manual && once(in: 3) ? pick(1, 2) : nil
            )
        }
        let count = Int.random(in: 1...3, using: &self)
        let sorted = tiers.prefix(count).sorted { $0.threshold < $1.threshold }
        return TierTable(basis: basis, neverDrop: once(in: 4), sorted)
    }

    private mutating func catalogue() -> [RewardItem] {
        ["coffee", "mug", "cake"].compactMap { Label($0) }.map {
            RewardItem($0, cost: count(1...12), usageLimit: once(in: 3) ? count(1...2) : nil)
        }
    }

    private mutating func addParts(to rules: inout CardRules, isCoupled: Bool) {
        rules.uncollected = pick(.forgive, .carryAsDebt, .carryAsDebt, .reject, rules.uncollected)
        rules.redeemWhenExpired = pick(.allowed, .denied, .graceDays(3))
        rules.requiresInstallation = once(in: 8)
        rules.customerHistory = pick(.summary, .summary, .nothing, .entries)
        if once(in: 4) { rules.term = pick(.days(20), .days(60), .until(.scenario(40))) }
        if once(in: 4) { rules.guards.dailyCap = count(1...6) }
        if once(in: 5) { rules.guards.coolDown = pick(600, 7200, 100_000) }
        if isCoupled && once(in: 4) { rules.guards.dailyStaffCap = count(2...9) }
        if isCoupled && once(in: 4) { rules.guards.singleUseReferences = true }
        let mayLast: Set<CardType> = [.stamp, .cashback, .multipass, .gift, .reward]
        if mayLast.contains(rules.type), once(in: 2) {
            rules.life = pick(
                .sliding(days: 10),
                .sliding(days: 3),
                .lots(days: 8),
                .lots(days: 20),
                .until(.scenario(30))
            )
        }
        if mayLast.contains(rules.type), once(in: 4) {
            rules.welcome = Bonus(stamps: pick(0, 2, 5), rewards: pick(0, 1))
        }
        if rules.type == .reward, once(in: 3) { rules.tiers = tiers(.spend) }
        if isCoupled, [.stamp, .cashback, .multipass, .reward].contains(rules.type), once(in: 2) {
            rules.referral = ReferralRule(
                moment: pick(.installation, .firstVisit),
                referrer: pick(0, 3),
                newcomer: pick(1, 2)
            )
        }
        guard [.stamp, .reward].contains(rules.type), rules.mechanic != .manual, once(in: 3) else { return }
        rules.happyHours = [
            HappyHour(
                weekdays: pick(1, 127, 96),
                from: 600,
                to: 900,
                extra: Extra(percent: pick(50, 100), stamps: pick(0, 1))
            )
        ]
    }
}
