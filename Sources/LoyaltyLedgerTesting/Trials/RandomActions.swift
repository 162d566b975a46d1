internal import LoyaltyDomain

/// Random actions for one card: mostly such as its type knows, now and then any.
struct RandomActions {
    /// The ids of commands on the card so far, for those that name one.
    var known: [CommandID] = []
    let type: CardType
    let currency: Currency
    private let partner: CardID?
    private var last: CardAction?

    /// - Parameter partner: Another card of the same program, where there is one.
    init(type: CardType, currency: Currency, partner: CardID?) {
        self.type = type
        self.currency = currency
        self.partner = partner
    }

    mutating func next(on day: LocalDay, isCoupled: Bool, using random: inout SeededRandom) -> CardAction {
        let action = followUp(on: day, using: &random) ?? any(on: day, isCoupled: isCoupled, using: &random)
        last = action
        return action
    }

    /// The card comes by recommendation of another.
    mutating func refer(by other: CardID) -> CardAction {
        last = .refer(by: other)
        return .refer(by: other)
    }

    /// What only makes sense behind the action before, which chance alone would hardly bring together.
    private func followUp(on day: LocalDay, using random: inout SeededRandom) -> CardAction? {
        guard let last, let id = known.last, random.once(in: 2) else { return nil }
        switch last {
        case .refer: return .install(.iOS)
        case .install: return random.pick(.purchase(money(using: &random)), .visit(nil))
        case .delete: return .reinstall(.webApp)
        case .leaveProgram: return .rejoinProgram
        case .claimReward:
            return random.pick(.useClaim(id, purchase: zero), .removeClaim(id, returnsStamps: random.once(in: 2)))
        case .useClaim(let claim, _), .removeClaim(let claim, _): return .useClaim(claim, purchase: zero)
        case .grantRewards: return .reverseGrant(id)
        case .spend: return .reverseSpending(id)
        case .redeemCoupon, .redeemRewards, .redeemMilestone: return .reverseRedemption(id)
        case .reverseSpending, .reverseRedemption, .reverseGrant: return last
        case .purchase(let amount, _):
            return random.once(in: 2) ? random.pick(.refund(amount), .removeVisits(1)) : nil
        case .refund(_, let name?): return .editAmount(of: name, to: Money(MinorUnits(1), currency))
        case .setMembership: return random.pick(.visit(nil), .setExpiry(day))
        case .visit: return type == .membership ? .visit(nil) : nil
        case .openCase: return decision(on: random.pick(CaseNumber(1), CaseNumber(1), CaseNumber(2)), using: &random)
        case .addEvidence(let number, _): return decision(on: number, using: &random)
        case .decideCase(let number, _):
            return .remedyCase(number, adjustment: self.id(using: &random), cost: money(using: &random))
        case .remedyCase(let number, _, _): return .closeCase(number)
        default: return nil
        }
    }

    private func any(on day: LocalDay, isCoupled: Bool, using random: inout SeededRandom) -> CardAction {
        if random.once(in: 12) { return life(day, isCoupled: isCoupled, using: &random) }
        if random.once(in: 12) { return anything(using: &random) }
        switch type {
        case .stamp, .reward:
            if type == .reward && random.once(in: 4) { return claiming(using: &random) }
            if random.once(in: 3) { return rewards(using: &random) }
            return random.once(in: 5) ? byHand(using: &random) : transactions(using: &random)
        case .cashback: return random.once(in: 3) ? spending(using: &random) : transactions(using: &random)
        case .multipass, .gift: return random.once(in: 6) ? byHand(using: &random) : spending(using: &random)
        case .coupon:
            let card = isCoupled && random.once(in: 2) ? CardID("new\(Int.random(in: 0..<40, using: &random))") : nil
            return random.once(in: 3)
                ? .reverseRedemption(id(using: &random)) : .redeemCoupon(purchase: zero, newCard: card)
        case .discount: return random.once(in: 4) ? tiers(day, using: &random) : transactions(using: &random)
        default:
            guard type == .membership else { return anything(using: &random) }
            return random.once(in: 3) ? membership(day, using: &random) : random.pick(.visit(nil), .removeVisits(1))
        }
    }

    private var zero: Money { Money(.zero, currency) }

    private func money(using random: inout SeededRandom) -> Money {
        if random.once(in: 60) { return Money(MinorUnits(-1), currency) }
        let minor = random.pick(
            0,
            Int64.random(in: 1...12, using: &random) * 1000,
            Int64.random(in: 1...6000, using: &random),
            Int64.random(in: 1...15_000, using: &random)
        )
        return Money(MinorUnits(minor), currency)
    }

    /// The newest five most often.
    private func id(using random: inout SeededRandom) -> CommandID {
        if known.isEmpty || random.once(in: 20) { return .opaque(high: 9, low: 9) }
        let newest = random.once(in: 2) ? Array(known.suffix(5)) : known
        return newest[Int.random(in: 0..<newest.count, using: &random)]
    }

    private func name(using random: inout SeededRandom) -> TransactionName {
        if random.once(in: 2) { return TransactionName(reference: random.pick("a", "b")) }
        return TransactionName(commandID: id(using: &random))
    }

    private func transactions(using random: inout SeededRandom) -> CardAction {
        let amount = money(using: &random)
        switch Int.random(in: 0..<12, using: &random) {
        case 0...3: return .purchase(amount)
        case 4: return .visit(random.once(in: 2) ? amount : nil)
        case 5:
            let part = Int64.random(in: 0...max(0, amount.minorUnits.rawValue + 10), using: &random)
            return .purchaseEligible(amount, eligible: Money(MinorUnits(part), currency))
        case 6, 7: return .refund(amount)
        case 8: return .refund(amount, of: name(using: &random))
        case 9: return .editAmount(of: name(using: &random), to: amount)
        case 10: return .removeVisits(random.count(0...3))
        default: return .addStamps(random.count(1...9))
        }
    }

    private func byHand(using random: inout SeededRandom) -> CardAction {
        random.pick(
            .addStamps(random.count(0...9)),
            .removeStamps(random.count(0...5)),
            .adjustStamps(random.count(-6...9)),
            .adjustBonus(random.count(-9...20))
        )
    }

    private func claiming(using random: inout SeededRandom) -> CardAction {
        let item = ["coffee", "mug", "cake", "none"].compactMap { Label($0) }.randomElement(using: &random)
        guard let item else { return .useClaim(id(using: &random), purchase: zero) }
        return .claimReward(item, purchase: zero)
    }

    private func rewards(using random: inout SeededRandom) -> CardAction {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return .grantRewards(random.count(0...2), purchase: money(using: &random))
        case 1: return .reverseGrant(id(using: &random))
        case 2, 3: return .redeemRewards(random.count(0...2), purchase: zero)
        case 4: return .removeRewards(1, purchase: zero, random.pick(.correction, .expired))
        case 5: return .redeemMilestone(random.pick(nil, 3, 6, 9, 5, 2), purchase: zero)
        case 6, 7: return .reverseRedemption(id(using: &random))
        case 8, 9: return claiming(using: &random)
        case 10: return .useClaim(id(using: &random), purchase: zero)
        default: return .removeClaim(id(using: &random), returnsStamps: random.once(in: 2))
        }
    }

    private func spending(using random: inout SeededRandom) -> CardAction {
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1: return .load(random.count(0...20), purchase: money(using: &random))
        case 2, 3: return .spend(random.count(0...9), from: random.pick(.main, .main, .bonus), purchase: zero)
        case 4: return .reverseSpending(id(using: &random))
        case 5: return .reverseLoad(id(using: &random), nil, amount: nil)
        case 6: return .reverseLoad(id(using: &random), random.count(0...9), amount: money(using: &random))
        default: return .adjustBonus(random.count(-9...20))
        }
    }

    private func tiers(_ day: LocalDay, using random: inout SeededRandom) -> CardAction {
        if random.once(in: 3) { return .unpinTier }
        let until = random.once(in: 2) ? day.advanced(byDays: Int32.random(in: -2...6, using: &random)) : nil
        let number = TierNumber(UInt8.random(in: 0...4, using: &random))
        return .setTier(number, until: until, grantsEntry: random.once(in: 2))
    }

    private func membership(_ day: LocalDay, using random: inout SeededRandom) -> CardAction {
        random.pick(
            .setMembership(TierNumber(UInt8.random(in: 1...3, using: &random)), random.pick(.day, .week, .month)),
            .renewMembership(through: day.advanced(byDays: Int32.random(in: -3...30, using: &random))),
            .cancelMembership,
            .setTier(TierNumber(UInt8.random(in: 0...3, using: &random)), until: nil, grantsEntry: random.once(in: 2))
        )
    }

    private func life(_ day: LocalDay, isCoupled: Bool, using random: inout SeededRandom) -> CardAction {
        if random.once(in: 4) { return dispute(day, using: &random) }
        let anyone = CardID("c\(Int.random(in: 0..<6, using: &random))")
        let other = random.once(in: 2) ? partner ?? anyone : anyone
        if isCoupled, let other, random.once(in: 3) { return random.pick(.refer(by: other), .merge(into: other)) }
        return random.pick(
            .install(.android),
            .install(.iOS),
            .delete,
            .reinstall(.webApp),
            .leaveProgram,
            .rejoinProgram,
            .rejoinProgram,
            .setExpiry(nil),
            .setExpiry(day.advanced(byDays: Int32.random(in: -2...30, using: &random)))
        )
    }

    private func dispute(_ day: LocalDay, using random: inout SeededRandom) -> CardAction {
        let number = CaseNumber(UInt32.random(in: 1...3, using: &random))
        let subject: Claim.Subject = random.pick(
            .stamps(random.count(-1...9)),
            .points(3),
            .rewards(1),
            .visits(2),
            .spent(MinorUnits(2000)),
            .balance(MinorUnits(5)),
            .purchase(MinorUnits(1200), reference: random.pick(nil, "a"))
        )
        let claimed = day.advanced(byDays: Int32.random(in: -9...1, using: &random))
        if random.once(in: 4) { return random.pick(.closeCase(number), .addEvidence(number, position: nil)) }
        return .openCase(Claim(subject, on: claimed, minute: random.pick(nil, 720)))
    }

    private func decision(on number: CaseNumber, using random: inout SeededRandom) -> CardAction {
        random.pick(
            .addEvidence(number, position: random.pick(nil, 7)),
            .decideCase(number, random.pick(.knownThen, .trueNow, .refuted, .undecidable))
        )
    }

    private func anything(using random: inout SeededRandom) -> CardAction {
        let day = LocalDay.scenario(20)
        return random.pick(
            transactions(using: &random),
            byHand(using: &random),
            rewards(using: &random),
            spending(using: &random),
            tiers(day, using: &random),
            membership(day, using: &random),
            .redeemCoupon(purchase: zero, newCard: nil),
            .purchase(money(using: &random), stated: money(using: &random))
        )
    }
}
