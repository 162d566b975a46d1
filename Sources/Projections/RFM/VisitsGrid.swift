import LoyaltyDomain

/// The platform's grid of days since the last visit and lifetime visits, clamped so that no card falls out of it (DOMAIN.md 4.1).
///
/// | days \ visits | 0-3       | 4-7     | 8 and more      |
/// |---------------|-----------|---------|-----------------|
/// | 30 or fewer   | Beginners | Growths | Champions       |
/// | 31-60         | Doubtful  | Medium  | Loyal           |
/// | 61 and more   | Sleeping  | At risk | Needs attention |
enum VisitsGrid {
    /// Days of the vendor's grid; cards beyond it are flagged.
    static let window = 90

    private static let cells: [RFMSegment] = [
        "Beginners", "Growths", "Champions",
        "Doubtful", "Medium", "Loyal",
        "Sleeping", "At risk", "Needs attention",
    ].map(RFMSegment.init)

    static func rows(of subjects: [RFMSubject], asOf day: LocalDay) -> [RFMRow] {
        let cells = cells
        return subjects.map { subject in
            let recency = subject.daysSinceLastVisit(asOf: day)
            return RFMRow(
                card: subject.card,
                recencyDays: recency,
                frequency: Int(subject.visits.rawValue),
                monetary: subject.lifetimeValue,
                scores: nil,
                segment: recency.map { cells[cell(days: $0, visits: subject.visits)] } ?? .notYetVisited,
                isBeyondWindow: recency.map { $0 > window } ?? false
            )
        }
    }

    private static func cell(days: Int, visits: Visits) -> Int {
        let row = days <= 30 ? 0 : days <= 60 ? 1 : 2
        let column = visits <= 3 ? 0 : visits <= 7 ? 1 : 2
        return row * 3 + column
    }
}

extension RFMSubject {
    /// Days from the last visit to that day, or nil where there is no visit.
    func daysSinceLastVisit(asOf day: LocalDay) -> Int? {
        guard visits > 0, let lastVisit else { return nil }
        return Int(day.daysSince1970) - Int(lastVisit.daysSince1970)
    }

    /// Days from the last purchase to that day, or nil where there is no purchase.
    func daysSinceLastPurchase(asOf day: LocalDay) -> Int? {
        guard purchases > 0, let lastPurchase else { return nil }
        return Int(day.daysSince1970) - Int(lastPurchase.daysSince1970)
    }
}
