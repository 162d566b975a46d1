public import LoyaltyDomain
public import Projections

extension Ledger {
    /// What each program owes the holders of its cards at the end of a local day, by the age of what is owed.
    ///
    /// - Parameter day: The day, in each program's own zone.
    public func liabilities(asOf day: LocalDay) async throws -> [LiabilityEntry] {
        try await liabilities(asOf: .occurred(.endOf(day)))
    }

    /// What each program owed the holders of its cards at a point in time, by the age of what was owed.
    ///
    /// - Returns: A row for each program and kind of which anything is owed, in the order of the programs' definition.
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(events); memory for the cards.
    public func liabilities(asOf point: PointInTime) async throws -> [LiabilityEntry] {
        try await lookingBack(to: point, at: .rules) { then in
            let calendars = then.live.calendars
            var fold = LiabilityFold(within: then.horizon) { program, day in
                calendars[program].map { PointInTime.Limit.endOf(day).last(in: $0) }
            }
            try then.reader.forEachCardRecord(through: then.last) { _, record in fold.fold(record) }
            return fold.liabilities.compactMap { liability in
                then.rules.program(liability.program).map { LiabilityEntry(program: $0, liability: liability) }
            }
        }
    }
}

/// What one program owes, of one kind.
public struct LiabilityEntry: Hashable, Sendable {
    /// The program, by the newest rules in force.
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
