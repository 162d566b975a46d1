import LoyaltyLedger

/// Whose words a history uses for its events.
enum Wording: String, CaseIterable {
    /// The ledger's own.
    case ledger
    /// Those that users of the platform know; shown to people only, since one word of theirs stands for different facts (C3).
    case vendor

    /// What a table shows for an event.
    func label(_ event: CardEvent, named name: String) -> String {
        self == .vendor ? event.vendorLabel ?? name : name
    }
}

extension CardEvent {
    /// What the platform calls the event, where it has a name of its own (S28, S29).
    fileprivate var vendorLabel: String? {
        switch self {
        case .purchaseRecorded, .visitRecorded: "purchase"
        case .amountRefunded(_, _, let correction):
            correction.clawback.taken > 0 ? "refund of amount spent, stamps redeemed" : "refund of amount spent"
        case .visitsRemoved(_, let correction): correction.clawback.taken > 0 ? "stamps redeemed" : "refund"
        case .stampsRemoved: "stamps redeemed"
        case .stampsAdded, .rewardsGranted: "manual adjustment"
        case .rewardsRedeemed, .milestoneRedeemed: "reward redeemed"
        case .rewardsRemoved: "reward redeemed"
        default: nil
        }
    }
}
