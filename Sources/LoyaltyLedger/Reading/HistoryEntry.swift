public import LoyaltyDomain

/// One event of a card's history, with who, when and what it left behind (S55).
public struct HistoryEntry: Hashable, Sendable {
    /// Its position in the log.
    public let position: UInt64
    /// Its dense number on the card.
    public let version: CardVersion
    /// The command it belongs to.
    public let commandID: CommandID
    /// When it happened at the till.
    public let occurredAt: Timestamp
    /// When the ledger learnt of it.
    public let recordedAt: Timestamp
    /// What happened, and from when it counts.
    public let event: EffectiveEvent
    /// The way the command came in.
    public let source: CommandSource
    /// Who, with what, where (S56).
    public let attribution: Attribution
    /// What was written beside it.
    ///
    /// The internal note is for staff only (I9).
    public let texts: RecordTexts
    /// The card right after it, in recorded order.
    public let stateAfter: CardState
}
