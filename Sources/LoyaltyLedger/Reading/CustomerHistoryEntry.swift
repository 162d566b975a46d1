public import LoyaltyDomain

/// One event of a card's history as its customer may see it: no staff, no device and no internal note (I9, R18).
public struct CustomerHistoryEntry: Hashable, Sendable {
    /// When it happened at the till.
    public let occurredAt: Timestamp
    /// What happened.
    public let event: CardEvent
    /// The shop's own number for it.
    public let reference: String?
    /// What the shop wrote for the customer; the default for what a person did by hand (S54).
    public let comment: String?
    /// What it added to the stamps, or took from them.
    public let stampsChange: Stamps
    /// What it added to the rewards there to redeem, or took from them.
    public let rewardsChange: Rewards
    /// Stamps there right after it.
    public let balance: Stamps
    /// Rewards to redeem right after it.
    public let rewardsAvailable: Rewards

    /// What stands beside a manual adjustment that has no comment of its own.
    public static let defaultComment = "Manual adjustments"

    /// The entry as a customer may see it, or nil where it is not for customers: refusals, what only guards remember, what the shop alone
    /// has to do with a dispute, and what only a later version knows.
    ///
    /// - Parameters:
    ///   - entry: The entry.
    ///   - before: The card right before it; nil before the first.
    ///   - isCommented: Whether it is the event of its command beside which the comment stands.
    init?(_ entry: HistoryEntry, since before: CardState?, isCommented: Bool) {
        switch entry.event.event {
        case .commandRefused, .referenceClaimed, .evidenceAdded, .caseRemedied, .unknown: return nil
        default: break
        }
        occurredAt = entry.occurredAt
        event = entry.event.event
        let byDefault = entry.event.event.isManualAdjustment ? Self.defaultComment : nil
        comment = isCommented ? entry.texts.customerComment ?? byDefault : nil
        reference = entry.texts.reference
        stampsChange = entry.stateAfter.balance - (before?.balance ?? 0)
        rewardsChange = entry.stateAfter.rewardsAvailable - (before?.rewardsAvailable ?? 0)
        balance = entry.stateAfter.balance
        rewardsAvailable = entry.stateAfter.rewardsAvailable
    }
}

extension CardEvent {
    /// Whether it was recorded before what the command asked for: an issue on the way, or a due fact.
    fileprivate var precedesCommand: Bool {
        switch self {
        case .cardIssued, .termSet, .stampsLapsed, .cardExpired, .periodStarted: true
        default: false
        }
    }

    /// Whether a person changed stamps, points or rewards by hand.
    fileprivate var isManualAdjustment: Bool {
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

extension CustomerHistoryEntry {
    /// What a customer may see of a card's whole history, in its order.
    package static func visible(in entries: [HistoryEntry]) -> [CustomerHistoryEntry] {
        var visible: [CustomerHistoryEntry] = []
        var commented: CommandID?
        for (index, entry) in entries.enumerated() {
            // A comment stands once beside a command: at its own event, or at the last where all others came first.
            let isLast = index + 1 == entries.count || entries[index + 1].commandID != entry.commandID
            let isCommented = commented != entry.commandID && (isLast || !entry.event.event.precedesCommand)
            if isCommented { commented = entry.commandID }
            let before = index > 0 ? entries[index - 1].stateAfter : nil
            if let seen = CustomerHistoryEntry(entry, since: before, isCommented: isCommented) { visible.append(seen) }
        }
        return visible
    }
}
