import Foundation
import Testing

/// `--as-of` and `--known-at` on every reading command.
@Suite struct PointInTimeCommandTests {
    /// Eight stamps on the tenth, and four of the fifth that were only told on the twelfth (D5).
    private func shop() throws -> ManualClockShop {
        let shop = try ManualClockShop(
            """
            "stampCard": { "mechanic": { "manual": {} }, "stampsPerReward": 10 }
            """
        )
        try shop.act("add-stamps", day: 10, "--quantity", "8")
        try shop.act("add-stamps", day: 12, "--quantity", "4", "--occurred-at", "2026-01-05T12:00:00Z")
        return shop
    }

    @Test func cardAndCardsAgreeOnBothClocks() throws {
        let shop = try shop()
        let cases: [([String], [String])] = [
            (["--as-of", "2026-01-05"], ["4", "0"]), (["--as-of", "2026-01-10"], ["2", "1"]),
            (["--known-at", "2026-01-11"], ["8", "0"]),
            (["--as-of", "2026-01-10T12:00:00Z", "--known-at", "2026-01-10T12:00:00Z"], ["8", "0"]), ([], ["2", "1"]),
        ]
        for (options, figures) in cases {
            for command in [["card", "shop", "c1"], ["cards", "shop"]] {
                let run = try shop.bench.finish(shop.bench.start(command + options + ["--format", "csv"]))
                #expect(run.status == 0, "\(run.errors)")
                #expect(
                    run.rows.map { [$0["stamps_balance"] ?? "", $0["rewards_available"] ?? ""] } == [figures],
                    "\(options)"
                )
            }
        }
    }

    @Test func aTableSaysAsOfWhen() throws {
        let shop = try shop()
        let options = ["--as-of", "2026-01-10", "--known-at", "2026-01-11T00:00:00Z"]
        let line = "As of the end of 2026-01-10, as known at 2026-01-11T00:00:00Z"
        for command in [
            ["card", "shop", "c1"], ["cards", "shop"], ["history", "shop", "c1"], ["totals", "shop"],
            ["staff", "shop"],
            ["liabilities", "shop"], ["rfm", "shop"], ["lifetimes", "shop"], ["installed", "shop", "c1"],
            ["program", "show", "shop"],
        ] {
            let run = try shop.bench.finish(shop.bench.start(command + options))
            #expect(run.status == 0, "\(command): \(run.errors)")
            #expect(run.lines.first.map(String.init) == line, "\(command)")
        }
        let csv = try shop.bench.finish(shop.bench.start(["cards", "shop", "--format", "csv"] + options))
        #expect(csv.lines.first?.hasPrefix("card,") == true)
    }

    @Test func historyAndExportHoldWhatCounts() throws {
        let shop = try shop()
        let known = try shop.rows("history", "shop", "c1", "--known-at", "2026-01-11")
        #expect(known.map { $0["version"] } == ["1", "2"])
        let occurred = try shop.rows("export", "shop", "--as-of", "2026-01-05")
        #expect(occurred.map { $0["version"] } == ["3"])
        #expect(occurred.map { $0["stamps_balance"] } == ["4"])
    }

    @Test func whatWasNotThereYetIsTold() throws {
        let shop = try shop()
        let run = try shop.bench.run("card", "shop", "c1", "--known-at", "2026-01-09")
        #expect(run.status == 1 && run.errors.contains("was not there yet"), "\(run.errors)")
        #expect(try shop.rows("cards", "shop", "--known-at", "2026-01-09").isEmpty)
        let wrong = try shop.bench.run("card", "shop", "c1", "--as-of", "yesterday")
        #expect(wrong.status == 64 && wrong.errors.contains("yesterday"), "\(wrong.errors)")
    }

    @Test func anAuditTellsItsFigures() throws {
        let shop = try shop()
        let run = try shop.bench.run("audit", "shop")
        #expect(run.status == 0, "\(run.errors)")
        let replay = try shop.bench.run("replay", "shop")
        #expect(run.figure("digest") == replay.figure("digest") && run.figure("events") == replay.figure("events"))
        let json = try shop.bench.run("audit", "shop", "--format", "json", "--from-start")
        let object = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(object["clean"] as? Bool == true && object["digest"] as? String == replay.figure("digest"))
        #expect(run.errors.isEmpty && json.errors.isEmpty)
    }

    @Test func describeTellsTheInstantsOfASnapshot() throws {
        let bench = try Workbench()
        try bench.run("init", "shop", "--program", Workbench.perTransaction)
        let rows = (1...1200).map { "c\($0 % 40),purchase,1998-01-\($0 % 9 + 10),20" }
        try bench.write("card,kind,occurred_at,amount\n" + rows.joined(separator: "\n") + "\n", to: "in.csv")
        #expect(try bench.run("import", "shop", "in.csv", "--issue-cards").status == 0)
        let tree = try bench.run("describe", "shop", "--depth", "segments")
        #expect(tree.output.contains("effective by 1998-01-18T"), "\(tree.output)")
    }
}
