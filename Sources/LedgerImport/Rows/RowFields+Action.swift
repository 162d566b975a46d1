import LoyaltyLedger

extension RowFields {
    /// What the row asks for.
    ///
    /// - Throws: The first field of the kind that is missing or cannot be read.
    func action(_ kind: ImportKind, on terms: ProgramTerms) throws(RowProblem) -> CardAction {
        let amount = try amount(for: kind, in: terms.currency)
        let quantity = try quantity(for: kind)
        let money = amount ?? Money(.zero, terms.currency)
        switch kind {
        case .purchase: return try purchase(money)
        case .visit: return .visit(amount)
        case .refund: return .refund(money, of: try purchaseName())
        case .editAmount: return .editAmount(of: try requiredPurchaseName(for: kind), to: money)
        case .removeVisits: return .removeVisits(Visits(quantity ?? 0))
        case .addStamps: return .addStamps(Stamps(quantity ?? 0))
        case .removeStamps: return .removeStamps(Stamps(quantity ?? 0))
        case .adjust: return .adjustStamps(Stamps(quantity ?? 0))
        case .adjustBonus: return .adjustBonus(Stamps(quantity ?? 0))
        case .grantRewards: return .grantRewards(Rewards(quantity ?? 0), purchase: money)
        case .reverseGrant: return .reverseGrant(try command(for: kind))
        case .redeemRewards: return .redeemRewards(Rewards(quantity ?? 0), purchase: money)
        case .removeRewards: return .removeRewards(Rewards(quantity ?? 0), purchase: money, try removalReason())
        case .setExpiry: return .setExpiry(try expiryDay(for: kind))
        default: return try partAction(kind, amount, quantity, on: terms)
        }
    }

    private func partAction(
        _ kind: ImportKind,
        _ amount: Money?,
        _ quantity: Int32?,
        on terms: ProgramTerms
    ) throws(RowProblem) -> CardAction {
        let money = amount ?? Money(.zero, terms.currency)
        switch kind {
        case .load: return .load(Stamps(quantity ?? 0), purchase: money)
        case .reverseLoad: return .reverseLoad(try command(for: kind), quantity.map { Stamps($0) }, amount: amount)
        case .spend: return .spend(Stamps(quantity ?? 0), from: try purse(), purchase: money)
        case .reverseSpending: return .reverseSpending(try command(for: kind))
        case .redeemMilestone: return .redeemMilestone(quantity.map { Stamps($0) }, purchase: money)
        case .reverseRedemption: return .reverseRedemption(try command(for: kind))
        case .claimReward: return .claimReward(try required(.item, for: kind, Label.init), purchase: money)
        case .useClaim: return .useClaim(try command(for: kind), purchase: money)
        case .removeClaim:
            return .removeClaim(try command(for: kind), returnsStamps: try flag(.returnsStamps) ?? false)
        case .redeemCoupon: return .redeemCoupon(purchase: money, newCard: try identifier(.otherCard, CardID.init))
        default: return try lifeAction(kind, on: terms)
        }
    }

    private func lifeAction(_ kind: ImportKind, on terms: ProgramTerms) throws(RowProblem) -> CardAction {
        switch kind {
        case .install: return .install(try platform(for: kind))
        case .reinstall: return .reinstall(try platform(for: kind))
        case .delete: return .delete
        case .setTier:
            let day = text(.expiresOn) == nil ? nil : try expiryDay(for: kind)
            return .setTier(try tier(for: kind, on: terms), until: day, grantsEntry: try flag(.grantsEntry) ?? true)
        case .unpinTier: return .unpinTier
        case .setMembership: return .setMembership(try tier(for: kind, on: terms), try period(for: kind))
        case .renewMembership:
            guard let day = try expiryDay(for: kind) else { throw .missing(.expiresOn, for: kind) }
            return .renewMembership(through: day)
        case .cancelMembership: return .cancelMembership
        case .remedyCase:
            let cost = try amount(for: kind, in: terms.currency) ?? Money(.zero, terms.currency)
            return .remedyCase(try caseNumber(for: kind), adjustment: try command(for: kind), cost: cost)
        case .refer: return .refer(by: try required(.otherCard, for: kind, CardID.init))
        case .leaveProgram: return .leaveProgram
        case .rejoinProgram: return .rejoinProgram
        case .merge: return .merge(into: try required(.otherCard, for: kind, CardID.init))
        case .issue: return try issue(on: terms)
        default: return try caseAction(kind, on: terms)
        }
    }

    private func purchase(_ money: Money) throws(RowProblem) -> CardAction {
        if let eligible = try self.money(.eligibleAmount, in: money.currency) {
            return .purchaseEligible(money, eligible: eligible)
        }
        return .purchase(money, stated: try self.money(.statedAmount, in: money.currency))
    }

    private func issue(on terms: ProgramTerms) throws(RowProblem) -> CardAction {
        let card = try required(.card, for: .issue, CardID.init)
        let named = try identifier(.program, ProgramID.init)
        guard let program = named ?? terms.program else { throw .missing(.program, for: .issue) }
        // A card's serial serves as its holder's pseudonym where the row names none, as it does on the way to a purchase.
        guard let customer = try identifier(.customer, CustomerID.init) ?? CustomerID(card.text) else {
            throw .missing(.customer, for: .issue)
        }
        return .issue(customer: customer, program: program)
    }
}
