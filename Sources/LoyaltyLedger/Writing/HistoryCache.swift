internal import LoyaltyDomain

/// The transactions of cards that were issued or corrected lately, so that most corrections read nothing from disk.
///
/// It holds whole histories only: of cards that were issued while it was there, and of cards that were read. Records are kept as they are until
/// somebody asks for the card, as most are never corrected. Two generations bound it: when the young one is full it becomes the
/// old one, and what nobody asks for meanwhile is forgotten. It belongs to the writer thread.
final class HistoryCache {
    /// What is known of a card: its history up to some record, and the records behind that one.
    ///
    /// An object, so that it moves from generation to generation by a reference.
    private final class Entry {
        var history: TransactionHistory
        var later: [CardRecord]

        init(_ history: TransactionHistory, _ later: [CardRecord] = []) {
            self.history = history
            self.later = later
        }

        /// About how many transactions it holds, and one for the card.
        var weight: Int { history.transactions.count + later.count + 1 }
    }

    private let largestGeneration: Int
    private var young: [CardNumber: Entry] = [:]
    private var old: [CardNumber: Entry] = [:]
    private var weight = 0

    /// An empty cache.
    ///
    /// - Parameter largestGeneration: Transactions a generation holds, each card counting as one more; two generations of the
    ///   usual size take about 30 MB.
    init(largestGeneration: Int = 32_768) { self.largestGeneration = largestGeneration }

    /// The history of a card, pending records included; nil where it must be read.
    ///
    /// - Complexity: O(1), and O(n) in the records noted since the last time.
    func history(of card: CardNumber) -> TransactionHistory? {
        renew(card)
        guard let entry = young[card] else { return nil }
        for record in entry.later { entry.history.evolve(record) }
        entry.later = []
        return entry.history
    }

    /// Keeps the history of a card that was read.
    func keep(_ history: TransactionHistory, of card: CardNumber) {
        put(Entry(history), of: card)
    }

    /// Notes a record behind those of its card, where they are here; a card that it issues begins with it.
    ///
    /// - Complexity: O(events of the record).
    func note(_ record: CardRecord) {
        if record.absorbedCard != nil {
            // What it absorbed is in another card's stream.
            young[record.card] = nil
            old[record.card] = nil
            return
        }
        renew(record.card)
        if let entry = young[record.card] {
            entry.later.append(record)
            weight += 1
        } else if case .cardIssued = record.events.first?.event {
            put(Entry(TransactionHistory(), [record]), of: record.card)
        }
    }

    /// Forgets everything, as records it has seen were not written.
    func forget() {
        young = [:]
        old = [:]
        weight = 0
    }

    /// Moves a card's entry from the old generation to the young one, where it is in the old one.
    private func renew(_ card: CardNumber) {
        if !old.isEmpty, let entry = old.removeValue(forKey: card) { put(entry, of: card) }
    }

    /// Puts an entry into the young generation, which it may be the first of: a full one grows old before, never with it.
    private func put(_ entry: Entry, of card: CardNumber) {
        if weight > largestGeneration {
            old = young
            young = [:]
            weight = 0
        }
        young[card] = entry
        weight += entry.weight
    }
}
