import LoyaltyDomain
import Testing

@testable import Projections

@Suite("quintiles")
struct QuintilesTests {
    @Test(
        "divide all 25 cells of R and F among ten names",
        arguments: [
            (1, "Hibernating Hibernating At_risk At_risk Can't_lose"),
            (2, "Hibernating Hibernating At_risk At_risk Can't_lose"),
            (3, "About_to_sleep About_to_sleep Need_attention Loyal Loyal"),
            (4, "Promising Potential_loyalists Potential_loyalists Loyal Loyal"),
            (5, "New Potential_loyalists Potential_loyalists Champions Champions"),
        ]
    )
    func partition(r: Int, line: String) {
        let names = line.split(separator: " ").map { String($0.map { $0 == "_" ? " " : $0 }) }
        #expect((1...5).map { Quintiles.segment(r: r, f: $0).name } == names)
    }

    @Test("score 1 + floor(5 x strictly worse / n)")
    func scores() {
        let cards = (1...10).map { card(UInt32($0), days: Int32(100 - $0), visits: Int32($0), spent: Int64($0)) }
        let rows = RFMScheme.quintiles.rows(of: cards, asOf: today)
        let expected = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
        #expect(rows.map(\.scores?.r) == expected)
        #expect(rows.map(\.scores?.f) == expected)
        #expect(rows.map(\.scores?.m) == expected)
        #expect(rows.map(\.segment.name).first == "Hibernating")
        #expect(rows.map(\.segment.name).last == "Champions")
    }

    @Test("give ties the score of the worst place among them")
    func ties() {
        let visits: [Int32] = [1, 1, 1, 1, 1, 1, 2, 2, 9, 9]
        let cards = visits.enumerated().map { card(UInt32($0 + 1), days: 3, visits: $1) }
        let rows = RFMScheme.quintiles.rows(of: cards, asOf: today)
        #expect(rows.map(\.scores?.f) == [1, 1, 1, 1, 1, 1, 4, 4, 5, 5])
        #expect(rows.map(\.scores?.r) == Array(repeating: 1, count: 10))
    }

    @Test("score a single card and a population of equals 1", arguments: [1, 2, 5, 1000] as [UInt32])
    func equals(count: UInt32) {
        let rows = RFMScheme.quintiles.rows(of: (1...count).map { card($0, days: 0, visits: 9, spent: 5) }, asOf: today)
        #expect(Set(rows.map(\.scores)) == [RFMScores(r: 1, f: 1, m: 1)])
        #expect(Set(rows.map(\.segment.name)) == ["Hibernating"])
    }

    @Test("leave cards without a visit out of n and unscored")
    func notYetVisited() {
        let visited = (1...5).map { card(UInt32($0), days: Int32($0), visits: Int32($0)) }
        let alone = RFMScheme.quintiles.rows(of: visited, asOf: today)
        let others = (6...40).map { card(UInt32($0), days: nil, visits: 0, spent: 99) }
        let rows = RFMScheme.quintiles.rows(of: visited + others, asOf: today)
        #expect(Array(rows.prefix(5)) == alone)
        #expect(rows.dropFirst(5).allSatisfy { $0.scores == nil && $0.segment == .notYetVisited })
    }

    @Test("agree with counting the strictly worse one by one", arguments: UInt64(1)...10)
    func naive(seed: UInt64) {
        let cards = randomPopulation(of: 83, seed: seed)
        let visited = cards.filter { $0.visits > 0 }
        let rows = RFMScheme.quintiles.rows(of: cards, asOf: today).filter { $0.scores != nil }
        for (card, row) in zip(visited, rows) {
            let worse = (
                r: visited.count { $0.lastVisit ?? today < card.lastVisit ?? today },
                f: visited.count { $0.visits < card.visits },
                m: visited.count { $0.lifetimeValue < card.lifetimeValue }
            )
            let score = { 1 + 5 * $0 / visited.count }
            #expect(row.scores == RFMScores(r: score(worse.r), f: score(worse.f), m: score(worse.m)))
        }
    }
}
