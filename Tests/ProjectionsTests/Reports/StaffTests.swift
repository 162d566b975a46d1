import LoyaltyDomain
import Projections
import Testing

@Suite struct StaffTests {
    @Test func countsWhatEachDidByHand() throws {
        var shop = try RecordedShop(
            .stampCard(mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000))), stampsPerReward: 10)
        )
        try shop.run(.purchase(cents(10_000)), on: "c", day(1))
        try shop.run(.redeemRewards(1, purchase: cents(0)), on: "c", day(2))
        try shop.run(.refund(cents(10_000)), on: "c", day(3))
        try shop.run(.addStamps(7), on: "c", day(3))
        try shop.run(.removeStamps(2), on: "c", day(3))
        try shop.run(.removeStamps(9), on: "c", day(3))
        try shop.run(.grantRewards(2, purchase: cents(0)), on: "c", day(4))
        let (ana, ben) = (Label("Ana"), Label("Ben"))
        var fold = StaffFold()
        // Each command has a record of its own behind the one that issued the card.
        for (record, staff) in zip(shop.records, [nil, ana, ben, ben, ben, ana, ana, ana]) {
            fold.fold(record, by: staff)
        }
        let rows = fold.rows
        #expect(rows.map(\.key.staff) == [ana, ben])
        let (first, second) = (try #require(rows.first).activity, try #require(rows.last).activity)
        #expect(first.transactions == 1 && first.stampsEarned == 10 && first.rewardsGranted == 2)
        #expect(first.manualRemovals == 1 && first.stampsRemoved == 2 && first.refusals == 1)
        #expect(second.corrections == 1 && second.amountRefunded == MinorUnits(10_000))
        #expect(second.stampsUncollected == 10 && second.rewardsRedeemed == 1)
        #expect(second.manualAdditions == 1 && second.stampsAdded == 7)
    }

    @Test func countsOnlyTheDaysAskedFor() throws {
        var shop = try RecordedShop(.stampCard(mechanic: .manual, stampsPerReward: 10))
        for number in Int32(1)...5 { try shop.run(.addStamps(1), on: "c", day(number)) }
        var fold = StaffFold(days: day(2)...day(4))
        for record in shop.records { fold.fold(record, by: nil) }
        #expect(fold.rows.map(\.activity.stampsAdded) == [3])
    }

    @Test func leavesOutWhatTheLedgerDidItself() throws {
        var shop = try RecordedShop(.stampCard(mechanic: .manual, stampsPerReward: 10))
        try shop.run(.addStamps(1), on: "c", day(1))
        var fold = StaffFold()
        for var record in shop.records {
            record.source = .system
            fold.fold(record, by: nil)
        }
        #expect(fold.rows.isEmpty)
    }
}
