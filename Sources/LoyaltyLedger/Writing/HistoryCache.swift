internal import EventLog
internal import LoyaltyDomain

/// The histories of cards that were issued or corrected lately, so that most corrections read nothing from disk.
///
/// It holds whole histories only: of cards that were issued while it was there, and of cards that were read. Their records are kept as
/// bytes, as most are never asked for, and so that a given room holds many. That a card goes on is no reason to keep it. It belongs to the
/// writer thread.
final class HistoryCache {
    private var cache: GenerationCache<CardNumber, KeptHistory>

    /// An empty cache.
    ///
    /// - Parameter largestGeneration: About the bytes a generation takes, of which there are two.
    init(largestGeneration: Int) { cache = GenerationCache(largestGeneration: largestGeneration) }

    /// The history of a card, pending records included; nil where it must be read.
    func history(of card: CardNumber) -> KeptHistory? { cache.value(of: card) }

    /// Keeps the history of a card that was read.
    func keep(_ history: KeptHistory) { cache.keep(history, for: history.card) }

    /// Notes a record behind those of its card, where they are here; a card that it issues begins with it.
    ///
    /// - Parameters:
    ///   - first: The position of its first event.
    ///   - encoded: What the log gets of it.
    /// - Complexity: O(bytes of the record).
    func note(_ record: CardRecord, first: UInt64, encoded: (facts: [UInt8], details: [UInt8])) {
        let known = cache.peek(record.card)
        guard let history = known ?? issued(by: record) else { return }
        let before = history.byteCount
        history.records.append(record, first: first, encoded: encoded)
        if known == nil { keep(history) } else { cache.grow(by: history.byteCount - before) }
    }

    /// Forgets everything, as records it has seen were not written.
    func forget() { cache.forget() }

    /// The history of a card that a record issues, before the record; nil where it issues none.
    private func issued(by record: CardRecord) -> KeptHistory? {
        guard case .cardIssued = record.events.first?.event else { return nil }
        return KeptHistory(of: record.card)
    }
}
