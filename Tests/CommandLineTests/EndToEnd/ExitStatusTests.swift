import Foundation
import LoyaltyLedger
import Testing

/// What scripts rely on when things go wrong: a status, a line that says what, and a line that says what to do.
@Suite struct ExitStatusTests {
    @Test(
        "A mistake on the command line",
        arguments: [
            (["import", "shop", "in.csv"], 64, "the file has no column card"),
            (["import", "shop", "in.csv", "--map", "card=serial"], 64, "unknown column serial"),
            (["import", "shop", "in.csv", "--map", "cards=id"], 64, "unknown field cards"),
            (["import", "shop", "in.csv", "--map", "card=id", "--now", "1998-01-01"], 64, "takes no --now"),
            (
                ["import", "shop", "in.csv", "--map", "card=id", "--rejects", "in.csv"], 64,
                "the rejects file is the input"
            ),
            (
                ["import", "shop", "in.csv", "--map", "card=id", "--rejects", "no/where.csv"], 1,
                "cannot write refused rows"
            ),
            (["import", "shop", "empty.csv"], 64, "empty.csv is empty"),
            (["import", "shop", "none.csv"], 1, "cannot read none.csv"),
            (["import", "shop"], 64, "Missing expected argument"),
            (["import", "plain", "in.csv", "--map", "card=id"], 1, "holds no ledger"),
            (["init", "shop", "--program", Workbench.carryOver], 1, "not empty"),
            (["init", "other", "--program", "in.csv"], 1, "in.csv: line 1, column 1"),
            (
                ["init", "other", "--program", "twice.json"], 1,
                "stampCard.mechanic: expected an object with exactly one"
            ),
            (["init", "other", "--program", Workbench.carryOver, "--clock", "sundial"], 64, "sundial"),
            (["cards", "nowhere"], 1, "nowhere"),
            (["cards", "plain"], 1, "holds no ledger"),
            (["cards", "shop", "--format", "xml"], 64, "xml"),
            (["card", "shop", "c9"], 1, "card c9 is not issued"),
            (["history", "shop", "c9"], 1, "card c9 is not issued"),
            (["rfm", "shop"], 64, "--as-of"),
            (["rfm", "shop", "--as-of", "1998-02-30"], 64, "1998-02-30"),
            (["rfm", "shop", "--as-of", "1998-02-28", "--scheme", "abc"], 64, "visits-grid"),
            (["liabilities", "shop", "--as-of", "soon"], 64, "soon"),
            (["lifetimes", "shop"], 64, "--as-of"),
            (["staff", "shop", "--from", "1998-02-02", "--to", "1998-02-01"], 64, "is after"),
            (["export", "shop", "--format", "xlsx"], 64, "xlsx"),
            (["quote", "shop", "c9"], 1, "card c9 is not issued"),
            (["sweep", "shop", "--at", "noon"], 64, "noon"),
            (["program", "show", "shop", "--document", "tea"], 1, "no program tea"),
            (["program", "set", "shop", "--program", "twice.json"], 1, "stampCard.mechanic"),
            (["verify", "plain"], 1, "holds no ledger"),
            (["replay", "plain"], 1, "holds no ledger"),
            (["audit", "plain"], 1, "holds no ledger"),
            (["describe", "plain"], 1, "holds no ledger"),
            (["stamp"], 64, "stamp"),
        ]
    )
    func failsWithAHint(arguments: [String], status: Int32, message: String) throws {
        let bench = try prepared()
        let run = try bench.finish(bench.start(arguments))
        #expect(run.status == status)
        #expect(run.output.isEmpty)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.first?.hasPrefix("loyalty: ") == true && lines.first?.contains(message) == true, "\(run.errors)")
        #expect(lines.count >= 2, "\(run.errors)")
        #expect(!bench.exists("other"))
    }

    @Test func showsHelp() throws {
        let bench = try Workbench()
        for command in [
            "init", "program show", "program set", "do", "import", "upload", "sweep", "cards", "card", "history",
            "quote", "installed",
            "totals", "staff", "liabilities", "rfm", "lifetimes", "export", "verify", "replay", "audit", "describe",
            "backup", "salvage",
        ] {
            let run = try bench.finish(bench.start(command.split(separator: " ").map(String.init) + ["--help"]))
            #expect(run.status == 0 && run.output.contains("USAGE: loyalty \(command) "))
            #expect(run.output.contains("<ledger>"))
            #expect(run.output.contains("  loyalty \(command) shop.ledger"), "an example of \(command)")
        }
    }

    @Test("A second writer is told who the first one is; readers are welcome")
    func namesTheHolderOfTheLock() async throws {
        let bench = try prepared()
        let ledger = try await Ledger.open(at: bench.directory.appending(path: "shop").path)
        let import1 = try bench.run("import", "shop", "in.csv", "--map", "card=id", "--issue-cards")
        #expect(import1.status == 4 && import1.output.isEmpty)
        #expect(import1.errors.contains("\(ProcessInfo.processInfo.processIdentifier)"), "\(import1.errors)")
        for command in ["cards", "verify", "replay", "describe"] { #expect(try bench.run(command, "shop").status == 0) }
        try await ledger.close()
        #expect(try bench.run("import", "shop", "in.csv", "--map", "card=id", "--issue-cards").status == 0)
    }

    @Test func reportsDamageWithItsPlace() throws {
        let bench = try prepared()
        try bench.run("import", "shop", "in.csv", "--map", "card=id", "--issue-cards")
        let segment = bench.directory.appending(path: "shop/log/0000000000000001.segment")
        var bytes = try Data(contentsOf: segment)
        bytes[640] ^= 0x10
        try bytes.write(to: segment)
        let verify = try bench.run("verify", "shop")
        #expect(verify.status == 1)
        #expect(verify.errors.contains("0000000000000001.segment, byte"), "\(verify.errors)")
        #expect(verify.errors.contains("position"), "\(verify.errors)")
        #expect(try bench.run("cards", "shop").status == 1)
        #expect(try bench.run("import", "shop", "in.csv", "--map", "card=id").status == 1)
        #expect(try Data(contentsOf: segment) == bytes)
    }

    @Test func refusesANewerFormat() throws {
        let bench = try prepared()
        let segment = bench.directory.appending(path: "shop/log/0000000000000001.segment")
        var bytes = Array(try Data(contentsOf: segment))
        bytes[8] = 2
        bytes[10] = 2
        let checksum = castagnoli(bytes[0..<508])
        for index in 0..<4 { bytes[508 + index] = UInt8(truncatingIfNeeded: checksum >> UInt32(8 * index)) }
        try Data(bytes).write(to: segment)
        for command in ["cards", "replay", "verify"] {
            let run = try bench.run(command, "shop")
            #expect(run.status == 1 && run.errors.contains("later version"), "\(run.errors)")
        }
    }

    /// A ledger, a file to import, and things that are neither.
    private func prepared() throws -> Workbench {
        let bench = try Workbench()
        try bench.run("init", "shop", "--program", Workbench.carryOver)
        try bench.write("id,kind,occurred_at,amount\nc1,purchase,1997-01-01,12.50\n", to: "in.csv")
        try bench.write("", to: "empty.csv")
        let twice = """
            {"id": "tea", "currency": "USD", "timeZone": "UTC",
             "stampCard": {"mechanic": {"visit": {"stamps": 1}, "manual": {}}, "stampsPerReward": 10}}
            """
        try bench.write(twice, to: "twice.json")
        try FileManager.default.createDirectory(
            at: bench.directory.appending(path: "plain"),
            withIntermediateDirectories: true
        )
        return bench
    }

    /// CRC-32C, bit by bit, as the format's document has it.
    private func castagnoli(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 0 ? sum >> 1 : (sum >> 1) ^ 0x82F6_3B78 }
        }
        return ~sum
    }
}
