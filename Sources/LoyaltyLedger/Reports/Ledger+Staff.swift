public import LoyaltyDomain
public import Projections

extension Ledger {
    /// What each staff member did, program by program; one row more for commands that name nobody.
    ///
    /// - Parameters:
    ///   - days: The local days on which what counts occurred; all of them unless named.
    ///   - point: The point in time whose events count; all that there are unless given.
    /// - Returns: Rows ordered by the UTF-8 bytes of the names, then by program.
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(events).
    public func staffActivity(
        on days: ClosedRange<LocalDay>? = nil,
        asOf point: PointInTime = .now
    ) async throws -> [StaffEntry] {
        try await lookingBack(to: point, at: .rules) { then in
            var fold = StaffFold(days: days, within: then.horizon)
            try then.reader.forEachCardRecord(through: then.last) { _, record in
                fold.fold(record, by: then.live.attributions[record.attribution]?.staff)
            }
            return fold.rows.compactMap { key, activity in
                then.rules.program(key.program).map {
                    StaffEntry(staff: key.staff, program: $0, activity: activity)
                }
            }
        }
    }
}

/// What one staff member did to the cards of one program.
public struct StaffEntry: Hashable, Sendable {
    /// The staff member; nil where commands named none.
    public let staff: Label?
    /// The program, by the newest rules in force.
    public let program: Program
    /// What they did.
    public let activity: StaffActivity
}
