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

    private let horizon: Horizon
    private let endOfDay: @Sendable (ProgramNumber, LocalDay) -> Timestamp?
    /// For each band but the first, the last instant that is old enough for it, by program.
    private var bandEnds: [ProgramNumber: [Timestamp]] = [:]
    private var states: [CardState] = []
    private var ages: [Ages] = []

    /// Starts a fold.
    ///
    /// - Parameters:
    ///   - horizon: What counts, and the day from which ages count.
    ///   - endOfDay: The last instant of a local day of a program; nil where it is none of the ledger's.
    public init(
        within horizon: Horizon,
        endOfDay: @escaping @Sendable (ProgramNumber, LocalDay) -> Timestamp?
    ) {
        self.horizon = horizon
        self.endOfDay = endOfDay
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
            guard horizon.counts(event, recordedAt: record.recordedAt, of: states[index].program) else { continue }
            fold(event, at: record.moment, index)
        }
    }

    private mutating func fold(_ event: EffectiveEvent, at moment: CardState.Moment, _ index: Int) {
        let (balance, bonus, rewards) = earned(by: index)
        states[index].evolve(event, at: moment)
        if case .cardAbsorbed(let source, _) = event.event { return absorb(source, into: index) }
        guard let band = band(of: event, in: states[index].program) else { return }
        let now = earned(by: index)
        // A card that was merged away has earned nothing any more.
        ages[index].balance.add(max(now.balance - balance, 0), toBand: band)
        ages[index].bonus.add(max(now.bonus - bonus, 0), toBand: band)
        ages[index].rewards.add(max(now.rewards - rewards, 0), toBand: band)
    }

    /// The place of the band that an event is old enough for; nil where its program is not in sight.
    private mutating func band(of event: EffectiveEvent, in program: ProgramNumber) -> Int? {
        if bandEnds[program] == nil {
            guard let day = horizon.day(of: program) else { return nil }
            bandEnds[program] = AgeBands.limits.compactMap { endOfDay(program, day.advanced(byDays: -$0 - 1)) }
        }
        return bandEnds[program]?.count { event.effectiveAt <= $0 }
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
