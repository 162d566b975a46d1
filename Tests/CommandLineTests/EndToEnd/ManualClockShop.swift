import Foundation
import Testing

/// A bench with a ledger of a manual clock, and short ways to type commands on it.
struct ManualClockShop {
    let bench: Workbench

    /// Makes a ledger with a program of that document, such as `"giftCard": {}`.
    init(_ rules: String, currency: String = "USD") throws {
        bench = try Workbench()
        try bench.write(ManualClockShop.document(rules, id: "shop"), to: "program.json")
        let run = try bench.run("init", "shop", "--program", "program.json", "--clock", "manual")
        #expect(run.status == 0, "\(run.errors)")
    }

    static func document(_ rules: String, id: String) -> String {
        "{ \"id\": \"\(id)\", \"currency\": \"USD\", \"timeZone\": \"UTC\", \(rules) }"
    }

    /// Types `loyalty do` with the recorded time of a day of January 2026.
    @discardableResult
    func act(_ kind: String, _ card: String = "c1", day: Int = 5, _ options: String...) throws -> Workbench.Run {
        let time = "2026-01-\(day < 10 ? "0" : "")\(day)T12:00:00Z"
        let fixed = ["do", "shop", kind, "--card", card, "--issue-cards", "--now", time]
        return try bench.finish(bench.start(fixed + options))
    }

    /// The rows of a report as CSV.
    func rows(_ arguments: String...) throws -> [[String: String]] {
        let run = try bench.finish(bench.start(arguments + ["--format", "csv"]))
        #expect(run.status == 0, "\(run.errors)")
        return run.rows
    }
}
