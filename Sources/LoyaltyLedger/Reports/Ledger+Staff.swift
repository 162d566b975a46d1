internal import EventLog
public import LoyaltyDomain
public import Projections

extension Ledger {
    /// What each staff member did, program by program; one row more for commands that name nobody.
    ///
    /// - Parameter days: The local days on which what counts occurred; all of them unless named.
    /// - Returns: Rows ordered by the UTF-8 bytes of the names, then by program.
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(events).
    public func staffActivity(on days: ClosedRange<LocalDay>? = nil) async throws -> [StaffEntry] {
        try await offThePool { [state, makeReader] in
            let live = state.copy
            var fold = StaffFold(days: days)
            let reader = try LedgerError.reading { try makeReader() }
            try reader.forEachCardRecord(through: live.position) { _, record in
                fold.fold(record, by: live.attributions[record.attribution]?.staff)
            }
            return fold.rows.compactMap { key, activity in
                live.catalog.program(key.program).map {
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
    /// The program, by its newest rules.
    public let program: Program
    /// What they did.
    public let activity: StaffActivity
}
