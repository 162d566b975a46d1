import Testing

@Suite struct DoCommandTests {
    private let stamps = """
        "stampCard": { "mechanic": { "spend": { "stamps": 1, "perAmount": "10.00" } }, "stampsPerReward": 10 }
        """

    @Test func printsAReceiptWithTheBalanceAfter() throws {
        let shop = try ManualClockShop(stamps)
        let run = try shop.act("purchase", "c1", day: 5, "--amount", "27.50", "--id", "till-7/1", "--staff", "Ana")
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        #expect(run.lines.first?.hasPrefix("recorded: command ") == true)
        #expect(
            run.lines.contains { $0.contains("purchase") && $0.contains("27.50") && $0.contains("earned 2 stamps") }
        )
        #expect(run.lastLine == "balance after: 2 stamps, 0 rewards available, lifetime value 27.50 USD")

        let again = try shop.act("purchase", "c1", day: 5, "--amount", "27.50", "--id", "till-7/1", "--staff", "Ana")
        #expect(again.status == 0 && again.lines.first?.hasPrefix("recorded before: ") == true)
        let other = try shop.act("purchase", "c1", day: 5, "--amount", "30", "--id", "till-7/1", "--staff", "Ana")
        #expect(other.status == 1 && other.errors.contains("conflict"), "\(other.errors)")
        #expect(try shop.rows("cards", "shop").map { $0["ltv_minor"] } == ["2750"])
    }

    @Test func refusesWithTheReasonAndStatus3() throws {
        let shop = try ManualClockShop(stamps)
        try shop.act("adjust", "c1", day: 1, "--quantity", "3")
        let run = try shop.act("adjust", "c1", day: 2, "--quantity", "-5", "--format", "csv")
        #expect(run.status == 3)
        #expect(run.errors.hasPrefix("loyalty: refused (exceeds-balance): "))
        #expect(run.rows.map { $0["reason"] } == ["exceeds-balance"] && run.rows.map { $0["stamps_balance"] } == ["3"])
        let fitting = try shop.act("adjust", "c1", day: 3, "--quantity", "-3")
        #expect(fitting.status == 0 && fitting.lastLine.hasPrefix("balance after: 0 stamps"))
    }

    @Test(
        "A mistake names the options that the kind reads",
        arguments: [
            (["purchase"], "amount has no value; purchase needs one"),
            (["purchase", "--amount", "ten"], "amount \"ten\""),
            (["install"], "platform has no value"),
            (["install", "--platform", "fridge"], "platform \"fridge\" is not ios, android or web"),
            (["visit", "--item", "Tea"], "visit takes no --item"),
            (["adjust", "--quantity", "0"], "quantity \"0\""),
            (["dance"], "it must be one of purchase, visit"),
        ]
    )
    func failsWithAHint(arguments: [String], message: String) throws {
        let shop = try ManualClockShop(stamps)
        let fixed = ["do", "shop"] + arguments + ["--card", "c1", "--now", "2026-01-05"]
        let run = try shop.bench.finish(shop.bench.start(fixed))
        #expect(run.status == 64 && run.output.isEmpty && run.errors.contains(message), "\(run.errors)")
        #expect(try shop.rows("cards", "shop").isEmpty)
    }

    @Test func knowsWhatAnUnknownCardNeeds() throws {
        let shop = try ManualClockShop(stamps)
        let run = try shop.bench.run("do", "shop", "visit", "--card", "c9", "--now", "2026-01-05")
        #expect(run.status == 1 && run.errors.contains("--issue-cards"), "\(run.errors)")
    }

    /// Every kind of row is understood by `do`, and a history tells of each by a word of its own.
    @Test func walksThroughARewardCard() throws {
        let shop = try ManualClockShop(
            """
            "rewardCard": { "mechanic": { "manual": {} }, "catalogue": [
              { "name": "Coffee", "cost": 500, "usageLimit": 1 }, { "name": "Lunch", "cost": 1000 } ] }
            """
        )
        try shop.act("add-stamps", "c1", day: 1, "--quantity", "1500")
        let quote = try shop.rows("quote", "shop", "c1")
        #expect(quote.map { $0["item"] } == ["Coffee", "Lunch"] && quote.map { $0["remaining"] } == ["1000", "500"])
        let claim = try shop.act("claim-reward", "c1", day: 2, "--item", "Coffee", "--amount", "0", "--id", "claim 1")
        #expect(claim.lastLine == "balance after: 1000 points, 1 reward available, lifetime value 0.00 USD")
        #expect(try shop.act("use-claim", "c1", day: 3, "--command", "claim 1", "--amount", "0").status == 0)
        let dear = try shop.act("claim-reward", "c1", day: 4, "--item", "Coffee", "--amount", "0")
        #expect(dear.status == 3 && dear.errors.contains("usage-limit-reached"))
        #expect(try shop.rows("quote", "shop", "c1").map { $0["available"] } == ["no", "yes"])
        let profile = try shop.bench.run("card", "shop", "c1").lines
        #expect(profile.contains("Best reward now     Lunch for 1000 points"), "\(profile)")
        let cards = try shop.rows("card", "shop", "c1")
        #expect(cards.map { $0["best_reward"] } == ["Lunch"] && cards.map { $0["stamps_spent"] } == ["500"])
        // S14: the reward is told by the name it was claimed under, whatever the catalogue says now.
        let renamed = """
            "rewardCard": { "mechanic": { "manual": {} }, "catalogue": [{ "name": "Espresso", "cost": 500 }] }
            """
        try shop.bench.write(ManualClockShop.document(renamed, id: "shop"), to: "renamed.json")
        let set = try shop.bench.run(
            "program",
            "set",
            "shop",
            "--program",
            "renamed.json",
            "--now",
            "2026-01-05T12:00:00Z"
        )
        #expect(set.status == 0, "\(set.errors)")
        #expect(try shop.rows("card", "shop", "c1").map { $0["last_redeemed_reward"] } == ["Coffee"])
        #expect(try shop.rows("cards", "shop", "--all-types").map { $0["last_redeemed_reward"] } == ["Coffee"])
        let lines = try shop.bench.run("card", "shop", "c1").lines
        #expect(lines.contains { $0.hasPrefix("Last redemption") && $0.hasSuffix(", Coffee") }, "\(lines)")
    }

    @Test func walksThroughAMembership() throws {
        let shop = try ManualClockShop(
            """
            "membershipCard": { "subscription": { "period": "week" }, "tiers": { "basis": "manual", "list": [
              { "name": "Basic", "usesPerPeriod": 2 }, { "name": "Plus" } ] } }
            """
        )
        try shop.act("set-membership", "c1", day: 1, "--tier", "Basic", "--period", "week")
        try shop.act("visit", "c1", day: 2)
        try shop.act("visit", "c1", day: 3)
        let third = try shop.act("visit", "c1", day: 4)
        #expect(third.status == 3 && third.errors.contains("period-limit-reached"), "\(third.errors)")
        let profile = try shop.bench.run("card", "shop", "c1").lines
        #expect(
            profile.contains("Tier                Basic") && profile.contains("Uses in period      2, 0 left"),
            "\(profile)"
        )
        #expect(
            try shop.bench.run("sweep", "shop", "--at", "2026-01-09", "--now", "2026-01-09").output
                == "cards=1 events=1\n"
        )
        #expect(
            try shop.bench.run("sweep", "shop", "--at", "2026-01-09", "--now", "2026-01-09").output
                == "cards=0 events=0\n"
        )
        #expect(try shop.act("visit", "c1", day: 9).status == 0)
        #expect(try shop.rows("card", "shop", "c1").map { $0["uses_left"] } == ["1"])
    }
}
