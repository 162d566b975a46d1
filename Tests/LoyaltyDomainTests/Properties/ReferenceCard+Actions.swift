import LoyaltyDomain

extension ReferenceCard {
    mutating func act(_ action: CardAction, id: CommandID, reference: String?) throws(Refused) {
        try checkLife(action)
        switch action {
        case .issue: throw Refused()
        case .install: break
        case .delete: isDeleted = true
        case .setExpiry(let day): lastValidDay = day
        case .purchase(let money, _): record(true, money.minorUnits.rawValue, id, reference)
        case .visit(let money): record(false, money?.minorUnits.rawValue ?? 0, id, reference)
        case .refund(let money, let name): try refund(money.minorUnits.rawValue, name)
        case .editAmount(let name, let money): try edit(name, to: money.minorUnits.rawValue)
        case .removeVisits(let count): try removeVisits(Int(count.rawValue))
        case .addStamps(let count):
            guard count >= 1 else { throw Refused() }
            earn(Int64(count.rawValue))
        case .removeStamps(let count):
            guard count >= 1, count.rawValue <= balance else { throw Refused() }
            balance -= Int64(count.rawValue)
            removed += Int64(count.rawValue)
        case .grantRewards(let count, let money):
            guard count >= 1 else { throw Refused() }
            grants.append(Grant(id: id, rewards: Int64(count.rawValue), amount: money.minorUnits.rawValue))
            rewardsEarned += Int64(count.rawValue)
        case .reverseGrant(let named):
            guard let index = grants.firstIndex(where: { $0.id == named && !$0.isReversed }) else { throw Refused() }
            guard grants[index].rewards <= available else { throw Refused() }
            grants[index].isReversed = true
            corrected += grants[index].rewards
        case .redeemRewards(let count, _): redeemed += try spendable(count)
        case .removeRewards(let count, _, .correction): corrected += try spendable(count)
        case .removeRewards(let count, _, .expired): expired += try spendable(count)
        // The reference knows stamp cards with automatic unlocking, and nothing that came later.
        default: throw Refused()
        }
    }

    private func spendable(_ count: Rewards) throws(Refused) -> Int64 {
        guard count >= 1, count.rawValue <= available else { throw Refused() }
        return Int64(count.rawValue)
    }

    private func checkLife(_ action: CardAction) throws(Refused) {
        let isCorrection: Bool
        switch action {
        case .refund, .editAmount, .removeVisits, .removeStamps, .removeRewards, .reverseGrant: isCorrection = true
        default: isCorrection = false
        }
        if isDeleted && !isCorrection { throw Refused() }
        guard let last = lastValidDay, occurredAt.dayInUTC > last else { return }
        switch (action, newest.redeemWhenExpired) {
        case (.purchase, _), (.visit, _), (.addStamps, _), (.grantRewards, _), (.redeemRewards, .denied):
            throw Refused()
        case (.redeemRewards, .graceDays(let days)):
            if occurredAt.dayInUTC > last.advanced(byDays: days) { throw Refused() }
        default: break
        }
    }

    // MARK: - Earning

    private mutating func record(_ isPurchase: Bool, _ amount: Int64, _ id: CommandID, _ reference: String?) {
        let number = rules(at: occurredAt).number
        // The entry enters empty, then gains what it is worth.
        entries.append(
            Entry(
                id: id,
                reference: reference,
                isPurchase: isPurchase,
                occurredAt: occurredAt,
                rules: number,
                gross: 0,
                counts: false
            )
        )
        let index = entries.count - 1
        let before = worth(index)
        entries[index].gross = amount
        entries[index].counts = true
        award(worth(index) - before, to: index)
    }

    mutating func award(_ stamps: Int64, to index: Int) {
        var room = Int64.max
        if let cap = versions[entries[index].rules].rules.dailyStampCap {
            let ofThatDay = entries.filter { $0.day == entries[index].day }
            room = max(0, Int64(cap.rawValue) - ofThatDay.reduce(0) { $0 + $1.awarded })
        }
        entries[index].awarded += min(stamps, room)
        entries[index].withheld += stamps - min(stamps, room)
        earn(min(stamps, room))
    }

    private mutating func earn(_ stamps: Int64) {
        guard stamps > 0 else { return }
        earned += stamps
        for _ in 0..<stamps {
            if debt > 0 { debt -= 1 } else { balance += 1 }
        }
        guard let required = newest.stampsPerReward?.rawValue else { return }
        while balance >= required {
            balance -= Int64(required)
            rewardsEarned += 1
        }
    }
}
