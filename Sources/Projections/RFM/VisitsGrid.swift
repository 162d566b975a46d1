import LoyaltyDomain

/// The platform's grid of days since the last visit and lifetime visits, clamped so that no card falls out of it (DOMAIN.md 4.1).
///
/// | days \ visits | 0-3       | 4-7     | 8 and more      |
/// |---------------|-----------|---------|-----------------|
/// | 30 or fewer   | Beginners | Growths | Champions       |
/// | 31-60         | Doubtful  | Medium  | Loyal           |
/// | 61 and more   | Sleeping  | At risk | Needs attention |
struct VisitsGrid: RFMScoring {
    /// Days of the vendor's grid; cards beyond it are flagged.
    static let window = 90

    private static let cells: [RFMSegment] = [
        "Beginners", "Growths", "Champions",
        "Doubtful", "Medium", "Loyal",
        "Sleeping", "At risk", "Needs attention",
    ].map(RFMSegment.init)

    private let day: LocalDay

    init(_ subjects: [RFMSubject], asOf day: LocalDay) { self.day = day }

    func row(of subject: RFMSubject) -> RFMRow? {
        let recency = subject.daysSinceLastVisit(asOf: day)
        return RFMRow(
            card: subject.card,
            recencyDays: recency,
            frequency: subject.visits,
            monetary: subject.lifetimeValue,
            scores: nil,
            segment: recency.map { Self.cells[Self.cell(days: $0, visits: subject.visits)] } ?? .notYetVisited,
            isBeyondWindow: recency.map { $0 > Self.window } ?? false
        )
    }

    private static func cell(days: Int, visits: Visits) -> Int {
        let row = days <= 30 ? 0 : days <= 60 ? 1 : 2
        let column = visits <= 3 ? 0 : visits <= 7 ? 1 : 2
        return row * 3 + column
    }
}
