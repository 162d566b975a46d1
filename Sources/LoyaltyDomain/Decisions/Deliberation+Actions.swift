extension Deliberation {
    /// Does what was asked for, or leaves with the reason why not.
    ///
    /// Refusals come in this order: the clock, the card's life, the figures, the balance.
    mutating func act(_ action: CardAction) throws(Refusal) {
        guard !isAheadOfClock else { throw .occurredInFuture }
        try checkLife(for: action)
        switch action {
        case .issue: throw .alreadyIssued
        case .install(let platform): record(.cardInstalled(platform), as: .addition)
        case .delete: record(.cardDeleted, as: .taking)
        case .purchase(let money, let stated): try purchase(money, stated: stated)
        case .visit(let money): try visit(money)
        case .refund(let money, let name): try refund(money, of: name)
        case .editAmount(let name, let money): try editAmount(of: name, to: money)
        case .removeVisits(let count): try removeVisits(count)
        case .addStamps(let count): try addStamps(count)
        case .removeStamps(let count): try removeStamps(count)
        case .grantRewards(let count, let money): try grantRewards(count, purchase: money)
        case .reverseGrant(let id): try reverseGrant(id)
        case .redeemRewards(let count, let money): try redeemRewards(count, purchase: money)
        case .removeRewards(let count, let money, let reason): try removeRewards(count, purchase: money, reason)
        case .setExpiry(let day): setExpiry(day)
        }
    }

    /// What a deleted or expired card may still do (R14, D19).
    private func checkLife(for action: CardAction) throws(Refusal) {
        switch action {
        case .refund, .editAmount, .removeVisits, .removeStamps, .removeRewards, .reverseGrant, .issue: return
        case .install, .delete, .setExpiry:
            if card.installation == .deleted { throw .cardDeleted }
        case .purchase, .visit, .addStamps, .grantRewards:
            if card.installation == .deleted { throw .cardDeleted }
            if let day = card.expiresOn, day < moment.occurredOn { throw .cardExpired(on: day) }
        case .redeemRewards:
            if card.installation == .deleted { throw .cardDeleted }
            guard let day = card.expiresOn, day < moment.occurredOn else { return }
            switch try newestRules().redeemWhenExpired {
            case .allowed: return
            case .denied: throw .cardExpired(on: day)
            case .graceDays(let days): if day.advanced(byDays: days) < moment.occurredOn { throw .cardExpired(on: day) }
            }
        }
    }

    private mutating func addStamps(_ count: Stamps) throws(Refusal) {
        let count = try quantity(count)
        try checkRoom(stamps: count)
        record(.stampsAdded(count), as: .addition)
        try settle(earned: count)
    }

    private mutating func removeStamps(_ count: Stamps) throws(Refusal) {
        let count = try quantity(count)
        guard count <= card.balance else { throw .exceedsBalance(card.balance) }
        record(.stampsRemoved(count), as: .taking)
    }

    private mutating func grantRewards(_ count: Rewards, purchase: Money) throws(Refusal) {
        let count = try quantity(count)
        let purchase = try amount(purchase)
        try checkRoom(amount: purchase)
        try checkRoom(rewards: count)
        record(.rewardsGranted(count, purchase: purchase), as: .addition)
    }

    private mutating func reverseGrant(_ id: CommandID) throws(Refusal) {
        guard let grant = history().grants.first(where: { $0.commandID == id }) else { throw .transactionNotFound }
        guard !grant.isReversed else { throw .alreadyReversed }
        guard grant.rewards <= card.rewardsAvailable else { throw .exceedsAvailable(card.rewardsAvailable) }
        record(.grantReversed(named: id, grant.rewards, purchase: grant.purchase), as: .taking)
    }

    private mutating func redeemRewards(_ count: Rewards, purchase: Money) throws(Refusal) {
        let count = try quantity(count)
        let purchase = try amount(purchase)
        guard count <= card.rewardsAvailable else { throw .exceedsAvailable(card.rewardsAvailable) }
        record(.rewardsRedeemed(count, purchase: purchase), as: .taking)
    }

    private mutating func removeRewards(
        _ count: Rewards,
        purchase: Money,
        _ reason: RewardRemovalReason
    ) throws(Refusal) {
        let count = try quantity(count)
        let purchase = try amount(purchase)
        guard count <= card.rewardsAvailable else { throw .exceedsAvailable(card.rewardsAvailable) }
        record(.rewardsRemoved(count, purchase: purchase, reason), as: .taking)
    }

    /// A past day is allowed and expires the card at once (R14).
    private mutating func setExpiry(_ day: LocalDay?) {
        record(.expirySet(day), as: .addition)
        recordDueFacts()
    }
}
