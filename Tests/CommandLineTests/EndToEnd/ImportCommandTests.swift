import Testing

@Suite struct ImportCommandTests {
    /// One row of every kind, and refusals in between.
    private static let everyKind = """
        kind,card,occurred_at,amount,quantity,refunds,reference,expires_on,reason,comment
        purchase,c1,1997-01-01,105,,,r1,,,
        refund,c1,1997-01-02,100,,r1,,,,"a ""quote"", and comma"
        visit,c1,1997-01-03,,,,,,,
        remove-visits,c1,1997-01-04,,1,,,,,
        add-stamps,c1,1997-01-05,,4,,,,,
        remove-stamps,c1,1997-01-06,,1,,,,,
        remove-stamps,c1,1997-01-07,,99,,,,,
        grant-rewards,c1,1997-01-08,20.00,2,,,,,
        redeem-rewards,c1,1997-01-09,0,1,,,,,
        remove-rewards,c1,1997-01-10,0,1,,,,expired,
        set-expiry,c1,1997-01-11,,,,,1997-01-31,,
        purchase,c1,1997-02-01,5,,,,,,
        refund,c1,1997-02-02,5,,nothing,,,,

        """

    @Test func doesEveryKindOfRow() throws {
        let bench = try manualLedger()
        try bench.write(Self.everyKind, to: "all.csv")
        let run = try bench.run("import", "shop", "all.csv", "--issue-cards", "--now", "1998-01-01")
        #expect(run.status == 3)
        #expect(run.lastLine.hasPrefix("rows=13 accepted=10 already_there=0 refused=3 "))
        #expect(run.errors.contains("all.rejects.csv"))
        #expect(
            try bench.read("all.rejects.csv") == """
                row,reason,message,kind,card,occurred_at,amount,quantity,refunds,reference,expires_on,reason,comment
                7,exceeds-balance,the balance is 3 stamps; no more can be removed,remove-stamps,c1,1997-01-07,,99,,,,,
                12,card-expired,the card was valid through 1997-01-31; set a later expiry day first,\
                purchase,c1,1997-02-01,5,,,,,,
                13,transaction-not-found,no transaction of this card has that command id or reference,\
                refund,c1,1997-02-02,5,,nothing,,,,

                """
        )
        let card = try #require(bench.run("cards", "shop", "--format", "csv").rows.first)
        #expect(card["ltv_minor"] == "2500" && card["visits"] == "1")
        #expect(card["stamps_earned"] == "14" && card["stamps_removed"] == "1" && card["stamps_uncollected"] == "10")
        #expect(card["stamps_balance"] == "3" && card["stamps_to_next_reward"] == "7")
        #expect(card["rewards_earned"] == "3" && card["rewards_redeemed"] == "1" && card["rewards_available"] == "1")
        #expect(card["status"] == "expired" && card["expires_on"] == "1997-01-31")
        #expect(card["last_redeemed_at"] == "1997-01-09T00:00:00-05:00")
    }

    @Test func remembersRefusals() throws {
        let bench = try manualLedger()
        try bench.write(Self.everyKind, to: "all.csv")
        try bench.run("import", "shop", "all.csv", "--issue-cards", "--now", "1998-01-01")
        let rejects = try bench.read("all.rejects.csv")
        let digest = try bench.run("replay", "shop").lastLine.split(separator: " ").filter { !$0.contains("s=") }
        let run = try bench.run("import", "shop", "all.csv", "--now", "1999-01-01", "--rejects", "other.csv")
        #expect(run.status == 3)
        #expect(run.lastLine.hasPrefix("rows=13 accepted=0 already_there=10 refused=3 events_per_s=0 "))
        #expect(try bench.read("other.csv") == rejects)
        #expect(try bench.run("replay", "shop").lastLine.split(separator: " ").filter { !$0.contains("s=") } == digest)
    }

    @Test func importsAMendedRejectsFile() throws {
        let bench = try manualLedger()
        try bench.write(
            "card,kind,occurred_at,amount\nc1,purchase,1997-01-01,1.005\nc1,visit,1997-01-02,\n",
            to: "in.csv"
        )
        let first = try bench.run("import", "shop", "in.csv", "--issue-cards", "--now", "1998-01-01")
        #expect(first.status == 3 && first.lastLine.hasPrefix("rows=2 accepted=1 already_there=0 refused=1 "))
        let mended = try bench.read("in.rejects.csv").replacing(
            "purchase,1997-01-01,1.005",
            with: "purchase,1997-01-01,1.01"
        )
        try bench.write(mended, to: "mended.csv")
        let second = try bench.run("import", "shop", "mended.csv", "--now", "1998-01-01")
        #expect(second.status == 0 && second.lastLine.hasPrefix("rows=1 accepted=1 "), "\(second)")
    }

    @Test(
        "The input is safe from the rejects file, whatever name it is given there",
        arguments: ["./in.csv", "link.csv"]
    )
    func keepsTheInput(name: String) throws {
        let bench = try manualLedger()
        let rows = "card,kind,occurred_at,amount\nc1,purchase,1997-01-01,x\n"
        try bench.write(rows, to: "in.csv")
        try bench.link("link.csv", to: "in.csv")
        let run = try bench.run("import", "shop", "in.csv", "--now", "1998-01-01", "--rejects", name)
        #expect(run.status == 64 && run.errors.contains("the rejects file is the input"), "\(run)")
        #expect(try bench.read("in.csv") == rows)
    }

    /// A rejects file that was put in place by renaming once replaced what stood there: as root, `--rejects /dev/null` cost
    /// the machine its null device.
    @Test func writesRejectsInPlace() throws {
        let bench = try manualLedger()
        try bench.write("card,kind,occurred_at,amount\nc1,purchase,1997-01-01,x\n", to: "in.csv")
        try bench.write(
            String(repeating: "longer than what comes ", count: 20),
            to: "there"
        )
        try bench.link("link.csv", to: "there")
        #expect(try bench.run("import", "shop", "in.csv", "--now", "1998-01-01", "--rejects", "link.csv").status == 3)
        #expect(try bench.read("there").hasPrefix("row,reason,message,card,"))
        #expect(try bench.read("there").hasSuffix(",c1,purchase,1997-01-01,x\n"))
    }

    @Test("A grown file is refused, unless it is wanted")
    func refusesAGrownFile() throws {
        let bench = try manualLedger()
        let rows = "card,kind,occurred_at\nc1,visit,1997-01-01\nc2,visit,1997-01-01\n"
        try bench.write(rows, to: "day1.csv")
        try bench.write(rows + "c3,visit,1997-01-02\n", to: "day2.csv")
        try bench.run("import", "shop", "day1.csv", "--issue-cards", "--now", "1998-01-01")
        let grown = try bench.run("import", "shop", "day2.csv", "--issue-cards", "--now", "1998-01-01")
        #expect(grown.status == 1 && grown.output.isEmpty && grown.errors.contains("--again"), "\(grown)")
        #expect(try bench.run("cards", "shop", "--format", "csv").rows.count == 2)
        let again = try bench.run("import", "shop", "day2.csv", "--issue-cards", "--now", "1998-01-01", "--again")
        #expect(again.status == 0 && again.lastLine.hasPrefix("rows=3 accepted=3 "))
        #expect(try bench.run("import", "shop", "day2.csv", "--issue-cards", "--now", "1998-01-01").status == 0)
    }

    @Test("A file that was mended anywhere behind its second row is refused, unless it is wanted")
    func refusesAMendedFile() throws {
        let bench = try manualLedger()
        let rows = "card,kind,occurred_at,amount\nc1,purchase,1997-01-01,1\nc2,purchase,1997-01-01,2\n"
        let rest = "c4,purchase,1997-01-03,4\nc5,purchase,1997-01-03,5\n"
        try bench.write(rows + "c3,purchase,1997-01-02,x\n" + rest, to: "in.csv")
        #expect(try bench.run("import", "shop", "in.csv", "--issue-cards", "--now", "1998-01-01").status == 3)
        try bench.write(rows + "c3,purchase,1997-01-02,3\n" + rest, to: "mended.csv")
        let run = try bench.run("import", "shop", "mended.csv", "--issue-cards", "--now", "1998-01-01")
        #expect(run.status == 1 && run.errors.contains("--again"), "\(run)")
        #expect(
            try bench.run("cards", "shop", "--format", "csv").rows.map { $0["ltv_minor"] } == [
                "100", "200", "400", "500",
            ]
        )
    }

    @Test("Rows with ids of their own may come in any file, and again")
    func knowsCommandIDs() throws {
        let bench = try manualLedger()
        let header = "command_id,card,kind,occurred_at,amount,refunds\n"
        try bench.write(header + "t-1,c1,purchase,1997-01-01,25,\nt-2,c1,purchase,1997-01-02,30,\n", to: "day1.csv")
        let more = "t-1,c1,purchase,1997-01-01,25,\nt-2,c1,purchase,1997-01-02,31,\nt-3,c1,refund,1997-01-03,10,t-1\n"
        try bench.write(header + more, to: "day2.csv")
        try bench.run("import", "shop", "day1.csv", "--issue-cards", "--now", "1998-01-01")
        let run = try bench.run("import", "shop", "day2.csv", "--issue-cards", "--now", "1998-01-01")
        #expect(run.status == 3)
        #expect(run.lastLine.hasPrefix("rows=3 accepted=1 already_there=1 refused=1 "))
        #expect(try bench.read("day2.rejects.csv").contains("\n2,conflict,"))
        let card = try #require(bench.run("cards", "shop", "--format", "csv").rows.first)
        #expect(card["ltv_minor"] == "4500" && card["stamps_balance"] == "4", "\(card)")
    }

    @Test func readsWhatSpreadsheetsWrite() throws {
        let bench = try manualLedger()
        let file =
            "\u{FEFF}Serial,When,Sum\r\n\"c,1\",1997-01-01T10:00:00-05:00,12.50\r\n\r\n\"c\"\"2\",1997-01-01 10:00,0\r\n"
        try bench.write(file, to: "in.csv")
        let run = try bench.run(
            "import",
            "shop",
            "in.csv",
            "--map",
            "card=Serial",
            "--map",
            "occurred_at=When",
            "--map",
            "amount=Sum",
            "--set",
            "kind=purchase",
            "--set",
            "staff=Ann",
            "--issue-cards",
            "--now",
            "1998-01-01"
        )
        #expect(run.status == 0 && run.lastLine.hasPrefix("rows=2 accepted=2 "), "\(run)")
        let cards = try bench.run("cards", "shop", "--format", "csv").rows
        #expect(cards.map { $0["card"] } == ["c\"2", "c,1"])
        #expect(cards.map { $0["issued_at"] } == ["1997-01-01T10:00:00-05:00", "1997-01-01T10:00:00-05:00"])
        #expect(cards.map { $0["visits"] } == ["1", "1"])
        let history = try bench.run("history", "shop", "c,1", "--format", "csv").rows
        #expect(history.map { $0["staff"] } == ["Ann", "Ann"])
    }

    @Test func namesUnknownCards() throws {
        let bench = try manualLedger()
        try bench.write("card,kind,occurred_at\nc1,visit,1997-01-01\n", to: "in.csv")
        let run = try bench.run("import", "shop", "in.csv", "--now", "1998-01-01")
        #expect(run.status == 3 && run.lastLine.hasPrefix("rows=1 accepted=0 already_there=0 refused=1 "))
        #expect(
            try bench.read("in.rejects.csv").contains("1,unknown-card,card c1 is not issued; --issue-cards issues it,")
        )
        // An unknown card is not decided, so it is not remembered: the same row is welcome once the card may be issued.
        #expect(try bench.run("import", "shop", "in.csv", "--issue-cards", "--now", "1998-01-01").status == 0)
    }

    private func manualLedger() throws -> Workbench {
        let bench = try Workbench()
        let run = try bench.run("init", "shop", "--program", Workbench.perTransaction, "--clock", "manual")
        #expect(run.status == 0, "\(run.errors)")
        return bench
    }
}
