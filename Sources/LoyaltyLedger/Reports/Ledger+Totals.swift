internal import EventLog
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
        live.cards.forEach { number, state in
            guard let today = live.today(of: state.program, now: now) else { return }
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

    /// What a card's balance buys from its program's catalogue, and what would remain (S47); nil where it is not issued.
    ///
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(events of the card).
    public func quote(_ id: CardID) async throws -> RewardQuote? {
        guard let profile = card(id) else { return nil }
        return try await offThePool { [makeReader] in
            let reader = try LedgerError.reading { try makeReader() }
            let history = try reader.transactions(of: profile.number)
            return RewardQuote(profile.state, under: profile.program.rules, claims: history.claims)
        }
    }
}

extension LogReader {
    /// The transactions of a card and of those that were merged into it.
    func transactions(of card: CardNumber) throws(LedgerError) -> TransactionHistory {
        var records: [CardRecord] = []
        try forEachCardRecord(of: card) { _, record in records.append(record) }
        var history = TransactionHistory()
        for record in records {
            history.evolve(record)
            if let absorbed = record.absorbedCard { history.absorb(try transactions(of: absorbed)) }
        }
        return history
    }
}

/// The figures of one program as a whole.
public struct TotalsEntry: Hashable, Sendable {
    /// The program, by its newest rules.
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
