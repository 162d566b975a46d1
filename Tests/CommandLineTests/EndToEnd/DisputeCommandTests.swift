import Testing

@testable import loyalty

/// `loyalty dispute`: the verdict on the screen, as JSON, and as files for staff and for the customer.
@Suite struct DisputeCommandTests {
    private func shop() throws -> ManualClockShop {
        let shop = try ManualClockShop(
            """
            "stampCard": { "mechanic": { "spend": { "stamps": 1, "perAmount": "10.00" } }, "stampsPerReward": 10,
              "customerHistory": "entries" }
            """
        )
        try shop.act("purchase", "c1", day: 1, "--amount", "60", "--staff", "STAFF-A")
        let late = ["--occurred-at", "2026-01-02T10:00:00Z", "--staff", "STAFF-B", "--device", "DEVICE-B"]
        try shop.act("purchase", "c1", day: 5, "--amount", "30", late[0], late[1], late[2], late[3], late[4], late[5])
        return shop
    }

    @Test func tellsTheVerdictAndWhatChangedSince() throws {
        let shop = try shop()
        let run = try shop.bench.run("dispute", "shop", "c1", "--claim", "9 stamps on 2026-01-02")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("Verdict: true-now") && run.output.contains("as the ledger knew it then: 6 stamps"))
        #expect(run.output.contains("late, learnt 2026-01-05 12:00 by STAFF-B"))
        let json = try shop.bench.run("dispute", "shop", "c1", "--claim", "8 stamps on 2026-01-01", "--format", "json")
        #expect(json.output.contains("\"verdict\":\"refuted\"") && json.output.contains("\"staff\":\"STAFF-B\""))
        #expect(json.output.contains("\"--quantity\",\"2\""))
    }

    @Test func writesFilesNamedForCardAndCase() throws {
        let shop = try shop()
        #expect(try shop.act("open-case", "c1", day: 6, "--claim", "9 stamps on 2026-01-02").status == 0)
        for audience in ["staff", "customer"] {
            let run = try shop.bench.run("dispute", "shop", "c1", "--case", "1", "--for", audience, "--to", "out/cases")
            #expect(run.status == 0, "\(run.errors)")
            let files = ["html", "json"].map { "out/cases/c1-case-1-\(audience).\($0)" }
            #expect(run.lines.map(String.init) == files)
            for file in files {
                let text = try shop.bench.read(file)
                #expect(text.contains("9 stamps on 2026-01-02"))
                #expect(
                    text.contains("STAFF-B") == (audience == "staff")
                        && text.contains("DEVICE-B") == (audience == "staff")
                )
            }
        }
        #expect("a/b é".fileName == "a_2fb_20_c3_a9" && "..x".fileName == "_2e.x")
    }

    @Test func refusesWhatIsNoClaim() throws {
        let shop = try shop()
        for (claim, message) in [
            ("nine stamps on 2026-01-02", "nine is no whole number"), ("9 stamps on 2026-02-02", "has not come yet"),
            ("9 points on 2026-01-02", "the claim is about something else"),
        ] {
            let run = try shop.bench.run("dispute", "shop", "c1", "--claim", claim)
            #expect(run.status == 64 && run.errors.contains(message), "\(run.errors)")
        }
        #expect(try shop.bench.run("dispute", "shop", "c1").status == 64)
        #expect(try shop.bench.run("dispute", "shop", "c1", "--case", "7").errors.contains("has no case 7"))
        #expect(try shop.bench.run("dispute", "shop", "zz", "--claim", "9 stamps on 2026-01-02").status == 1)
    }

    @Test func recordsAWholeCase() throws {
        let shop = try shop()
        try shop.act("open-case", "c1", day: 6, "--claim", "purchase 27.50 on 2026-01-02 ref 7/118")
        try shop.act("add-evidence", "c1", day: 6, "--case", "1", "--position", "4", "--internal-note", "the slip")
        #expect(try shop.act("close-case", "c1", day: 6, "--case", "1").status == 3)
        try shop.act("decide-case", "c1", day: 7, "--case", "1", "--verdict", "refuted")
        try shop.act("purchase", "c1", day: 7, "--amount", "27.50", "--id", "fix", "--reference", "7/118")
        let remedy = try shop.act("remedy-case", "c1", day: 7, "--case", "1", "--command", "fix", "--amount", "2.50")
        #expect(remedy.status == 0, "\(remedy.errors)")
        #expect(try shop.act("close-case", "c1", day: 8, "--case", "1").status == 0)
        #expect(try shop.act("decide-case", "c1", day: 8, "--case", "x", "--verdict", "maybe").status == 64)
        let run = try shop.bench.run("dispute", "shop", "c1", "--case", "1")
        #expect(run.output.contains("1: purchase 27.50 on 2026-01-02 ref 7/118, closed, refuted"))
        let history = try shop.rows("history", "shop", "c1").map { $0["event"] ?? "" }
        #expect(history.filter { $0.hasPrefix("case-") || $0.hasPrefix("evidence") }.count == 5)
        let seen = try shop.bench.run("history", "shop", "c1", "--for", "customer", "--format", "csv").output
        #expect(seen.contains("case-opened") && !seen.contains("evidence") && !seen.contains("case-remedied"))
    }
}
