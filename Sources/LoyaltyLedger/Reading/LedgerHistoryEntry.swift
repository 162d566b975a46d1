public import LoyaltyDomain

/// One event of any card's history, with the card it belongs to and what it found.
public struct LedgerHistoryEntry: Hashable, Sendable {
    /// The card.
    public let card: CardID
    /// Who holds it, by pseudonym.
    public let customer: CustomerID
    /// The card right before the event; nil before the first.
    public let stateBefore: CardState?
    /// The event.
    public let entry: HistoryEntry

    /// The number of the card's program.
    public var program: ProgramNumber { entry.stateAfter.program }
}
