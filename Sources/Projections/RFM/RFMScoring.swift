package import LoyaltyDomain

/// What a scheme has found out about a population: with it each card gets its row by itself.
protocol RFMScoring {
    /// Looks at the population.
    ///
    /// - Complexity: O(n) in the cards.
    init(_ subjects: [RFMSubject], asOf day: LocalDay)

    /// The row of a card of the population; nil where the scheme leaves it out.
    ///
    /// - Complexity: O(1).
    func row(of subject: RFMSubject) -> RFMRow?
}

extension RFMScheme {
    /// Calls `body` with the row of each card that the scheme covers, in the order of the cards.
    ///
    /// - Complexity: O(n), where n is the number of cards; a million rows need not stand side by side.
    package func forEachRow(of subjects: [RFMSubject], asOf day: LocalDay, _ body: (RFMRow) -> Void) {
        func go(_ scoring: some RFMScoring) {
            for subject in subjects {
                if let row = scoring.row(of: subject) { body(row) }
            }
        }
        switch self {
        case .visitsGrid: go(VisitsGrid(subjects, asOf: day))
        case .quintiles: go(Quintiles(subjects, asOf: day))
        case .rPackage: go(RPackage(subjects, asOf: day))
        }
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
