internal import LoyaltyDomain

/// The histories of cards that were issued or corrected lately, so that most corrections read nothing from disk.
///
/// It holds whole histories only: of cards that were issued while it was there, and of cards that were read. Their records are kept as
/// bytes, as most are never asked for, and so that a given room holds many. Two generations bound it: when the young one is full it
/// becomes the old one, and what nobody asks for meanwhile is forgotten; that a card goes on is no reason to keep it. It belongs to
/// the writer thread.
final class HistoryCache {
    private let largestGeneration: Int
    private var young: [CardNumber: KeptHistory] = [:]
    private var old: [CardNumber: KeptHistory] = [:]
    private var byteCount = 0

    /// An empty cache.
    ///
    /// - Parameter largestGeneration: About the bytes a generation takes, of which there are two.
    init(largestGeneration: Int) { self.largestGeneration = largestGeneration }

    /// The history of a card, pending records included; nil where it must be read.
    func history(of card: CardNumber) -> KeptHistory? {
        renew(card)
        return young[card]
    }

    /// Keeps the history of a card that was read.
    func keep(_ history: KeptHistory) { put(history) }

    /// Notes a record behind those of its card, where they are here; a card that it issues begins with it.
    ///
    /// - Parameters:
    ///   - first: The position of its first event.
    ///   - encoded: What the log gets of it.
    /// - Complexity: O(bytes of the record).
    func note(_ record: CardRecord, first: UInt64, encoded: (facts: [UInt8], details: [UInt8])) {
        if let history = young[record.card] ?? old[record.card] {
            let before = history.byteCount
            history.records.append(record, first: first, encoded: encoded)
            byteCount += history.byteCount - before
        } else if case .cardIssued = record.events.first?.event {
            let history = KeptHistory(of: record.card)
            history.records.append(record, first: first, encoded: encoded)
            put(history)
        }
    }

    /// Forgets everything, as records it has seen were not written.
    func forget() {
        young = [:]
        old = [:]
        byteCount = 0
    }

    /// Moves a card's history from the old generation to the young one, where it is in the old one.
    private func renew(_ card: CardNumber) {
        if !old.isEmpty, let history = old.removeValue(forKey: card) { put(history) }
    }

    /// Puts a history into the young generation, which it may be the first of: a full one grows old before, never with it.
    private func put(_ history: KeptHistory) {
        if byteCount > largestGeneration {
            old = young
            young = [:]
            byteCount = 0
        }
        young[history.card] = history
        byteCount += history.byteCount
    }
}
