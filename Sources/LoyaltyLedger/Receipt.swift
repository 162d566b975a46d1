public import LoyaltyDomain

/// The ledger's answer to a command: durable, and the same whenever the command is sent again (R20).
public struct Receipt: Hashable, Sendable {
    /// The command.
    public let commandID: CommandID
    /// The card.
    public let card: CardID
    /// The positions of its events in the log.
    public let positions: ClosedRange<UInt64>
    /// When it happened.
    public let occurredAt: Timestamp
    /// When the ledger learnt of it.
    public let recordedAt: Timestamp
    /// What happened, due facts first; a refusal is the last of them.
    public let events: [EffectiveEvent]
    /// Why the command was refused, or nil where it was accepted.
    public let refusal: Refusal?
    /// Whether the command had been answered before; nothing was recorded this time.
    public let isRepeat: Bool

    init(_ record: CardRecord, card: CardID, firstPosition: UInt64, isRepeat: Bool) {
        commandID = record.commandID
        self.card = card
        positions = firstPosition...firstPosition + UInt64(record.events.count) - 1
        occurredAt = record.moment.occurredAt
        recordedAt = record.recordedAt
        events = record.events
        refusal = record.refusal
        self.isRepeat = isRepeat
    }
}
