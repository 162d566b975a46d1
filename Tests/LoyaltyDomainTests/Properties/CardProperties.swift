import LoyaltyDomain

/// What must hold of a card after every command, as text where it does not.
struct CardProperties {
    private(set) var violations: [String] = []

    mutating func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
        if !condition { violations.append(message()) }
    }

    /// I1: nothing is negative, now and as of every instant that any event counts from.
    mutating func checkPrefixes(of events: [EffectiveEvent]) {
        expect(EffectSum(events).isNonNegative, "I1 in recorded order: \(EffectSum(events))")
        var sum = EffectSum([])
        let ordered = events.enumerated().sorted {
            ($0.element.effectiveAt, $0.offset) < ($1.element.effectiveAt, $1.offset)
        }
        for (index, event) in ordered.map(\.element).enumerated() {
            sum.add(event.event)
            // Events of one instant count together.
            if index + 1 < ordered.count, ordered[index + 1].element.effectiveAt == event.effectiveAt { continue }
            expect(sum.isNonNegative, "I1 as of \(event.effectiveAt.milliseconds): \(sum)")
        }
    }

    /// I2, I3, I5: what was earned is somewhere.
    mutating func checkConservation(of state: CardState, _ history: TransactionHistory) {
        let stamps = state.stampsEarned - state.stampsConverted - state.stampsRemoved - state.debtPaid
        expect(stamps == state.balance, "I2: \(stamps) is not the balance \(state.balance)")
        expect(state.debtCarried - state.debtPaid == state.debt, "I2: debt \(state.debt)")
        let rewards = state.rewardsEarned - state.rewardsRedeemed - state.rewardsCorrected - state.rewardsExpired
        expect(rewards == state.rewardsAvailable, "I3: \(rewards) is not the available \(state.rewardsAvailable)")
        let open = history.transactions.reduce(MinorUnits.zero) { $0 + $1.open }
        let granted = history.grants.reduce(MinorUnits.zero) { $1.isReversed ? $0 : $0 + $1.purchase }
        expect(open == state.transactionAmount, "I5: open \(open.rawValue), S19 \(state.transactionAmount.rawValue)")
        expect(open + granted == state.lifetimeValue, "I5: LTV \(state.lifetimeValue.rawValue)")
        expect(state.firstViolation == nil, state.firstViolation ?? "")
    }

    /// I4: a command that only takes leaves the rewards alone.
    mutating func checkRewards(_ record: Card.Record, before: Rewards, after: Rewards) {
        let isRewardCommand: Bool
        switch record.action {
        case .grantRewards, .reverseGrant, .redeemRewards, .removeRewards: isRewardCommand = record.refusal == nil
        default: isRewardCommand = false
        }
        let unlocked = record.events.contains { if case .rewardsUnlocked = $0.event { true } else { false } }
        let added = record.events.contains { event in
            switch event.event {
            case .purchaseRecorded, .visitRecorded, .stampsAdded: true
            case .amountEdited(let edit): edit.award.stamps > 0
            default: false
            }
        }
        expect(before == after || isRewardCommand || unlocked, "I4: \(record.action) moved \(before) to \(after)")
        expect(!unlocked || added, "I4: \(record.action) unlocked a reward without an addition")
    }

    /// The reference says the same.
    mutating func compare(_ state: CardState, _ reference: ReferenceCard, accepted: Bool, refusal: Refusal?) {
        expect(accepted == (refusal == nil), "reference accepts: \(accepted), refusal: \(String(describing: refusal))")
        let counted = reference.entries.filter(\.counts)
        let figures: [(String, Int64, Int64)] = [
            ("balance", Int64(state.balance.rawValue), reference.balance),
            ("debt", Int64(state.debt.rawValue), reference.debt),
            ("earned", Int64(state.stampsEarned.rawValue), reference.earned),
            ("removed", Int64(state.stampsRemoved.rawValue), reference.removed),
            ("uncollected", Int64(state.stampsUncollected.rawValue), reference.uncollected),
            ("rewards earned", Int64(state.rewardsEarned.rawValue), reference.rewardsEarned),
            ("available", Int64(state.rewardsAvailable.rawValue), reference.available),
            ("redeemed", Int64(state.rewardsRedeemed.rawValue), reference.redeemed),
            ("LTV", state.lifetimeValue.rawValue, reference.lifetimeValue),
            ("S19", state.transactionAmount.rawValue, reference.transactionAmount),
            ("visits", Int64(state.visits.rawValue), Int64(counted.count)),
            ("purchases", Int64(state.purchases.rawValue), Int64(counted.count(where: \.isPurchase))),
            ("stamped", Int64(state.stampedVisits.rawValue), Int64(counted.count { $0.awarded > 0 })),
        ]
        for (name, found, expected) in figures {
            expect(found == expected, "\(name) is \(found), the reference says \(expected)")
        }
        let lastDays = LastDays(
            visit: counted.map(\.day).max(),
            purchase: counted.filter(\.isPurchase).map(\.day).max()
        )
        expect(state.lastDays == lastDays, "last days are \(state.lastDays), the reference says \(lastDays)")
    }
}
