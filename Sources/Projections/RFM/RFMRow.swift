public import LoyaltyDomain

/// One card in the RFM table.
public struct RFMRow: Hashable, Sendable {
    /// The card.
    public let card: CardNumber

    // A million rows stand side by side: days and counts take the four bytes that they have in the card's state.
    private let days: Int32?
    private let count: Int32

    /// Net lifetime value.
    public let monetary: MinorUnits

    /// The scores, or nil where the scheme or the card has none.
    public let scores: RFMScores?

    /// Whether the last visit lies beyond the 90 days of the `visitsGrid`; never so under other schemes.
    public let isBeyondWindow: Bool

    /// The segment.
    public let segment: RFMSegment

    /// Days from the last visit to the as-of day, or nil where there is no visit; `rPackage` counts from the last purchase.
    ///
    /// At most the 2^31 - 1 days that 32 bits hold, which are more than there are between any two days of the calendar.
    public var recencyDays: Int? { days.map { Int($0) } }

    /// Visits, or purchases under `rPackage`.
    public var frequency: Int { Int(count) }

    init(
        card: CardNumber,
        recencyDays: Int?,
        frequency: Visits,
        monetary: MinorUnits,
        scores: RFMScores?,
        segment: RFMSegment,
        isBeyondWindow: Bool
    ) {
        self.card = card
        days = recencyDays.map { Int32(clamping: $0) }
        count = frequency.rawValue
        self.monetary = monetary
        self.scores = scores
        self.segment = segment
        self.isBeyondWindow = isBeyondWindow
    }
}

/// The three scores of a card, each from 1 (worst) to 5 (best).
public struct RFMScores: Hashable, Sendable {
    private let recency: UInt8
    private let frequency: UInt8
    private let monetary: UInt8

    /// Recency: 5 for the most recent.
    public var r: Int { Int(recency) }

    /// Frequency: 5 for the most frequent.
    public var f: Int { Int(frequency) }

    /// Monetary value: 5 for the highest.
    public var m: Int { Int(monetary) }

    init(r: Int, f: Int, m: Int) {
        recency = UInt8(r)
        frequency = UInt8(f)
        monetary = UInt8(m)
    }
}
