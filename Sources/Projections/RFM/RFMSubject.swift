public import LoyaltyDomain

/// What segmentation reads of one card.
public struct RFMSubject: Hashable, Sendable {
    /// The card.
    public var card: CardNumber

    /// The local day of the last visit that counts, or nil where there is none.
    public var lastVisit: LocalDay?

    /// Visits that count.
    public var visits: Visits

    /// The local day of the last purchase that counts, or nil where there is none.
    public var lastPurchase: LocalDay?

    /// Purchases that count.
    public var purchases: Visits

    /// Net lifetime value; never negative (I1).
    public var lifetimeValue: MinorUnits

    /// Creates a subject.
    public init(
        card: CardNumber,
        lastVisit: LocalDay?,
        visits: Visits,
        lastPurchase: LocalDay?,
        purchases: Visits,
        lifetimeValue: MinorUnits
    ) {
        self.card = card
        self.lastVisit = lastVisit
        self.visits = visits
        self.lastPurchase = lastPurchase
        self.purchases = purchases
        self.lifetimeValue = lifetimeValue
    }

    /// Creates the subject that a card's state amounts to.
    public init(_ card: CardNumber, _ state: borrowing CardState) {
        self.init(
            card: card,
            lastVisit: state.lastDays.visit,
            visits: state.visits,
            lastPurchase: state.lastDays.purchase,
            purchases: state.purchases,
            lifetimeValue: state.lifetimeValue
        )
    }
}
