internal import EventLog
public import LoyaltyDomain
public import Projections

extension Ledger {
    /// What each program owes the holders of its cards at the end of a local day, by the age of what is owed.
    ///
    /// - Parameter day: The day, in each program's own zone.
    /// - Returns: A row for each program and kind of which anything is owed, in the order of the programs' definition.
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(events); memory for the cards.
    public func liabilities(asOf day: LocalDay) async throws -> [LiabilityEntry] {
        try await offThePool { [state, makeReader] in
            let live = state.copy
            var fold = LiabilityFold(asOf: day, endingAt: live.ends)
            let reader = try LedgerError.reading { try makeReader() }
            try reader.forEachCardRecord(through: live.position) { _, record in fold.fold(record) }
            return fold.liabilities.compactMap { liability in
                live.catalog.program(liability.program).map { LiabilityEntry(program: $0, liability: liability) }
            }
        }
    }
}

/// What one program owes, of one kind.
public struct LiabilityEntry: Hashable, Sendable {
    /// The program, by its newest rules.
    public let program: Program
    /// How much, by age.
    public let liability: Liability

    /// The word for one of them.
    public var unit: String {
        switch liability.kind {
        case .balance: program.rules.type.unit
        case .bonus: "bonus point"
        case .rewards: program.rules.hasUses ? "use" : "reward"
        }
    }

    /// What all of them are worth in money; nil where one has no value of its own.
    public var value: MinorUnits? {
        liability.kind == .balance ? program.rules.value(of: liability.bands.total) : nil
    }
}
