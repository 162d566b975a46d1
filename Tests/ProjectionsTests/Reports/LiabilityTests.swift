import LoyaltyDomain
import Projections
import Testing

@Suite struct LiabilityTests {
    private func liabilities(of shop: RecordedShop, asOf last: LocalDay) -> [Liability] {
        var fold = LiabilityFold(asOf: last, endingAt: shop.ends)
        for record in shop.records { fold.fold(record) }
        return fold.liabilities
    }

    private func ages(_ liability: Liability?) -> [Int64] {
        liability.map { [$0.bands.upTo30, $0.bands.upTo90, $0.bands.upTo365, $0.bands.over365] } ?? []
    }

    @Test(
        "An addition is in the band of its age",
        arguments: [
            (0, [5, 0, 0, 0]), (30, [5, 0, 0, 0]), (31, [0, 5, 0, 0]), (90, [0, 5, 0, 0]), (91, [0, 0, 5, 0]),
            (365, [0, 0, 5, 0]), (366, [0, 0, 0, 5]),
        ] as [(Int32, [Int64])]
    )
    func bands(age: Int32, expected: [Int64]) throws {
        var shop = try RecordedShop(.stampCard(mechanic: .manual, stampsPerReward: 10))
        try shop.run(.addStamps(5), on: "c", day(1))
        #expect(ages(liabilities(of: shop, asOf: day(1 + age)).first) == expected)
    }

    @Test func spendsTheOldestFirst() throws {
        var shop = try RecordedShop(.giftCard())
        try shop.run(.load(5000, purchase: cents(5000)), on: "g", day(1))
        try shop.run(.load(2000, purchase: cents(2000)), on: "g", day(100))
        try shop.run(.spend(4000, from: .main, purchase: cents(4000)), on: "g", day(110))
        #expect(ages(liabilities(of: shop, asOf: day(120)).first) == [2000, 0, 1000, 0])
        try shop.run(.spend(2500, from: .main, purchase: cents(2500)), on: "g", day(121))
        #expect(ages(liabilities(of: shop, asOf: day(121)).first) == [500, 0, 0, 0])
        #expect(ages(liabilities(of: shop, asOf: day(109)).first) == [2000, 0, 5000, 0])
        #expect(ages(liabilities(of: shop, asOf: day(0)).first) == [])
        try shop.run(.spend(500, from: .main, purchase: cents(500)), on: "g", day(122))
        #expect(liabilities(of: shop, asOf: day(122)).isEmpty)
    }

    @Test func countsRewardsAndBonusApart() throws {
        var stamps = try RecordedShop(.stampCard(mechanic: .manual, stampsPerReward: 10))
        try stamps.run(.addStamps(23), on: "a", day(1))
        try stamps.run(.addStamps(4), on: "b", day(40))
        try stamps.run(.redeemRewards(1, purchase: cents(0)), on: "a", day(41))
        let owed = liabilities(of: stamps, asOf: day(41))
        #expect(owed.map(\.kind) == [.balance, .rewards])
        // All 23 stamps of card a are 40 days old, 20 of them converted; the redeemed reward was as old as the open one.
        #expect(owed.map(\.bands.total) == [7, 1] && owed.map(\.cards) == [2, 1])
        #expect(ages(owed.first) == [4, 3, 0, 0] && ages(owed.last) == [0, 1, 0, 0])

        var pass = try RecordedShop(.multipassCard(bonusPerVisit: 20))
        try pass.run(.load(12, purchase: cents(9000)), on: "p", day(1))
        try pass.run(.spend(1, from: .main, purchase: cents(0)), on: "p", day(50))
        let sums = liabilities(of: pass, asOf: day(60))
        #expect(sums.map(\.kind) == [.balance, .bonus])
        #expect(ages(sums.first) == [0, 11, 0, 0] && ages(sums.last) == [20, 0, 0, 0])
    }

    @Test(
        "A reward that late stamps unlock is as old as the moment from which it was there (D5), its stamps as old as themselves"
    )
    func countsFromWhenItWasThere() throws {
        var shop = try RecordedShop(.stampCard(mechanic: .manual, stampsPerReward: 10))
        try shop.run(.addStamps(8), on: "c", day(40))
        try shop.run(.addStamps(4), on: "c", day(5))
        let owed = liabilities(of: shop, asOf: day(100))
        #expect(owed.map(\.kind) == [.balance, .rewards])
        #expect(ages(owed.first) == [0, 2, 0, 0] && ages(owed.last) == [0, 1, 0, 0])
        #expect(liabilities(of: shop, asOf: day(39)).map(\.kind) == [.balance])
        #expect(ages(liabilities(of: shop, asOf: day(131)).last) == [0, 0, 1, 0])
        #expect(ages(liabilities(of: shop, asOf: day(130)).last) == [0, 1, 0, 0])
    }

    @Test func tellsWhatLiesOnCardsThatCannotBeUsed() throws {
        var shop = try RecordedShop(.stampCard(mechanic: .manual, stampsPerReward: 10))
        for card in ["valid", "expired", "deleted"] { try shop.run(.addStamps(3), on: card, day(1)) }
        try shop.run(.setExpiry(day(9)), on: "expired", day(2))
        try shop.run(.delete, on: "deleted", day(2))
        #expect(liabilities(of: shop, asOf: day(9)).map(\.onUnusableCards) == [3])
        #expect(liabilities(of: shop, asOf: day(10)).map(\.onUnusableCards) == [6])
        #expect(liabilities(of: shop, asOf: day(10)).map(\.bands.total) == [9])
    }
}
