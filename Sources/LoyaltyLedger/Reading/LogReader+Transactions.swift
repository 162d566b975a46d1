internal import EventLog
internal import LoyaltyDomain

extension LogReader {
    /// The transactions of a card and of those that were merged into it.
    ///
    /// - Complexity: O(events of these cards).
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
