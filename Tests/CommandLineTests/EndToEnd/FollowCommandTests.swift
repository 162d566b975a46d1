import Foundation
import Testing

/// `loyalty follow` and `loyalty projections`, as scripts use them.
@Suite struct FollowCommandTests {
    private func shop() throws -> Workbench {
        let bench = try Workbench()
        try bench.run("init", "shop", "--program", Workbench.perTransaction)
        return bench
    }

    private func purchases(_ count: Int, from first: Int = 0) -> String {
        "card,kind,occurred_at,amount_minor\n"
            + (first..<first + count).map { "C-\($0 % 40),purchase,2026-01-0\(1 + $0 % 9),\(100 + $0)\n" }.joined()
    }

    private func positions(_ lines: [Substring]) throws -> [Int] {
        try lines.map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return try #require(object?["position"] as? Int)
        }
    }

    @Test("once: every event there is, as JSON lines and as CSV, from any position")
    func once() throws {
        let bench = try shop()
        try bench.write(purchases(60), to: "in.csv")
        try bench.run("import", "shop", "in.csv", "--issue-cards")
        try bench.run(
            "do",
            "shop",
            "adjust",
            "--card",
            "C-1",
            "--quantity",
            "2",
            "--staff",
            "Ana",
            "--internal-note",
            "x"
        )
        let all = try bench.run("follow", "shop", "--once")
        #expect(all.status == 0, "\(all.errors)")
        let count = all.lines.count
        #expect(try positions(all.lines) == Array(1...count))
        let rows = try bench.run("follow", "shop", "--once", "--format", "csv").rows
        #expect(rows.count == count && rows.prefix(2).map { $0["event"] } == ["ledger-created", "program-defined"])
        let last = try #require(rows.last)
        #expect(last["event"] == "stamps-added" && last["card"] == "C-1" && last["staff"] == "Ana")
        #expect(last["internal_note"] == "x" && last["program"] == "coffee" && last["customer"] == "C-1")
        let tail = try bench.run("follow", "shop", "--once", "--after", "\(count - 3)")
        #expect(tail.lines == Array(all.lines.suffix(3)))
        #expect(try bench.run("follow", "shop", "--once", "--after", "\(count)").output.isEmpty)
        let beyond = try bench.run("follow", "shop", "--once", "--after", "\(count + 5)")
        #expect(beyond.status == 1 && beyond.errors.contains("position \(count + 5)"))
    }

    @Test("with a checkpoint it goes on where it left off, and the list says so")
    func checkpoints() throws {
        let bench = try shop()
        try bench.write(purchases(30), to: "a.csv")
        try bench.write(purchases(30, from: 50), to: "b.csv")
        try bench.run("import", "shop", "a.csv", "--issue-cards")
        let first = try bench.run("follow", "shop", "--once", "--checkpoint", "mailer").lines.count
        try bench.run("import", "shop", "b.csv", "--issue-cards")
        let list = try #require(try bench.run("projections", "shop", "--format", "csv").rows.first)
        #expect(list["name"] == "mailer" && list["kind"] == "subscriber" && list["position"] == "\(first)")
        let second = try bench.run("follow", "shop", "--once", "--checkpoint", "mailer")
        #expect(list["behind"] == "\(second.lines.count)" && second.lines.count > 30)
        #expect(try positions(second.lines).first == first + 1)
        #expect(try bench.run("projections", "shop", "--format", "csv").rows.first?["behind"] == "0")
        #expect(try bench.run("follow", "shop", "--once", "--checkpoint", "A b").status == 1)
        try bench.write("damaged", to: "shop/projections/mailer.subscriber")
        let again = try bench.run("follow", "shop", "--once", "--checkpoint", "mailer")
        #expect(again.errors.contains("damaged"))
        #expect(try positions(again.lines).first == 1)
    }

    @Test("killed at any moment beside an import, it prints each event at least once", arguments: [1, 2])
    func killed(round: Int) async throws {
        let bench = try shop()
        try bench.write(purchases(3000), to: "in.csv")
        let writer = try bench.start(["import", "shop", "in.csv", "--issue-cards"])
        var printed: Set<Int> = []
        for life in 0..<5 {
            let follower = try bench.start(["follow", "shop", "--checkpoint", "mailer"])
            try await Task.sleep(for: .milliseconds(60 + 70 * ((life + round) % 4)))
            kill(follower.process.processIdentifier, SIGKILL)
            let run = try bench.finish(follower)
            // The last line may be cut.
            let whole = run.output.hasSuffix("\n") ? run.lines : run.lines.dropLast()
            let positions = try positions(Array(whole))
            #expect(zip(positions, positions.dropFirst()).allSatisfy { $1 == $0 + 1 })
            printed.formUnion(positions)
        }
        #expect(try bench.finish(writer).status == 0)
        let rest = try positions(try bench.run("follow", "shop", "--once", "--checkpoint", "mailer").lines)
        printed.formUnion(rest)
        let count = try bench.run("follow", "shop", "--once").lines.count
        #expect(printed == Set(1...count) && count > 3000)
    }
}
