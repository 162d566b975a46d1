import LoyaltyDomain
import Projections
import Testing

/// The built-in folds say the same event by event, as projections, as record by record.
@Suite struct BuiltInProjectionTests {
    private func shop() throws -> RecordedShop {
        var shop = try RecordedShop(
            .stampCard(mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000))), stampsPerReward: 10)
        )
        for number in Int32(1)...6 {
            try shop.run(.purchase(cents(Int64(number) * 3000)), on: number % 2 == 0 ? "a" : "b", day(number))
            try shop.run(.addStamps(2), on: "a", day(number))
        }
        try shop.run(.refund(cents(5000)), on: "a", day(7))
        try shop.run(.redeemRewards(1, purchase: cents(0)), on: "a", day(8))
        return shop
    }

    private func fold<P: Projection>(
        _ projection: P,
        _ records: [CardRecord],
        behind facts: [LedgerEvent] = []
    ) throws(P.Failure) -> P.State {
        var state = projection.initial
        var position: UInt64 = 1
        for fact in facts {
            let record = LedgerRecord(commandID: .opaque(high: 0, low: 0), recordedAt: .epoch, event: fact)
            try projection.evolve(&state, record.event(at: position))
            position += 1
        }
        for record in records {
            try record.forEachEvent(from: position) { event throws(P.Failure) in
                try projection.evolve(&state, event)
                position += 1
            }
        }
        return state
    }

    @Test func liabilities() throws {
        let shop = try shop()
        let fresh = LiabilityFold(within: shop.horizon(of: day(40))) { _, day in shop.end(of: day) }
        var whole = fresh
        for record in shop.records { whole.fold(record) }
        let projection = RecordProjection(fresh, named: "liabilities")
        #expect(fold(projection, shop.records).fold.liabilities == whole.liabilities)
        #expect(!whole.liabilities.isEmpty)
    }

    @Test func lifetimes() throws {
        let shop = try shop()
        var whole = LifetimesFold(within: shop.horizon(of: day(40)))
        for record in shop.records { whole.fold(record) }
        let projection = RecordProjection(LifetimesFold(within: shop.horizon(of: day(40))), named: "lifetimes")
        let rows = fold(projection, shop.records).fold.rows
        #expect(rows.map(\.row) == whole.rows.map(\.row) && rows.count == 2)
    }

    @Test func staff() throws {
        let shop = try shop()
        let names = [Label("Ana"), Label("Ben")]
        var (whole, records) = (StaffFold(), shop.records)
        for index in records.indices {
            records[index].attribution = AttributionNumber(UInt32(index % 3))
            whole.fold(records[index], by: index % 3 == 0 ? nil : names[index % 3 - 1])
        }
        let facts = (1...2).map { number in
            LedgerEvent.attributionDefined(AttributionNumber(UInt32(number)), Attribution(staff: names[number - 1]))
        }
        let rows = fold(StaffProjection(StaffFold()), records, behind: facts).fold.rows
        #expect(rows.map(\.key) == whole.rows.map(\.key) && rows.map(\.activity) == whole.rows.map(\.activity))
        #expect(rows.count == 3)
    }
}
