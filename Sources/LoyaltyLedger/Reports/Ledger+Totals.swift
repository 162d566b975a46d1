public import LoyaltyDomain
public import Projections

extension Ledger {
    /// The figures of each program as a whole (S80), in the order of their definition.
    ///
    /// - Complexity: O(cards).
    public var totals: [TotalsEntry] {
        let now = options.now()
        let live = state.copy
        var totals: [ProgramNumber: ProgramTotals] = [:]
        // A day takes a look at a time zone: so once a program, not once a card.
        let days = live.catalog.programs.indices.map { live.today(of: ProgramNumber(UInt16($0)), now: now) }
        live.cards.forEach { number, state in
            let program = Int(state.program.rawValue)
            guard program < days.count, let today = days[program] else { return }
            totals[state.program, default: ProgramTotals()].add(
                state,
                of: live.directory.customer(of: number),
                on: today
            )
        }
        return live.catalog.programs.compactMap { program in
            live.catalog.number(of: program.id).map {
                TotalsEntry(program: program, totals: totals[$0] ?? ProgramTotals())
            }
        }
    }

    /// Every version of every program's rules, in the order of their numbers (R16).
    public var ruleVersions: [ProgramCatalog.Version] { state.read { $0.catalog.versions } }

    /// What a card's balance buys from its program's catalogue, and what would remain (S47); nil where it is not there.
    ///
    /// - Parameter point: The point in time at which it is asked; now unless given.
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(events of the card).
    public func quote(_ id: CardID, asOf point: PointInTime = .now) async throws -> RewardQuote? {
        guard let holder = holder(of: id) else { return nil }
        return try await lookingBack(to: point, at: .rules) { then in
            guard let profile = try then.card(holder) else { return nil }
            let history = try then.transactions(of: holder.number, profile.state.program)
            return RewardQuote(profile.state, under: profile.program.rules, claims: history.claims)
        }
    }
}

extension Retrospect {
    /// The transactions of a card and of those that had been merged into it.
    fileprivate func transactions(
        of card: CardNumber,
        _ program: ProgramNumber
    ) throws(LedgerError) -> TransactionHistory {
        var records: [CardRecord] = []
        try reader.forEachCardRecord(of: card, through: last) { _, record in records.append(record) }
        var history = TransactionHistory()
        for record in records {
            for event in record.events {
                let counts = horizon.counts(event, recordedAt: record.recordedAt, of: program)
                // An event that does not count still has its number on the card.
                let folded = counts ? event.event : .cardDeleted
                let reference = record.texts.reference
                history.evolve(folded, of: record.commandID, reference: reference, at: record.moment)
                if case .cardAbsorbed(let source, _) = folded {
                    history.absorb(try transactions(of: source, program))
                }
            }
        }
        return history
    }
}

/// The figures of one program as a whole.
public struct TotalsEntry: Hashable, Sendable {
    /// The program, by the newest rules in force.
    public let program: Program
    /// Its figures.
    public let totals: ProgramTotals
}

extension LedgerState {
    /// The local day of now in a program's zone; of the newest recorded time, where the clock is manual.
    func today(of program: ProgramNumber, now: Timestamp) -> LocalDay? {
        calendars[program].map { $0.localDay(of: clock == .manual ? recordedAt : now) }
    }
}
