public import LoyaltyDomain

/// Folds events into what models of customer lifetimes are fitted on (DOMAIN.md 4.4): each card's purchases by local days.
///
/// Purchases only: visits, loads and grants are no purchases. A purchase counts with what corrections that took effect by the
/// end have left of it, and not at all where they withdrew it.
public struct LifetimesFold: Sendable {
    private let ends: [ProgramNumber: Timestamp]
    private var histories: [TransactionHistory] = []
    private var programs: [ProgramNumber] = []

    /// Starts a fold.
    ///
    /// - Parameter ends: The last instant that counts, for each program; cards of other programs are left out.
    public init(endingAt ends: [ProgramNumber: Timestamp]) { self.ends = ends }

    /// Folds the next record of the ledger.
    ///
    /// - Complexity: O(events of the record); a merge costs what the merged card has.
    public mutating func fold(_ record: borrowing CardRecord) {
        for event in record.events {
            if case .cardIssued(_, _, let program) = event.event {
                histories.append(TransactionHistory())
                programs.append(program)
            }
            let index = Int(record.card.rawValue) - 1
            guard histories.indices.contains(index) else { return }
            let counts = ends[programs[index]].map { event.effectiveAt <= $0 } ?? false
            // An event that does not count yet still has its number on the card.
            let folded = counts ? event.event : .cardDeleted
            let reference = record.texts.reference
            histories[index].evolve(folded, of: record.commandID, reference: reference, at: record.moment)
            if case .cardAbsorbed(let source, _) = folded { absorb(source, into: index) }
        }
    }

    private mutating func absorb(_ source: CardNumber, into target: Int) {
        let index = Int(source.rawValue) - 1
        guard histories.indices.contains(index), index != target else { return }
        histories[target].absorb(histories[index])
        histories[index] = TransactionHistory()
    }

    /// The program and the figures of each card that has a purchase, in the order of the cards' numbers.
    ///
    /// - Parameter day: The day to which customers are observed.
    /// - Complexity: O(purchases log purchases of a card), for each card.
    public func rows(asOf day: LocalDay) -> [(program: ProgramNumber, row: LifetimesRow)] {
        histories.indices.compactMap { index in
            let purchases = histories[index].transactions.filter { $0.isPurchase && !$0.isWithdrawn }
            let days = PurchaseDay.days(of: purchases.map { ($0.occurredOn, $0.open) })
            let card = CardNumber(UInt32(index) + 1)
            return LifetimesRow(card, days, asOf: day).map { (programs[index], $0) }
        }
    }
}
