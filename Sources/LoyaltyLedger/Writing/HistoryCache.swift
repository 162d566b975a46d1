internal import LoyaltyDomain

/// The transactions of cards that were issued or corrected lately, so that most corrections read nothing from disk.
///
/// It holds whole histories only: of cards that were issued while it was there, and of cards that were read. Two generations bound it: when the young one
/// is full it becomes the old one, and what nobody asks for meanwhile is forgotten. It belongs to the writer thread.
final class HistoryCache {
    /// Transactions a generation holds, each card counting as one more; two generations take about 20 MB.
    private static let largestGeneration = 32_768

    private var young: [CardNumber: TransactionHistory] = [:]
    private var old: [CardNumber: TransactionHistory] = [:]
    private var weight = 0

    /// The history of a card, pending records included; nil where it must be read.
    ///
    /// - Complexity: O(1).
    func history(of card: CardNumber) -> TransactionHistory? {
        if let known = young[card] { return known }
        return renew(card) ? young[card] : nil
    }

    /// Keeps the history of a card that was read.
    func keep(_ history: TransactionHistory, of card: CardNumber) {
        young[card] = history
        add(history.transactions.count + 1)
    }

    /// Folds a record into the history of its card, where that is here; a card that it issues begins one.
    ///
    /// - Complexity: O(events of the record).
    func note(_ record: CardRecord) {
        if record.absorbedCard != nil {
            // What it absorbed is in another card's stream.
            young[record.card] = nil
            old[record.card] = nil
        } else if young[record.card] != nil || renew(record.card) {
            young[record.card]?.evolve(record)
            add(1)
        } else if case .cardIssued = record.events.first?.event {
            young[record.card] = TransactionHistory()
            young[record.card]?.evolve(record)
            add(2)
        }
    }

    /// Forgets everything, as records it has seen were not written.
    func forget() {
        young = [:]
        old = [:]
        weight = 0
    }

    /// Moves a card's history from the old generation to the young one; false where it is in neither.
    private func renew(_ card: CardNumber) -> Bool {
        guard let history = old.removeValue(forKey: card) else { return false }
        keep(history, of: card)
        return true
    }

    private func add(_ count: Int) {
        weight += count
        guard weight > Self.largestGeneration else { return }
        old = young
        young = [:]
        weight = 0
    }
}
