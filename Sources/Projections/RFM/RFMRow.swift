public import LoyaltyDomain

/// One card in the RFM table.
public struct RFMRow: Hashable, Sendable {
    /// The card.
    public let card: CardNumber

    /// Days from the last visit to the as-of day, or nil where there is no visit; `rPackage` counts from the last purchase.
    public let recencyDays: Int?

    /// Visits, or purchases under `rPackage`.
    public let frequency: Int

    /// Net lifetime value.
    public let monetary: MinorUnits

    /// The scores, or nil where the scheme or the card has none.
    public let scores: RFMScores?

    /// The segment.
    public let segment: RFMSegment

    /// Whether the last visit lies beyond the 90 days of the `visitsGrid`; never so under other schemes.
    public let isBeyondWindow: Bool
}

/// The three scores of a card, each from 1 (worst) to 5 (best).
public struct RFMScores: Hashable, Sendable {
    /// Recency: 5 for the most recent.
    public let r: Int

    /// Frequency: 5 for the most frequent.
    public let f: Int

    /// Monetary value: 5 for the highest.
    public let m: Int
}
