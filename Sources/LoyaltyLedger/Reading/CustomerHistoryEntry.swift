public import LoyaltyDomain

/// One event of a card as its holder may see it: no internal note, no staff, no device, no place, no refusals (S59, R18, I9).
public struct CustomerHistoryEntry: Hashable, Sendable {
    /// When it happened.
    public let occurredAt: Timestamp
    /// What happened.
    public let event: CardEvent
    /// The shop's own number for it.
    public let reference: String?
    /// What the shop wrote to the customer; a change by hand without words has `defaultComment`.
    public let comment: String?
    /// The card right before it; nil before the first event.
    public let stateBefore: CardState?
    /// The card right after it.
    public let stateAfter: CardState

    /// The comment of a change by hand that has none of its own (S54).
    public static let defaultComment = "Manual adjustments"

    /// What a holder may see of an event; nil where it is none of their business.
    init?(_ entry: HistoryEntry, before state: CardState?) {
        if case .commandRefused = entry.event.event { return nil }
        occurredAt = entry.occurredAt
        event = entry.event.event
        reference = entry.texts.reference
        comment = entry.texts.customerComment ?? (event.isByHand ? CustomerHistoryEntry.defaultComment : nil)
        stateBefore = state
        stateAfter = entry.stateAfter
    }
}

extension CardEvent {
    /// Whether a person changed a balance, rewards or a tier without a sale behind it.
    fileprivate var isByHand: Bool {
        switch self {
        case .stampsAdded, .stampsRemoved, .bonusRemoved, .rewardsGranted, .grantReversed, .rewardsRemoved,
            .claimRemoved:
            true
        case .stampsCredited(let credit): credit.cause == .manual
        case .tierChanged(let change): change.cause == .manual || change.cause == .unpinned
        default: false
        }
    }
}
