import Testing

/// Two views of one history (I9), and the history of all cards (I10).
@Suite struct HistoryViewTests {
    private func shop(showing view: String = "entries") throws -> ManualClockShop {
        let shop = try ManualClockShop(
            """
            "stampCard": { "mechanic": { "spend": { "stamps": 1, "perAmount": "10.00" } }, "stampsPerReward": 10,
                           "customerHistory": "\(view)" }
            """
        )
        try shop.act("purchase", "c1", day: 1, "--amount", "105", "--staff", "STAFF-A", "--device", "DEVICE-A")
        try shop.act("adjust", "c1", day: 2, "--quantity", "2", "--internal-note", "SECRET-A", "--staff", "STAFF-B")
        let texts = ["--internal-note", "SECRET-B", "--comment", "Sorry for the wait", "--location", "PLACE-A"]
        try shop.act(
            "grant-rewards",
            "c1",
            day: 3,
            "--quantity",
            "1",
            "--amount",
            "0",
            texts[0],
            texts[1],
            texts[2],
            texts[3]
        )
        try shop.act("refund", "c1", day: 4, "--amount", "30", texts[0], texts[1], texts[4], texts[5])
        try shop.act("remove-stamps", "c1", day: 5, "--quantity", "50", texts[0], texts[1])
        try shop.act("purchase", "c2", day: 6, "--amount", "12.50", texts[0], texts[1])
        return shop
    }

    @Test(
        "A customer sees no internal note, staff member, device, place or refusal (I9)",
        arguments: ["csv", "json", "table"]
    )
    func hidesWhatIsForStaff(format: String) throws {
        let shop = try shop()
        let run = try shop.bench.run("history", "shop", "c1", "--for", "customer", "--format", format)
        #expect(run.status == 0)
        for hidden in ["SECRET", "STAFF", "DEVICE", "PLACE", "refused", "exceeds"] {
            #expect(!run.output.contains(hidden), "\(hidden) in \(run.output)")
        }
        #expect(run.output.contains("Manual adjustments") && run.output.contains("Sorry for the wait"))
        let staff = try shop.bench.run("history", "shop", "c1", "--format", "csv")
        #expect(
            staff.output.contains("SECRET-A") && staff.output.contains("STAFF-B") && staff.output.contains("refused")
        )
    }

    @Test("A program that shows figures only shows figures, and one that shows nothing says so (C12)")
    func showsWhatTheProgramSays() throws {
        let figures = try shop(showing: "summary")
        let rows = try figures.rows("history", "shop", "c1", "--for", "customer")
        #expect(rows.count == 1 && rows[0]["stamps_balance"] == "0" && rows[0]["rewards_available"] == "2")
        #expect(rows[0]["visits"] == "1" && rows[0]["spent_minor"] == "7500" && rows[0]["event"] == nil)
        let shown = try figures.bench.run("history", "shop", "c1", "--for", "customer")
        for hidden in ["SECRET", "STAFF", "DEVICE", "PLACE", "Sorry"] { #expect(!shown.output.contains(hidden)) }
        #expect(
            try figures.bench.run("program", "show", "shop", "--document", "shop").output.contains(
                "\"customerHistory\":\"summary\""
            )
        )

        let nothing = try shop(showing: "none")
        let run = try nothing.bench.run("history", "shop", "c1", "--for", "customer", "--format", "json")
        #expect(run.status == 0 && run.output == "[]\n" && run.errors.contains("shows its customers no history"))
        #expect(try nothing.rows("history", "shop", "c1").count > 5)
    }

    @Test func addsUpForTheCustomerToo() throws {
        let shop = try shop()
        let rows = try shop.rows("history", "shop", "c1", "--for", "customer")
        #expect(
            rows.map { $0["event"] } == [
                "issued", "purchase", "rewards-unlocked", "stamps-added", "rewards-granted", "refund",
            ]
        )
        #expect(rows.map { $0["comment"] } == ["", "", "", "Manual adjustments", "Sorry for the wait", ""])
        #expect(
            rows.compactMap { Int($0["stamps_change"] ?? "") }.reduce(0, +) == Int(rows.last?["stamps_balance"] ?? "")
        )
    }

    @Test func showsTheVendorsWordsToPeopleOnly() throws {
        let shop = try shop()
        let table = try shop.bench.run("history", "shop", "c1", "--wording", "vendor")
        #expect(table.output.contains("refund of amount spent, stamps redeemed"))
        let plain = try shop.bench.run("history", "shop", "c1", "--wording", "vendor", "--format", "csv")
        #expect(plain.rows.contains { $0["event"] == "refund" } && !plain.output.contains("refund of amount spent"))
    }

    /// I10: each row of an export comes from one event, and the changes of each card add up to the figures shown.
    @Test func exportsEveryEventOnce() throws {
        let shop = try shop()
        let rows = try shop.rows("export", "shop")
        let cards = try shop.rows("cards", "shop")
        #expect(cards.count == 2)
        for card in cards {
            let own = rows.filter { $0["card"] == card["card"] }
            #expect(own.map { $0["version"] } == (1...own.count).map { "\($0)" })
            for (change, figure) in [
                ("ltv_change_minor", "ltv_minor"), ("visits_change", "visits"), ("stamps_change", "stamps_balance"),
                ("rewards_change", "rewards_available"), ("stamps_uncollected_change", "stamps_uncollected"),
            ] {
                #expect(own.compactMap { Int($0[change] ?? "") }.reduce(0, +) == Int(card[figure] ?? ""), "\(change)")
            }
        }
        let positions = rows.compactMap { $0["position"].flatMap { Int($0) } }
        #expect(
            positions.count == rows.count && positions == positions.sorted() && Set(positions).count == positions.count
        )
        let lines = try shop.bench.run("export", "shop", "--format", "jsonl").lines
        #expect(lines.count == rows.count && lines.allSatisfy { $0.hasPrefix("{\"card\":") && $0.hasSuffix("}") })
    }
}
