internal import EventLog
public import LoyaltyDomain

extension Ledger {
    /// The rewards of a catalogue that commands claimed, as they were called then (S14, D26).
    ///
    /// - Parameter claims: The commands that claimed them, such as `CardState.lastRedeemedReward` names one.
    /// - Returns: The name of each reward; nothing for a command that claimed none.
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: One record is read for each claim, in the order of the log.
    public func claimedItems(_ claims: [CommandID]) async throws -> [CommandID: Label] {
        guard !claims.isEmpty else { return [:] }
        return try await offThePool { [state, makeReader] in
            let places = state.read { state in Set(claims.flatMap { state.commands.positions(of: $0) }) }
            let wanted = Set(claims)
            let reader = try LedgerError.reading { try makeReader() }
            var items: [CommandID: Label] = [:]
            for position in places.sorted() {
                guard let record = try reader.cardRecord(at: position), wanted.contains(record.commandID) else {
                    continue
                }
                for case .rewardClaimed(let item, _, _, _) in record.events.map(\.event) {
                    items[record.commandID] = item
                }
            }
            return items
        }
    }
}
