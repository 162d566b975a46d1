import Foundation
import Testing

/// `loyalty what-if` on a ledger of two cards.
@Suite struct WhatIfCommandTests {
    private func filled() throws -> Workbench {
        let bench = try Workbench()
        try bench.run("init", "shop", "--program", Workbench.perTransaction)
        try bench.write(
            """
            card,kind,occurred_at,amount,quantity
            c1,purchase,1998-01-10,95,
            c1,purchase,1998-01-12,12,
            c1,redeem-rewards,1998-01-13,0,1
            c2,purchase,1998-01-08,20,

            """,
            to: "rows.csv"
        )
        #expect(try bench.run("import", "shop", "rows.csv", "--issue-cards").status == 0)
        return bench
    }

    private func position(_ event: String, of card: String, in bench: Workbench) throws -> String {
        let rows = try bench.run("history", "shop", card, "--format", "csv").rows
        return try #require(rows.first { $0["event"] == event }?["position"])
    }

    @Test("CSV has a line for each figure of each card that would differ")
    func differences() throws {
        let bench = try filled()
        let position = try position("purchase", of: "c2", in: bench)
        let rows = try bench.run("what-if", "shop", "--change", "\(position)=35.50", "--format", "csv").rows
        #expect(rows.map { $0["figure"] } == ["balance", "ltv"])
        #expect(rows.map { $0["change"] } == ["1", "1550"] && rows.allSatisfy { $0["card"] == "c2" })
    }

    @Test("the table ends in figures, and tells what would be refused")
    func refusals() throws {
        let bench = try filled()
        let position = try position("purchase", of: "c1", in: bench)
        let run = try bench.run("what-if", "shop", "--leave-out", position)
        #expect(run.status == 0 && run.output.contains("redeem-rewards"))
        #expect(run.figure("commands") == "3" && run.figure("cards_differing") == "1")
        #expect(run.figure("answers_differing") == "1" && run.figure("undecided") == "0")
        let answers = try bench.run("what-if", "shop", "--leave-out", position, "--answers", "--format", "csv").rows
        #expect(answers.count == 1 && answers.first?["actual"] == "accepted")
        #expect(try bench.run("replay", "shop").status == 0)
    }

    @Test("rows that were forgotten are added, and the ledger as it would be is kept")
    func additions() throws {
        let bench = try filled()
        try bench.write(
            "card,kind,occurred_at,amount\nc2,purchase,1998-01-07,80\nc3,visit,1998-01-09,\n",
            to: "add.csv"
        )
        let run = try bench.run("what-if", "shop", "--add", "add.csv", "--issue-cards", "--to", "supposed")
        #expect(run.output.contains("the ledger as it would be is in supposed"))
        let cards = try bench.run("cards", "supposed", "--format", "csv").rows
        #expect(
            cards.map { $0["card"] } == ["c1", "c2", "c3"] && cards.map { $0["rewards_earned"] } == ["1", "1", "0"]
        )
        #expect(try bench.run("cards", "shop", "--format", "csv").rows.count == 2)
    }

    @Test(
        "a mistake is told with what to do next",
        arguments: [
            (["--leave-out", "1"], 1), (["--change", "9"], 64), (["--change", "9=x"], 64),
            (["--from", "1998-01-01"], 64),
            (["--rules-version", "7"], 64), (["--add", "none.csv"], 1), (["--rules", "none.json"], 1),
            (["--leave-out", "400"], 1), (["--move", "9=soon"], 64),
        ]
    )
    func mistakes(options: [String], status: Int) throws {
        let bench = try filled()
        let run = try bench.finish(bench.start(["what-if", "shop"] + options))
        #expect(Int(run.status) == status, "\(options) \(run.errors)")
        #expect(run.errors.split(separator: "\n").count >= 2 && run.output.isEmpty)
    }
}
