import Testing

/// 6,919 real purchases of 2,357 cards, compared with what other people's tools compute from them.
@Suite struct CDNOWTests {
    @Test(
        "Every card equals the oracles",
        arguments: [
            (Workbench.perTransaction, "a"), (Workbench.carryOver, "b"),
        ]
    )
    func equalsTheOracles(program: String, rule: String) throws {
        let bench = try imported(under: program)
        let cards = try bench.run("cards", "shop", "--format", "csv").rows
        let sums = try Workbench.fixture("cdnow/expected.card_summary.csv")
        let stamps = try Workbench.fixture("cdnow/expected.stamps.csv")
        #expect(cards.count == 2357 && sums.count == 2357 && stamps.count == 2357)
        for ((card, sum), stamp) in zip(zip(cards, sums), stamps) {
            #expect(card["card"] == sum["card_id"] && card["card"] == stamp["card_id"])
            #expect(card["ltv_minor"] == sum["ltv_minor"], "\(card)")
            #expect(card["visits"] == sum["purchases"], "\(card)")
            #expect(card["stamps_earned"] == stamp["\(rule)_stamps_earned"], "\(card)")
            #expect(card["stamps_balance"] == stamp["\(rule)_balance"], "\(card)")
            #expect(card["rewards_earned"] == stamp["\(rule)_rewards"], "\(card)")
            #expect(card["rewards_available"] == stamp["\(rule)_rewards"], "\(card)")
            #expect(card["stamps_removed"] == "0" && card["stamps_uncollected"] == "0")
            #expect(card["status"] == "not-installed" && card["rewards_redeemed"] == "0")
            #expect(card["issued_at"]?.hasPrefix("\(sum["first_purchase"] ?? "")T00:00:00-0") == true, "\(card)")
        }
    }

    @Test func segmentsLikeTheRPackage() throws {
        let bench = try imported(under: Workbench.perTransaction)
        let rows = try bench.run("rfm", "shop", "--as-of", "1998-06-30", "--scheme", "r-rfm", "--format", "csv").rows
        let expected = try Workbench.fixture("cdnow/expected.rfm_r.csv")
        #expect(rows.count == 2357 && expected.count == 2357)
        for (row, oracle) in zip(rows, expected) {
            #expect(row["card"] == oracle["card_id"])
            for field in ["recency_days", "frequency", "monetary_minor", "r", "f", "m", "segment"] {
                #expect(row[field] == oracle[field], "\(field) of \(row)")
            }
        }
    }

    @Test func summarisesLifetimesLikeThePackage() throws {
        let bench = try imported(under: Workbench.perTransaction)
        try compare(bench, asOf: "1998-06-30", with: "expected.lifetimes.csv", recency: "recency", age: "T")
        try compare(
            bench,
            asOf: "1997-09-30",
            with: "expected.asof_1997-09-30.csv",
            recency: "recency_days",
            age: "T_days"
        )
    }

    private func compare(
        _ bench: Workbench,
        asOf day: String,
        with oracle: String,
        recency: String,
        age: String
    ) throws {
        let run = try bench.run("lifetimes", "shop", "--as-of", day, "--format", "csv")
        #expect(run.lines.first == "card,frequency,recency,T,monetary")
        let expected = try Workbench.fixture("cdnow/\(oracle)")
        #expect(expected.count == 2357 && run.rows.count == 2357)
        for (row, oracle) in zip(run.rows, expected) {
            #expect(row["card"] == oracle["card_id"] && row["frequency"] == oracle["frequency"], "\(row)")
            #expect(row["recency"] == oracle[recency] && row["T"] == oracle[age], "\(row)")
            #expect(row["monetary"] == oracle["monetary_value"], "\(row)")
        }
    }

    @Test func importsOnceAndReplaysEqual() throws {
        let bench = try imported(under: Workbench.carryOver)
        let digest = try #require(bench.run("replay", "shop").figure("digest"))
        let again = try bench.run("import", "shop", Workbench.purchases, "--map", "card=card_id", "--issue-cards")
        #expect(again.status == 0)
        #expect(again.lastLine.hasPrefix("rows=6919 accepted=0 already_there=6919 refused=0 events_per_s=0 "))
        let replay = try bench.run("replay", "shop")
        #expect(replay.status == 0)
        #expect(replay.figure("digest") == digest && digest.count == 64)
        #expect(replay.lastLine.contains(/^events=10698 seconds=\d+\.\d{3} events_per_s=\d+ digest=[0-9a-f]{64}$/))
        let verify = try bench.run("verify", "shop")
        #expect(verify.status == 0 && verify.lastLine.hasPrefix("events=10698 "))
    }

    /// A ledger with all purchases.
    private func imported(under program: String) throws -> Workbench {
        let bench = try Workbench()
        try bench.run("init", "shop", "--program", program)
        let run = try bench.run("import", "shop", Workbench.purchases, "--map", "card=card_id", "--issue-cards")
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        #expect(
            run.lastLine.contains(
                /^rows=6919 accepted=6919 already_there=0 refused=0 events_per_s=\d+ bytes_per_event=\d+\.\d$/
            )
        )
        return bench
    }
}
