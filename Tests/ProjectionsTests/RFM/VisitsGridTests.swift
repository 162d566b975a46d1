import LoyaltyDomain
import Projections
import Testing

@Suite("visits-grid")
struct VisitsGridTests {
    @Test(
        "names the cell of days and visits, clamped at every edge",
        arguments: [
            (0, 1, "Beginners"), (30, 3, "Beginners"), (0, 4, "Growths"), (30, 7, "Growths"),
            (0, 8, "Champions"), (30, 12, "Champions"), (1, 13, "Champions"), (1, 100_000, "Champions"),
            (31, 1, "Doubtful"), (60, 3, "Doubtful"), (31, 4, "Medium"), (60, 7, "Medium"),
            (31, 8, "Loyal"), (60, 500, "Loyal"),
            (61, 3, "Sleeping"), (90, 1, "Sleeping"), (91, 1, "Sleeping"), (20_000, 2, "Sleeping"),
            (61, 4, "At risk"), (9000, 7, "At risk"), (61, 8, "Needs attention"), (9000, 13, "Needs attention"),
        ] as [(Int32, Int32, String)]
    )
    func cells(days: Int32, visits: Int32, name: String) throws {
        let row = try #require(RFMScheme.visitsGrid.rows(of: [card(days: days, visits: visits)], asOf: today).first)
        #expect(row.segment.name == name)
        #expect(row.recencyDays == Int(days))
        #expect(row.frequency == Int(visits))
        #expect(row.scores == nil)
    }

    @Test("flags a card beyond the window of 90 days", arguments: [(0, false), (90, false), (91, true), (5000, true)])
    func window(days: Int32, isBeyond: Bool) {
        let rows = RFMScheme.visitsGrid.rows(of: [card(days: days, visits: 5)], asOf: today)
        #expect(rows.map(\.isBeyondWindow) == [isBeyond])
    }

    @Test("keeps a card without a visit apart, whatever its LTV")
    func notYetVisited() {
        let rows = RFMScheme.visitsGrid.rows(of: [card(days: nil, visits: 0, spent: 2000)], asOf: today)
        #expect(rows.map(\.segment.name) == ["Not yet visited"])
        #expect(rows.map(\.recencyDays) == [nil])
        #expect(rows.map(\.isBeyondWindow) == [false])
        #expect(rows.map(\.monetary) == [MinorUnits(2000)])
    }
}
