import LoyaltyDomain

extension CardRules {
    /// Rules of any card type, with any of the parts it may have.
    static func randomOfAnyType(using random: inout SplitMix64) -> CardRules {
        let type = CardType.allCases[Int.random(in: 0..<CardType.allCases.count, using: &random)]
        var rules = ofType(type, using: &random)
        if random.once(in: 3) { rules.welcome.stamps = type.choosesMechanic ? 3 : 0 }
        if random.once(in: 3) { rules.term = .days(Int32.random(in: 5...60, using: &random)) }
        if random.once(in: 6) { rules.requiresInstallation = true }
        if [.stamp, .cashback, .multipass, .reward, .gift].contains(type) {
            rules.life = random.pick(.unlimited, .sliding(days: 4), .lots(days: 6), .until(LocalDay(daysSince1970: 20)))
        }
        if [.stamp, .cashback, .multipass, .reward].contains(type), random.once(in: 2) {
            rules.referral = ReferralRule(moment: random.pick(.installation, .firstVisit), referrer: 5, newcomer: 4)
        }
        if [.stamp, .reward].contains(type), rules.mechanic != .manual {
            let extra = Extra(percent: random.pick(0, 50, 100), stamps: random.pick(1, 2))
            if random.once(in: 2) { rules.happyHours = [HappyHour(weekdays: 5, from: 0, to: 900, extra: extra)] }
            rules.guards = Guards(
                coolDown: random.pick(nil, nil, 90_000),
                dailyCap: random.pick(nil, nil, 4),
                singleUseReferences: random.once(in: 3)
            )
        }
        rules.uncollected = random.pick(.forgive, .carryAsDebt, .carryAsDebt, .reject)
        rules.redeemWhenExpired = random.pick(.allowed, .denied, .graceDays(3))
        return rules
    }

    private static func ofType(_ type: CardType, using random: inout SplitMix64) -> CardRules {
        let unit = MinorUnits(random.pick(100, 700, 1000))
        let remainder = random.pick(RemainderPolicy.perTransaction, .cumulative)
        let spend = Mechanic.spend(SpendRule(stamps: random.pick(1, 3), per: unit, remainder: remainder))
        let mechanic = random.pick(spend, spend, .visit(stamps: 2), .manual)
        switch type {
        case .stamp:
            guard random.once(in: 2) else { return .stampCard(mechanic: mechanic, milestones: [3, 6, 9]) }
            return .stampCard(mechanic: mechanic, stampsPerReward: random.pick(3, 10))
        case .cashback:
            let rule = PercentRule(share: BasisPoints(500), pointValue: MinorUnits(random.pick(1, 10)))
            let entry = Bonus(stamps: 20, rewards: 1)
            return .cashbackCard(rule, tiers: random.once(in: 2) ? .metals(entry: entry) : nil)
        case .multipass: return .multipassCard(bonusPerVisit: random.pick(0, 20))
        case .coupon: return .couponCard(uses: random.pick(1, 3))
        case .discount: return .discountCard(tiers: .metals(entry: Bonus(rewards: 1), neverDrop: random.once(in: 3)))
        case .gift: return .giftCard()
        case .reward:
            guard case .catalogue(let items) = CardRules.points.rewards else { return .points }
            return .rewardCard(
                mechanic: mechanic,
                catalogue: items.map { RewardItem($0.name, cost: $0.cost.rawValue == 500 ? 5 : 20) }
            )
        default: return type == .membership ? .club : type.base
        }
    }
}

/// A source of commands of every kind, on a card of any type.
struct RandomPartActions {
    private var old = RandomActions()
    private var ids: [CommandID] = []
    private var redemptions: [CommandID] = []
    private var claims: [CommandID] = []
    private var isFirst = true

    mutating func next(_ id: CommandID, today: LocalDay, using random: inout SplitMix64) -> CardAction {
        defer { isFirst = false }
        if isFirst && random.once(in: 2) { return .refer(by: .someCard) }
        let action: CardAction
        if random.once(in: 2) {
            action = old.next(id, today: today, using: &random)
        } else {
            let named = random.once(in: 12) ? id : ids.suffix(6).randomElement(using: &random) ?? id
            action = self.action(named, today: today, using: &random)
            ids.append(id)
        }
        switch action {
        case .redeemRewards, .redeemMilestone, .redeemCoupon: redemptions.append(id)
        case .claimReward: claims.append(id)
        default: break
        }
        return action
    }

    private func action(_ named: CommandID, today: LocalDay, using random: inout SplitMix64) -> CardAction {
        let money = Money.random(using: &random)
        switch Int.random(in: 0..<60, using: &random) {
        case ..<8: return .load(.random(upTo: 40, using: &random), purchase: money)
        case ..<16:
            return .spend(.random(upTo: 9, using: &random), from: random.pick(.main, .main, .bonus), purchase: money)
        case ..<20: return .reverseSpending(named)
        case ..<23: return .reverseLoad(named, random.pick(nil, 1, 4), amount: random.pick(nil, nil, money))
        case ..<29: return .redeemMilestone(random.pick(nil, nil, 9, 3), purchase: money)
        case ..<33: return .reverseRedemption(redemptions.suffix(3).randomElement(using: &random) ?? named)
        case ..<37: return .claimReward(known(Label(random.pick("mug", "bag"))), purchase: money)
        case ..<40: return .useClaim(claims.suffix(3).randomElement(using: &random) ?? named, purchase: money)
        case ..<42:
            let claim = claims.suffix(3).randomElement(using: &random) ?? named
            return .removeClaim(claim, returnsStamps: random.once(in: 2))
        case ..<44: return .redeemCoupon(purchase: money, newCard: nil)
        case ..<46: return .adjustStamps(Stamps(Int32.random(in: -6...6, using: &random)))
        case ..<48: return .adjustBonus(Stamps(Int32.random(in: -30...10, using: &random)))
        case ..<50: return .purchaseEligible(money, eligible: .random(using: &random))
        case ..<52:
            let until: LocalDay? = random.pick(nil, today.advanced(byDays: 3))
            return .setTier(TierNumber(random.pick(1, 2, 3)), until: until, grantsEntry: random.once(in: 2))
        default: return life(today: today, using: &random)
        }
    }

    private func life(today: LocalDay, using random: inout SplitMix64) -> CardAction {
        switch Int.random(in: 0..<9, using: &random) {
        case 0: .unpinTier
        case 1: .setMembership(TierNumber(random.pick(1, 2)), random.pick(.day, .week))
        case 2: .renewMembership(through: today.advanced(byDays: 20))
        case 3: .cancelMembership
        case 4: .refer(by: .someCard)
        case 5: .reinstall(.iOS)
        case 6: .leaveProgram
        default: random.pick(.rejoinProgram, .install(.android))
        }
    }
}
