import LoyaltyDomain

/// Scores and segments exactly as the R package `rfm` 0.3.0 computes them (DOMAIN.md 4.3).
///
/// Frequency is the number of purchases, monetary the net lifetime value in minor units, recency counts from the last purchase, and
/// cards without a purchase are left out. A population of equals scores R 5, F 1, M 1.
struct RPackage: RFMScoring {
    /// The scores a segment takes.
    private struct Box {
        let name: String
        let r: ClosedRange<Int>
        let f: ClosedRange<Int>
        let m: ClosedRange<Int>
    }

    /// The package's defaults in their order: the first that matches names the card.
    private static let boxes = [
        Box(name: "Champions", r: 5...5, f: 5...5, m: 5...5),
        Box(name: "Potential Loyalist", r: 3...5, f: 3...5, m: 2...5),
        Box(name: "Loyal Customers", r: 2...4, f: 2...4, m: 2...4),
        Box(name: "Promising", r: 3...4, f: 1...3, m: 3...5),
        Box(name: "New Customers", r: 4...5, f: 1...3, m: 1...5),
        Box(name: "Can't Lose Them", r: 1...2, f: 3...4, m: 4...5),
        Box(name: "At Risk", r: 1...2, f: 2...5, m: 4...5),
        Box(name: "Need Attention", r: 1...3, f: 3...5, m: 3...5),
        Box(name: "About To Sleep", r: 2...3, f: 1...3, m: 1...4),
        Box(name: "Lost", r: 1...1, f: 1...5, m: 1...5),
    ]

    /// The segment of each of the 125 cells, by R, then F, then M.
    private static let cells: [RFMSegment] = (0..<125).map { cell in
        let (r, f, m) = (cell / 25 + 1, cell / 5 % 5 + 1, cell % 5 + 1)
        return RFMSegment(boxes.first { $0.r ~= r && $0.f ~= f && $0.m ~= m }?.name ?? "Others")
    }

    /// The segment of three scores from 1 to 5.
    static func segment(of scores: RFMScores) -> RFMSegment {
        cells[(scores.r - 1) * 25 + (scores.f - 1) * 5 + scores.m - 1]
    }

    private let day: LocalDay
    private let recency: ScoreCuts
    private let frequency: ScoreCuts
    private let monetary: ScoreCuts

    init(_ subjects: [RFMSubject], asOf day: LocalDay) {
        var (days, purchases, amounts): ([Int64], [Int64], [Int64]) = ([], [], [])
        for subject in subjects {
            guard let since = subject.daysSinceLastPurchase(asOf: day) else { continue }
            days.append(Int64(since))
            purchases.append(Int64(subject.purchases.rawValue))
            amounts.append(subject.lifetimeValue.rawValue)
        }
        self.day = day
        recency = ScoreCuts.typeSevenQuantilesPlusOne(of: days)
        frequency = ScoreCuts.typeSevenQuantilesPlusOne(of: purchases)
        monetary = ScoreCuts.typeSevenQuantilesPlusOne(of: amounts)
    }

    func row(of subject: RFMSubject) -> RFMRow? {
        guard let days = subject.daysSinceLastPurchase(asOf: day) else { return nil }
        let scores = RFMScores(
            r: 6 - recency.bucket(of: Int64(days)),
            f: frequency.bucket(of: Int64(subject.purchases.rawValue)),
            m: monetary.bucket(of: subject.lifetimeValue.rawValue)
        )
        return RFMRow(
            card: subject.card,
            recencyDays: days,
            frequency: subject.purchases,
            monetary: subject.lifetimeValue,
            scores: scores,
            segment: Self.segment(of: scores),
            isBeyondWindow: false
        )
    }
}
