public import LoyaltyDomain
internal import Projections

extension Ledger {
    /// One card at a point in time, or nil where it was not there (D5).
    ///
    /// It is folded from the card's own records.
    ///
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(events of the card recorded by then), and the blocks that hold them.
    public func card(_ id: CardID, asOf point: PointInTime) async throws -> CardProfile? {
        guard point != .now else { return card(id) }
        guard let holder = holder(of: id) else { return nil }
        return try await lookingBack(to: point, at: .rules) { try $0.card(holder) }
    }

    /// Every card at a point in time, ordered by the UTF-8 bytes of the serials.
    ///
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(n log n) in the cards, and O(events behind the nearest snapshot that serves).
    public func cards(asOf point: PointInTime) async throws -> [CardProfile] {
        guard point != .now else { return cards }
        return try await lookingBack(to: point, at: .cards) { [snapshots] in try $0.cards(snapshots) }
    }

    /// The figures of each program as a whole at a point in time (S80), in the order of their definition.
    ///
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(cards), and O(events behind the nearest snapshot that serves).
    public func totals(asOf point: PointInTime) async throws -> [TotalsEntry] {
        guard point != .now else { return totals }
        return try await lookingBack(to: point, at: .cards) { [snapshots] then in
            var totals: [ProgramNumber: ProgramTotals] = [:]
            let state = try then.state(snapshots)
            then.forEachCard(in: state) { number, card, today in
                totals[card.program, default: ProgramTotals()].add(
                    card,
                    of: state.directory.customer(of: number),
                    on: today
                )
            }
            return then.rules.programs.map { number, program in
                TotalsEntry(program: program, totals: totals[number] ?? ProgramTotals())
            }
        }
    }

    /// The history of a card as it stood at a point in time: the events that count, with the figures they add up to then.
    ///
    /// - Returns: nil where the card is not issued.
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(events of the card recorded by then), and the blocks that hold them.
    public func history(of id: CardID, asOf point: PointInTime) async throws -> [HistoryEntry]? {
        guard let holder = holder(of: id) else { return nil }
        return try await lookingBack(to: point, at: .rules) { then in
            var fold = HistoryFold(attributions: then.live.attributions, within: then.horizon)
            var entries: [HistoryEntry] = []
            try then.reader.forEachCardRecord(of: holder.number, through: then.last) { position, record in
                entries += fold.entries(of: record, at: position).map(\.entry)
            }
            return entries
        }
    }

    /// What a card's holder might have seen of its history at a point in time, by its program's rules of then; nil where the card was
    /// not there (C12, S59, I9).
    ///
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(events of the card recorded by then).
    public func customerHistory(of id: CardID, asOf point: PointInTime) async throws -> CustomerHistory? {
        guard let profile = try await card(id, asOf: point) else { return nil }
        guard profile.program.rules.customerHistory == .entries else { return CustomerHistory(profile) }
        let entries = try await history(of: id, asOf: point) ?? []
        return CustomerHistory(profile, entries: CustomerHistoryEntry.visible(in: entries))
    }

    /// The cards of a customer that were installed at a point in time (R13, S68).
    ///
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(cards), and O(events of the customer's).
    public func installedCards(of customer: CustomerID, asOf point: PointInTime) async throws -> [CardProfile] {
        let holders = state.read { state in
            state.directory.cards(of: customer).map { state.directory.holder($0) }
        }
        return try await lookingBack(to: point, at: .rules) { then in
            try holders.compactMap { try then.card($0) }
                .filter { if case .installed = $0.state.installation { true } else { false } }
        }
    }

    /// Every version of every program's rules that was recorded and in force, in the order of their numbers (R16).
    ///
    /// - Throws: `LedgerError` where the log cannot be read.
    public func ruleVersions(asOf point: PointInTime) async throws -> [ProgramCatalog.Version] {
        try await lookingBack(to: point, at: .rules) { $0.rules.versions }
    }
}
