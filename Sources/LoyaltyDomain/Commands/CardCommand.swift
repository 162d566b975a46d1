/// A request about one card that may be refused.
public struct CardCommand: Hashable, Sendable {
    /// The card it is about.
    public var card: CardID

    /// What is asked for.
    public var action: CardAction

    /// When it happened at the till.
    ///
    /// The ledger adds when it learnt of it.
    public var occurredAt: Timestamp

    /// Creates a command.
    public init(_ action: CardAction, on card: CardID, at occurredAt: Timestamp) {
        self.card = card
        self.action = action
        self.occurredAt = occurredAt
    }
}
