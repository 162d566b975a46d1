import LoyaltyDomain
import Projections
import Testing

@Suite struct LifetimesTests {
    private let stamps = CardRules.stampCard(
        mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000))),
        stampsPerReward: 10
    )

    private func rows(of shop: RecordedShop, asOf last: LocalDay) -> [LifetimesRow] {
        var fold = LifetimesFold(endingAt: shop.ends(of: last))
        for record in shop.records { fold.fold(record) }
        return fold.rows(asOf: last).map(\.row)
    }

    @Test("All 2,357 real cards have the figures that the package lifetimes computes, as of two days")
    func equalsTheOracles() throws {
        var shop = try RecordedShop(stamps)
        for row in try table("purchases.csv") {
            let (card, amount) = (try #require(row["card_id"]), try #require(row["amount_minor"].flatMap { Int64($0) }))
            try shop.run(.purchase(cents(amount)), on: card, try #require(row["occurred_at"].flatMap { LocalDay($0) }))
        }
        try compare(shop, asOf: "1998-06-30", with: "expected.lifetimes.csv", recency: "recency", age: "T")
        try compare(
            shop,
            asOf: "1997-09-30",
            with: "expected.asof_1997-09-30.csv",
            recency: "recency_days",
            age: "T_days"
        )
    }

    private func compare(
        _ shop: RecordedShop,
        asOf text: String,
        with file: String,
        recency: String,
        age: String
    ) throws {
        let rows = rows(of: shop, asOf: try #require(LocalDay(text)))
        let expected = try table(file)
        #expect(rows.count == expected.count && rows.count == 2357)
        let byCard = Dictionary(uniqueKeysWithValues: rows.map { (shop.name(of: $0.card), $0) })
        for oracle in expected {
            let row = try #require(byCard[oracle["card_id"] ?? ""])
            #expect("\(row.frequency)" == oracle["frequency"], "\(oracle)")
            #expect("\(row.ageAtLast)" == oracle[recency], "\(oracle)")
            #expect("\(row.age)" == oracle[age], "\(oracle)")
            #expect(row.monetary(in: RecordedShop.dollar) == oracle["monetary_value"], "\(oracle)")
        }
    }

    @Test func gathersDaysAndLeavesOutWhatIsNoPurchase() throws {
        var shop = try RecordedShop(stamps)
        try shop.run(.purchase(cents(1000)), on: "c", day(1))
        try shop.run(.purchase(cents(500)), on: "c", day(11))
        try shop.run(.purchase(cents(250)), on: "c", day(11))
        try shop.run(.visit(cents(9900)), on: "c", day(15))
        try shop.run(.grantRewards(1, purchase: cents(700)), on: "c", day(16))
        try shop.run(.visit(nil), on: "only visits", day(1))
        let rows = rows(of: shop, asOf: day(31))
        #expect(rows.map(\.frequency) == [1] && rows.map(\.ageAtLast) == [10] && rows.map(\.age) == [30])
        #expect(rows.first?.monetary(in: RecordedShop.dollar) == "7.500000")
    }

    @Test func countsWhatCorrectionsHadLeftByTheEnd() throws {
        var shop = try RecordedShop(stamps)
        try shop.run(.purchase(cents(1000)), on: "c", day(1))
        try shop.run(.purchase(cents(2000)), on: "c", day(5))
        try shop.run(.purchase(cents(3000)), on: "c", day(9))
        try shop.run(.refund(cents(3000)), on: "c", day(10))
        try shop.run(.refund(cents(500)), on: "c", day(12))
        let before = try #require(rows(of: shop, asOf: day(9)).first)
        #expect(before.frequency == 2 && before.monetary(in: RecordedShop.dollar) == "25.000000")
        let between = try #require(rows(of: shop, asOf: day(11)).first)
        #expect(between.frequency == 1 && between.ageAtLast == 4)
        #expect(between.monetary(in: RecordedShop.dollar) == "20.000000")
        let after = try #require(rows(of: shop, asOf: day(12)).first)
        #expect(after.monetary(in: RecordedShop.dollar) == "15.000000")
    }

    @Test(
        "What is kept of a purchase is enough: whole histories give the same rows, whatever was corrected",
        arguments: 1...40 as ClosedRange<UInt64>
    )
    func equalsWholeHistories(seed: UInt64) throws {
        var (shop, random) = (try RecordedShop(stamps), Numbers(seed: seed))
        var purchases: [CommandID] = []
        for step in Int32(1)...60 {
            let (card, last) = (random.below(3) == 0 ? "a" : "b", day(step - Int32(random.below(4))))
            let amount = cents(Int64(random.below(5000)))
            switch random.below(10) {
            case 0: try shop.run(.refund(amount), on: card, last)
            case 1: try shop.run(.removeVisits(1), on: card, last)
            case 2: try shop.run(.visit(amount), on: card, last)
            case 3, 4:
                guard let id = purchases.randomElement(using: &random) else { continue }
                let name = TransactionName(commandID: id)
                let action =
                    random.below(2) == 0 ? CardAction.editAmount(of: name, to: amount) : .refund(amount, of: name)
                try shop.run(random.below(4) == 0 ? .editAmount(of: name, to: cents(0)) : action, on: card, last)
            default: purchases.append(try shop.run(.purchase(amount), on: card, last))
            }
        }
        for last in [day(10), day(35), day(61)] {
            var (kept, whole) = (
                LifetimesFold(endingAt: shop.ends(of: last)),
                LifetimesFold(endingAt: shop.ends(of: last), keepingWhole: [CardNumber(1), CardNumber(2)])
            )
            for record in shop.records {
                kept.fold(record)
                whole.fold(record)
            }
            #expect(kept.needsMore == nil && whole.needsMore == nil)
            #expect(kept.rows(asOf: last).map(\.row) == whole.rows(asOf: last).map(\.row), "seed \(seed)")
        }
    }

    /// SplitMix64.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
            return mixed ^ mixed >> 31
        }

        mutating func below(_ count: UInt64) -> UInt64 { next() % count }
    }

    @Test(
        "The mean of a day has 53 bits, then six decimals, rounded half to even",
        arguments: [
            ([100, 200, 200], "2.000000"), ([0, 1, 1, 2], "0.013333"), ([0, 2, 2, 1], "0.016667"), ([5], "0.000000"),
            ([0, 100_000_000_000_001], "1000000000000.010010"),
        ]
    )
    func rounds(amounts: [Int64], expected: String) throws {
        let days = amounts.enumerated().map { PurchaseDay(day(Int32($0.offset)), MinorUnits($0.element)) }
        let row = try #require(LifetimesRow(CardNumber(1), days, asOf: day(99)))
        #expect(row.monetary(in: RecordedShop.dollar) == expected)
    }

    /// 1 and 3 parts of 8 x 10^6 in a currency without minor units: exact halves of a millionth do not occur below 64 days.
    @Test func roundsExactHalvesToEven() throws {
        let yen = try #require(Currency("JPY"))
        func mean(of sum: Int64, days count: Int32) throws -> String {
            let days = (0...count).map { PurchaseDay(day($0), MinorUnits($0 == count ? sum : 0)) }
            return try #require(LifetimesRow(CardNumber(1), days, asOf: day(999))).monetary(in: yen)
        }
        // 1/128 = 0.0078125, 3/128 = 0.0234375
        #expect(try mean(of: 1, days: 128) == "0.007812")
        #expect(try mean(of: 3, days: 128) == "0.023438")
    }
}
