import Testing

/// `loyalty explain`: the arithmetic on the screen and as JSON.
@Suite struct ExplainCommandTests {
    private func shop() throws -> ManualClockShop {
        let shop = try ManualClockShop(
            """
            "stampCard": { "mechanic": { "spend": { "stamps": 1, "perAmount": "10.00" } }, "stampsPerReward": 10 }
            """
        )
        try shop.act("purchase", "c1", day: 1, "--amount", "27.50", "--staff", "Ana", "--device", "till 7")
        try shop.act("remove-stamps", "c1", day: 2, "--quantity", "5", "--location", "Soho")
        return shop
    }

    @Test func tellsTheArithmeticWhoAndWhere() throws {
        let run = try shop().bench.run("explain", "shop", "c1")
        #expect(run.status == 0)
        #expect(run.output.contains("27.50 at 1 stamp per 10.00, 7.50 left over: 2 stamps"))
        #expect(run.output.contains("rules 1; by Ana; on till 7"))
        #expect(run.output.contains("why: the balance is 2 stamps; no more can be removed (exceeds-balance)"))
        #expect(run.output.contains("next: Take at most what is there"))
        #expect(run.lastLine == "The 3 lines add up to 2 stamps, which is the balance.")
    }

    @Test func aDayMeansItsEnd() throws {
        let shop = try shop()
        let run = try shop.bench.run("explain", "shop", "c1", "--at", "2026-01-01", "--format", "json")
        #expect(run.output.contains("\"left_out\":1") && run.output.contains("\"balance\":2"))
        #expect(run.output.contains("\"consistent\":true"))
        let bad = try shop.bench.run("explain", "shop", "c1", "--at", "yesterday")
        #expect(bad.status == 64 && bad.errors.contains("it must be a day such as"))
    }
}
