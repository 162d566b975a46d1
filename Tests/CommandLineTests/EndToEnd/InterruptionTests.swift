import Foundation
import Testing

/// An import that is killed at any moment and run again ends where an undisturbed one does, refusals included.
@Suite struct InterruptionTests {
    @Test(arguments: [20, 60, 100, 150, 200, 260, 330, 420])
    func resumesAfterAKill(milliseconds: Int) async throws {
        let bench = try Workbench()
        try bench.write(try purchasesWithRefusals(), to: "in.csv")
        for ledger in ["whole", "broken"] { try bench.run("init", ledger, "--program", Workbench.perTransaction) }
        let whole = try bench.run("import", "whole", "in.csv", "--issue-cards", "--rejects", "whole.csv")
        #expect(whole.status == 3)

        let started = try bench.start(["import", "broken", "in.csv", "--issue-cards", "--rejects", "broken.csv"])
        try await Task.sleep(for: .milliseconds(milliseconds))
        kill(started.process.processIdentifier, SIGKILL)
        started.process.waitUntilExit()
        let resumed = try bench.run("import", "broken", "in.csv", "--issue-cards", "--rejects", "broken.csv")
        #expect(resumed.status == 3, "\(resumed.errors)")
        #expect(resumed.figure("rows") == whole.figure("rows") && resumed.figure("refused") == whole.figure("refused"))
        #expect(try bench.read("broken.csv") == bench.read("whole.csv"))

        let digests = try ["whole", "broken"].map { try bench.run("replay", $0).figure("digest") }
        #expect(digests[0] == digests[1])
        #expect(
            try bench.run("cards", "broken", "--format", "csv").output
                == bench.run("cards", "whole", "--format", "csv").output
        )
        #expect(try bench.run("verify", "broken").status == 0)
    }

    /// The CDNOW purchases with a refund that no card can bear behind every hundredth, and an unreadable row now and then.
    private func purchasesWithRefusals() throws -> String {
        var text = "card,kind,occurred_at,amount_minor\n"
        for (index, row) in try Workbench.fixture("cdnow/purchases.csv").enumerated() {
            let (card, day) = (row["card_id"] ?? "", row["occurred_at"] ?? "")
            text += "\(card),purchase,\(day),\(row["amount_minor"] ?? "")\n"
            if index % 100 == 7 { text += "\(card),refund,\(day),100000000\n" }
            if index % 1000 == 9 { text += "\(card),purchase,\(day),a lot\n" }
        }
        return text
    }
}
