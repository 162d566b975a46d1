public import LoyaltyDomain

/// Folds events into what models of customer lifetimes are fitted on (DOMAIN.md 4.4): each card's purchases by local days.
///
/// Purchases only: visits, loads and grants are no purchases. A purchase counts with what corrections that took effect by the
/// end have left of it, and not at all where they withdrew it.
///
/// A purchase takes 24 bytes, whatever it was. A merge gives the merged card's transactions numbers that only whole histories tell,
/// so cards that merges touch are folded whole; which those are is known at the end of the log. Where `needsMore` tells so, fold it
/// once more, with a fold that knows them.
public struct LifetimesFold: Sendable {
    private let ends: [ProgramNumber: Timestamp]
    private var programs: [ProgramNumber] = []
    private var books: [PurchaseBook] = []
    private var histories: [CardNumber: TransactionHistory]
    private var merged: Set<CardNumber> = []

    /// Starts a fold.
    ///
    /// - Parameters:
    ///   - ends: The last instant that counts, for each program; cards of other programs are left out.
    ///   - whole: Cards whose histories are kept whole: those that merges touch.
    public init(endingAt ends: [ProgramNumber: Timestamp], keepingWhole whole: Set<CardNumber> = []) {
        self.ends = ends
        histories = Dictionary(uniqueKeysWithValues: whole.map { ($0, TransactionHistory()) })
    }

    /// The cards that a second fold has to keep whole; nil where this one is good.
    public var needsMore: Set<CardNumber>? {
        merged.allSatisfy { histories[$0] != nil } ? nil : merged.union(histories.keys)
    }

    /// Folds the next record of the ledger.
    ///
    /// - Complexity: O(events of the record); a merge costs what the merged card has.
    public mutating func fold(_ record: borrowing CardRecord) {
        for event in record.events {
            if case .cardIssued(_, _, let program) = event.event {
                books.append(PurchaseBook())
                programs.append(program)
            }
            let index = Int(record.card.rawValue) - 1
            guard books.indices.contains(index) else { return }
            let counts = ends[programs[index]].map { event.effectiveAt <= $0 } ?? false
            // An event that does not count yet still has its number on the card.
            let folded = counts ? event.event : .cardDeleted
            guard histories[record.card] != nil else {
                books[index].evolve(folded, on: record.moment.occurredOn)
                if case .cardAbsorbed(let source, _) = folded { note(source, into: record.card) }
                continue
            }
            let reference = record.texts.reference
            histories[record.card]?.evolve(folded, of: record.commandID, reference: reference, at: record.moment)
            if case .cardAbsorbed(let source, _) = folded { absorb(source, into: record.card) }
        }
    }

    private mutating func note(_ source: CardNumber, into target: CardNumber) {
        guard Int(source.rawValue) <= books.count, source != target else { return }
        merged.formUnion([source, target])
    }

    private mutating func absorb(_ source: CardNumber, into target: CardNumber) {
        note(source, into: target)
        guard source != target, let history = histories[source] else { return }
        histories[target]?.absorb(history)
        histories[source] = TransactionHistory()
    }

    /// The program and the figures of each card that has a purchase, in the order of the cards' numbers.
    ///
    /// - Parameter day: The day to which customers are observed.
    /// - Complexity: O(purchases log purchases of a card), for each card.
    public func rows(asOf day: LocalDay) -> [(program: ProgramNumber, row: LifetimesRow)] {
        books.indices.compactMap { index in
            let card = CardNumber(UInt32(index) + 1)
            let purchases = histories[card].map { PurchaseBook.purchases(in: $0) } ?? books[index].purchases
            return LifetimesRow(card, PurchaseDay.days(of: purchases), asOf: day).map { (programs[index], $0) }
        }
    }
}
