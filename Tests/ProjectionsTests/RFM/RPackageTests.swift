import LoyaltyDomain
import Testing

@testable import Projections

@Suite("r-rfm")
struct RPackageTests {
    @Test(
        "names a card by the first segment that matches",
        arguments: [
            (555, "Champions"), (554, "Potential Loyalist"), (333, "Potential Loyalist"), (342, "Potential Loyalist"),
            (332, "Potential Loyalist"), (222, "Loyal Customers"), (444, "Potential Loyalist"),
            (424, "Loyal Customers"),
            (414, "Promising"), (315, "Promising"), (511, "New Customers"), (435, "Potential Loyalist"),
            (431, "New Customers"), (134, "Can't Lose Them"), (245, "Can't Lose Them"), (125, "At Risk"),
            (154, "At Risk"), (133, "Need Attention"), (253, "Need Attention"), (211, "About To Sleep"),
            (311, "About To Sleep"), (111, "Lost"), (115, "Lost"), (551, "Others"), (541, "Others"), (215, "Others"),
        ]
    )
    func firstMatch(scores: Int, name: String) {
        let scores = RFMScores(r: scores / 100, f: scores / 10 % 10, m: scores % 10)
        #expect(RPackage.segment(of: scores).name == name)
    }

    @Test("divide the 125 cells as published: ten names and Others")
    func cells() {
        var counts: [String: Int] = [:]
        for r in 1...5 {
            for f in 1...5 {
                for m in 1...5 { counts[RPackage.segment(of: RFMScores(r: r, f: f, m: m)).name, default: 0] += 1 }
            }
        }
        #expect(
            counts == [
                "Potential Loyalist": 35, "Loyal Customers": 15, "New Customers": 15, "Lost": 14, "About To Sleep": 10,
                "Others": 10, "Promising": 8, "At Risk": 7, "Can't Lose Them": 6, "Need Attention": 4, "Champions": 1,
            ]
        )
    }

    @Test("score a population of equals R 5, F 1, M 1", arguments: [1, 2, 7, 100] as [UInt32])
    func equals(count: UInt32) {
        let rows = RFMScheme.rPackage.rows(of: (1...count).map { card($0, days: 4, visits: 2, spent: 50) }, asOf: today)
        #expect(rows.count == Int(count))
        #expect(Set(rows.map(\.scores)) == [RFMScores(r: 5, f: 1, m: 1)])
        #expect(Set(rows.map(\.segment.name)) == ["New Customers"])
    }

    @Test("count purchases and the days since the last, and leave out cards without one")
    func purchasesOnly() {
        let visitor = RFMSubject(
            card: CardNumber(2),
            lastVisit: today,
            visits: 5,
            lastPurchase: nil,
            purchases: 0,
            lifetimeValue: MinorUnits(900)
        )
        let buyer = RFMSubject(
            card: CardNumber(3),
            lastVisit: today,
            visits: 5,
            lastPurchase: today.advanced(byDays: -8),
            purchases: 2,
            lifetimeValue: MinorUnits(900)
        )
        let rows = RFMScheme.rPackage.rows(of: [card(1, days: nil, visits: 0), visitor, buyer], asOf: today)
        #expect(rows.map(\.card) == [CardNumber(3)])
        #expect(rows.map(\.recencyDays) == [8])
        #expect(rows.map(\.frequency) == [2])
    }
}
