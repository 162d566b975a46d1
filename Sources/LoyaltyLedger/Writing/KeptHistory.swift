internal import EventLog
internal import LoyaltyDomain

/// The whole history of a card in the writer's cache: its records as bytes, and of a long one what they add up to.
///
/// An object, so that it moves from generation to generation by a reference.
final class KeptHistory: ByteCounted {
    let card: CardNumber
    var records = PackedRecords()
    /// What the records before a place add up to.
    private var fold = TransactionHistory()
    private var folded = PackedRecords.Index()

    /// From so many records on their fold is kept, too, so that each correction of a card that comes every day costs what is new.
    static let leastFolded = 512
    /// About the bytes of an entry without records.
    private static let emptyByteCount = 192
    /// The fold of records takes about so many times their bytes.
    private static let foldFactor = 5

    init(of card: CardNumber) { self.card = card }

    /// About the bytes it takes.
    var byteCount: Int {
        Self.emptyByteCount + records.byteCount * (records.count < Self.leastFolded ? 1 : 1 + Self.foldFactor)
    }

    /// What all records add up to.
    ///
    /// - Parameter evolve: Folds a record.
    /// - Complexity: O(n) in the records, of a long history in those that came since the last time.
    func transactions(
        _ evolve: (CardRecord, inout TransactionHistory) throws(CommandError) -> Void
    ) throws(CommandError) -> TransactionHistory {
        // Taken out, so that folding finds its arrays unshared; a fold that throws begins anew.
        var history = fold
        let start = folded
        fold = TransactionHistory()
        folded = PackedRecords.Index()
        try records.forEach(of: card, from: start) { record throws(CommandError) in try evolve(record, &history) }
        if records.count >= Self.leastFolded {
            fold = history
            folded = records.endIndex
        }
        return history
    }
}
