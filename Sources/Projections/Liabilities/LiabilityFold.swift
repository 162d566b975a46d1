public import LoyaltyDomain

/// Folds events into what a program owes its customers at the end of a day, by age.
///
/// Ages count in local days from the day from which something counts as earned (D5): a reward that late stamps unlocked is as old as
/// the moment from which it was there. Of what was earned, the oldest is spent first; so what is left of a balance are the newest
/// additions to it.
public struct LiabilityFold: Sendable {
    private struct Ages {
        var balance = AgeBands()
        var bonus = AgeBands()
        var rewards = AgeBands()
    }

    private let day: LocalDay
    private let ends: [ProgramNumber: Timestamp]
    /// For each band but the first, the last instant that is old enough for it.
    private let bandEnds: [[ProgramNumber: Timestamp]]
    private var states: [CardState] = []
    private var ages: [Ages] = []

    /// Starts a fold.
    ///
    /// - Parameters:
    ///   - day: The day at whose end the figures hold.
    ///   - ends: The last instant of a day, for each program; cards of other programs are left out.
    public init(asOf day: LocalDay, endingAt ends: (LocalDay) -> [ProgramNumber: Timestamp]) {
        self.day = day
        self.ends = ends(day)
        bandEnds = AgeBands.limits.map { ends(day.advanced(byDays: -$0 - 1)) }
    }

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
            guard let end = ends[states[index].program], event.effectiveAt <= end else { continue }
            fold(event, at: record.moment, index)
        }
    }

    private mutating func fold(_ event: EffectiveEvent, at moment: CardState.Moment, _ index: Int) {
        let (balance, bonus, rewards) = earned(by: index)
        states[index].evolve(event, at: moment)
        if case .cardAbsorbed(let source, _) = event.event { return absorb(source, into: index) }
        let program = states[index].program
        let band = bandEnds.count { ends in ends[program].map { event.effectiveAt <= $0 } ?? false }
        let now = earned(by: index)
        // A card that was merged away has earned nothing any more.
        ages[index].balance.add(max(now.balance - balance, 0), toBand: band)
        ages[index].bonus.add(max(now.bonus - bonus, 0), toBand: band)
        ages[index].rewards.add(max(now.rewards - rewards, 0), toBand: band)
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
