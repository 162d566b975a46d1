import LoyaltyDomain

/// Quintile scores on the five-by-five map of recency and frequency (DOMAIN.md 4.2).
///
/// A score is 1 + floor(5 x strictly worse / n) over the cards with a visit; equal cards have equal scores. M is scored for the
/// table and does not enter the segment.
struct Quintiles: RFMScoring {
    /// One line per R from 1 to 5; in it, one letter per F from 1 to 5.
    private static let map = ["HHRRC", "HHRRC", "SSNLL", "OPPLL", "WPPKK"]

    private static let names: [Character: String] = [
        "H": "Hibernating", "R": "At risk", "C": "Can't lose", "S": "About to sleep", "N": "Need attention",
        "L": "Loyal", "O": "Promising", "W": "New", "P": "Potential loyalists", "K": "Champions",
    ]

    private static let cells: [RFMSegment] = map.joined().map { RFMSegment(names[$0, default: ""]) }

    /// The segment of an R and an F from 1 to 5.
    static func segment(r: Int, f: Int) -> RFMSegment { cells[(r - 1) * 5 + f - 1] }

    private let day: LocalDay
    private let recency: ScoreCuts
    private let frequency: ScoreCuts
    private let monetary: ScoreCuts

    init(_ subjects: [RFMSubject], asOf day: LocalDay) {
        var (days, visits, amounts): ([Int64], [Int64], [Int64]) = ([], [], [])
        for subject in subjects {
            guard let since = subject.daysSinceLastVisit(asOf: day) else { continue }
            // The more days, the worse: the negative counts the strictly worse as the strictly smaller.
            days.append(-Int64(since))
            visits.append(Int64(subject.visits.rawValue))
            amounts.append(subject.lifetimeValue.rawValue)
        }
        self.day = day
        recency = ScoreCuts.ranks(of: days)
        frequency = ScoreCuts.ranks(of: visits)
        monetary = ScoreCuts.ranks(of: amounts)
    }

    func row(of subject: RFMSubject) -> RFMRow? {
        let days = subject.daysSinceLastVisit(asOf: day)
        let scores = days.map { days in
            RFMScores(
                r: recency.bucket(of: -Int64(days)),
                f: frequency.bucket(of: Int64(subject.visits.rawValue)),
                m: monetary.bucket(of: subject.lifetimeValue.rawValue)
            )
        }
        return RFMRow(
            card: subject.card,
            recencyDays: days,
            frequency: subject.visits,
            monetary: subject.lifetimeValue,
            scores: scores,
            segment: scores.map { Self.segment(r: $0.r, f: $0.f) } ?? .notYetVisited,
            isBeyondWindow: false
        )
    }
}
