internal import EventLog
internal import LoyaltyDomain

/// A card record with the position of its first event.
struct PlacedRecord: Sendable {
    let position: UInt64
    let record: CardRecord
}

extension LogReader {
    /// All records of a card, in recorded order, through the stream index.
    func cardStream(of card: CardNumber) throws(LedgerError) -> [PlacedRecord] {
        var records: [PlacedRecord] = []
        try forEachCardRecord(of: card) { records.append(PlacedRecord(position: $0, record: $1)) }
        return records
    }
}
