import Foundation
import Testing

@Suite struct ReportCommandTests {
    @Test(
        "Every report says the same in CSV and in JSON",
        arguments: [
            ["cards", "shop"], ["history", "shop", "c1"], ["rfm", "shop", "--as-of", "1998-01-31"],
            ["rfm", "shop", "--as-of", "1998-01-31", "--scheme", "quintiles"],
            ["rfm", "shop", "--as-of", "1998-01-31", "--scheme", "r-rfm"],
            ["history", "shop", "c1", "--for", "customer"], ["staff", "shop"], ["totals", "shop"],
            ["liabilities", "shop", "--as-of", "1998-01-31"], ["program", "show", "shop"],
        ]
    )
    func agreesInAllFormats(arguments: [String]) throws {
        let bench = try filled()
        let csv = try bench.finish(bench.start(arguments + ["--format", "csv"]))
        let json = try bench.finish(bench.start(arguments + ["--format", "json"]))
        let table = try bench.finish(bench.start(arguments))
        #expect(csv.status == 0 && json.status == 0 && table.status == 0)
        #expect(!csv.output.contains("\r") && !csv.output.hasPrefix("\u{FEFF}"))
        let objects = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        let texts = objects.map { $0.mapValues { $0 is NSNull ? "" : "\($0)" } }
        #expect(texts == csv.rows && !texts.isEmpty)
        #expect(table.lines.count == csv.rows.count + 1)
        #expect(table.lines.allSatisfy { !$0.hasSuffix(" ") } && !table.output.contains("\u{1B}"))
    }

    @Test func countsWhatOccurredBeforeALaterRowIssuedTheCard() throws {
        let bench = try Workbench()
        try bench.run("init", "shop", "--program", Workbench.perTransaction)
        try bench.write(
            "card,kind,occurred_at,amount\nc1,purchase,1998-01-10,20\nc1,purchase,1998-01-05,10\nc2,visit,1998-01-08,\n",
            to: "newest-first.csv"
        )
        #expect(try bench.run("import", "shop", "newest-first.csv", "--issue-cards").status == 0)
        let rfm = try bench.run("rfm", "shop", "--as-of", "1998-01-07", "--scheme", "r-rfm", "--format", "csv").rows
        #expect(rfm.map { $0["card"] } == ["c1"])
        #expect(rfm.map { $0["recency_days"] } == ["2"] && rfm.map { $0["monetary_minor"] } == ["1000"])
    }

    @Test func hasTheHeadersThatScriptsRelyOn() throws {
        let bench = try filled()
        let header = """
            card,status,issued_at,expires_on,ltv_minor,visits,stamps_earned,stamps_removed,stamps_uncollected,\
            stamps_balance,stamps_to_next_reward,stamps_referral,rewards_earned,rewards_redeemed,rewards_available,\
            last_stamp_at,last_reward_at,last_redeemed_at
            """
        let parts = """
            program,type,tier,share_basis_points,to_next_tier_minor,stamps_spent,stamps_lapsed,bonus_balance,\
            uses_in_period,uses_left,coupon,best_reward,last_redeemed_reward
            """
        #expect(try bench.run("cards", "shop", "--format", "csv").lines.first.map(String.init) == header)
        let all = try bench.run("cards", "shop", "--format", "csv", "--all-types").lines.first
        #expect(all.map(String.init) == header + "," + parts)
        let rfm = try bench.run("rfm", "shop", "--as-of", "1998-01-31", "--format", "csv")
        #expect(rfm.lines.first == "card,recency_days,frequency,monetary_minor,r,f,m,segment")
        #expect(rfm.rows.map { $0["segment"] } == ["Beginners", "Beginners"])
    }

    /// I10: each row of a history comes from one event, and the changes add up to the figures shown.
    @Test func addsUp() throws {
        let bench = try filled()
        let rows = try bench.run("history", "shop", "c1", "--format", "csv").rows
        let card = try #require(bench.run("cards", "shop", "--format", "csv").rows.first { $0["card"] == "c1" })
        for (change, figure) in [
            ("ltv_change_minor", "ltv_minor"), ("visits_change", "visits"), ("stamps_change", "stamps_balance"),
            ("rewards_change", "rewards_available"), ("stamps_uncollected_change", "stamps_uncollected"),
        ] {
            #expect(rows.compactMap { Int($0[change] ?? "") }.reduce(0, +) == Int(card[figure] ?? ""), "\(change)")
        }
        #expect(
            rows.map { $0["event"] } == [
                "issued", "purchase", "rewards-unlocked", "refund", "refused", "rewards-redeemed",
            ]
        )
        #expect(rows.map { $0["version"] } == (1...rows.count).map { "\($0)" })
        #expect(rows[4]["reason"] == "exceeds-balance")
        #expect(rows[3]["internal_note"] == "staff only")
    }

    @Test func showsAProfile() throws {
        let bench = try filled()
        let run = try bench.run("card", "shop", "c1")
        #expect(run.status == 0)
        for line in [
            "Card c1", "Lifetime value      5.00 USD", "Stamps              0, 10 stamps away from the next reward",
            "Stamps removed      0, uncollected 10", "Rewards earned      1 ever, redeemed 1, removed 0",
            "Last redemption     1998-01-04 00:00",
        ] {
            #expect(run.lines.contains { $0 == line }, "\(line) in \(run.output)")
        }
    }

    private func filled() throws -> Workbench {
        let bench = try Workbench()
        try bench.run("init", "shop", "--program", Workbench.perTransaction, "--clock", "manual")
        let file = """
            card,kind,occurred_at,amount,quantity,internal_note
            c1,purchase,1998-01-01,105,,
            c1,refund,1998-01-02,100,,staff only
            c1,remove-stamps,1998-01-03,,5,
            c1,redeem-rewards,1998-01-04,0,1,
            "c,2",purchase,1998-01-05T10:00:00.25-05:00,33.33,,

            """
        try bench.write(file, to: "in.csv")
        let run = try bench.run("import", "shop", "in.csv", "--issue-cards", "--now", "1998-02-01")
        #expect(run.lastLine.hasPrefix("rows=5 accepted=4 already_there=0 refused=1 "), "\(run)")
        return bench
    }
}
