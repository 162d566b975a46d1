public import LoyaltyDomain

/// Folds events into what models of customer lifetimes are fitted on (DOMAIN.md 4.4): each card's purchases by local days.
///
/// Purchases only: visits, loads and grants are no purchases. A purchase counts with what corrections that took effect by the
/// end have left of it, and not at all where they withdrew it.
public struct LifetimesFold: Sendable {
    private let horizon: Horizon
    private var histories: [TransactionHistory] = []
    private var programs: [ProgramNumber] = []

    /// Starts a fold.
    ///
    /// - Parameter horizon: What counts, and the day to which customers are observed.
    public init(within horizon: Horizon) { self.horizon = horizon }

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
            let counts = horizon.counts(event, recordedAt: record.recordedAt, of: programs[index])
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
    /// - Complexity: O(purchases log purchases of a card), for each card.
    public var rows: [(program: ProgramNumber, row: LifetimesRow)] {
        histories.indices.compactMap { index in
            guard let day = horizon.day(of: programs[index]) else { return nil }
            let purchases = histories[index].transactions.filter { $0.isPurchase && !$0.isWithdrawn }
            let days = PurchaseDay.days(of: purchases.map { ($0.occurredOn, $0.open) })
            let card = CardNumber(UInt32(index) + 1)
            return LifetimesRow(card, days, asOf: day).map { (programs[index], $0) }
        }
    }
}
