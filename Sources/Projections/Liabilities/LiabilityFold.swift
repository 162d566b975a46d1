public import LoyaltyDomain

/// Folds events into what a program owes its customers at the end of a day, by age.
///
/// Ages count in local days from the day on which the command that earned something occurred. Of what was earned, the oldest is
/// spent first; so what is left of a balance are the newest additions to it.
public struct LiabilityFold: Sendable {
    private struct Ages {
        var balance = AgeBands()
        var bonus = AgeBands()
        var rewards = AgeBands()
    }

    private let horizon: Horizon
    private var states: [CardState] = []
    private var ages: [Ages] = []

    /// Starts a fold.
    ///
    /// - Parameter horizon: What counts, and the day from which ages count.
    public init(within horizon: Horizon) { self.horizon = horizon }

    /// Folds the next record of the ledger.
    ///
    /// - Complexity: O(events of the record).
    public mutating func fold(_ record: borrowing CardRecord) {
        for event in record.events {
            if case .cardIssued(_, _, let program) = event.event {
                states.append(CardState(issuedAt: record.moment.occurredAt, program: program))
                ages.append(Ages())
            }
            let index = Int(record.card.rawValue) - 1
            guard states.indices.contains(index) else { return }
            guard horizon.counts(event, recordedAt: record.recordedAt, of: states[index].program) else { continue }
            fold(event, at: record.moment, index)
        }
    }

    private mutating func fold(_ event: EffectiveEvent, at moment: CardState.Moment, _ index: Int) {
        let (balance, bonus, rewards) = earned(by: index)
        states[index].evolve(event, at: moment)
        if case .cardAbsorbed(let source, _) = event.event { return absorb(source, into: index) }
        guard let day = horizon.day(of: states[index].program) else { return }
        let age = Int(day.daysSince1970) - Int(moment.occurredOn.daysSince1970)
        let now = earned(by: index)
        // A card that was merged away has earned nothing any more.
        ages[index].balance.add(max(now.balance - balance, 0), ageInDays: age)
        ages[index].bonus.add(max(now.bonus - bonus, 0), ageInDays: age)
        ages[index].rewards.add(max(now.rewards - rewards, 0), ageInDays: age)
    }

    private func earned(by index: Int) -> (balance: Int64, bonus: Int64, rewards: Int64) {
        let state = states[index]
        return (
            Int64(state.purse.earned.rawValue), Int64(state.bonus.earned.rawValue), Int64(state.rewardsEarned.rawValue)
        )
    }

    private mutating func absorb(_ source: CardNumber, into target: Int) {
        let index = Int(source.rawValue) - 1
        guard ages.indices.contains(index), index != target else { return }
        ages[target].balance += ages[index].balance
        ages[target].bonus += ages[index].bonus
        ages[target].rewards += ages[index].rewards
        ages[index] = Ages()
    }

    /// What is owed: for each program and kind of which anything is, in the order of the programs' numbers.
    ///
    /// - Complexity: O(cards).
    public var liabilities: [Liability] {
        var sums: [ProgramNumber: [Liability]] = [:]
        for (state, ages) in zip(states, ages) {
            guard let day = horizon.day(of: state.program) else { continue }
            let isValid = state.expiresOn.map { $0 >= day } ?? true
            let isUsable = isValid && state.installation != .deleted && !state.hasLeftProgram
            let owed = [
                ages.balance.newest(Int64(state.balance.rawValue)),
                ages.bonus.newest(Int64(state.bonus.balance.rawValue)),
                ages.rewards.newest(Int64(state.rewardsAvailable.rawValue)),
            ]
            var program = sums[state.program] ?? Liability.Kind.allCases.map { Liability(state.program, $0) }
            for (index, bands) in owed.enumerated() { program[index].add(bands, isUsable: isUsable) }
            sums[state.program] = program
        }
        return sums.values.joined()
            .filter { $0.bands.total > 0 }
            .sorted { ($0.program.rawValue, $0.kind.rank) < ($1.program.rawValue, $1.kind.rank) }
    }
}

extension Liability.Kind {
    fileprivate var rank: Int { Liability.Kind.allCases.firstIndex(of: self) ?? 0 }
}
