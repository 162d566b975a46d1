import LoyaltyDomain

/// A source of commands that mostly make sense on the card, but need not.
struct RandomActions {
    private var purchases: [CommandID] = []
    private var grants: [CommandID] = []

    mutating func next(_ id: CommandID, today: LocalDay, using random: inout SplitMix64) -> CardAction {
        switch Int.random(in: 0..<100, using: &random) {
        case ..<32:
            purchases.append(id)
            return .purchase(.random(using: &random))
        case ..<42: return .visit(random.once(in: 2) ? nil : .random(using: &random))
        case ..<58: return .refund(.random(using: &random), of: random.once(in: 2) ? nil : name(using: &random))
        case ..<68: return .editAmount(of: name(using: &random), to: .random(using: &random))
        case ..<73: return .removeVisits(.random(upTo: 3, using: &random))
        case ..<79: return .addStamps(.random(upTo: 9, using: &random))
        case ..<83: return .removeStamps(.random(upTo: 5, using: &random))
        case ..<87:
            grants.append(id)
            return .grantRewards(.random(upTo: 2, using: &random), purchase: .random(using: &random))
        case ..<90: return .reverseGrant(grants.randomElement(using: &random) ?? id)
        case ..<95: return .redeemRewards(.random(upTo: 3, using: &random), purchase: .random(using: &random))
        case ..<97: return .removeRewards(1, purchase: .random(using: &random), random.pick(.correction, .expired))
        default: return rare(today: today, using: &random)
        }
    }

    private func rare(today: LocalDay, using random: inout SplitMix64) -> CardAction {
        switch Int.random(in: 0..<24, using: &random) {
        case ..<8: .setExpiry(today.advanced(byDays: Int32.random(in: -3...20, using: &random)))
        case ..<18: .setExpiry(nil)
        case ..<22: .install(random.pick(.iOS, .android, .webApp))
        case ..<23: .issue(customer: .someone, program: .coffee)
        default: .delete
        }
    }

    /// A purchase of late, by its command id, its reference or both; sometimes one that is not there.
    private func name(using random: inout SplitMix64) -> TransactionName {
        let id = random.once(in: 10) ? .opaque(high: 0, low: 0) : purchases.suffix(8).randomElement(using: &random)
        let reference = random.pick("a", "b", "c", "d", "e")
        let byID = TransactionName(commandID: id)
        return random.pick(
            byID,
            byID,
            byID,
            TransactionName(reference: reference),
            TransactionName(commandID: id, reference: reference)
        )
    }
}

extension Count {
    /// From 0, which every command refuses.
    static func random(upTo most: Int32, using random: inout SplitMix64) -> Count {
        Count(Int32.random(in: 0...most, using: &random))
    }
}
