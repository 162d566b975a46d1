import ArgumentParser
import LedgerLoad
import LoyaltyLedger

/// The rows that the peers store.
struct RowMaking: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rows",
        abstract: "Put a load into a new ledger and write its events as rows."
    )

    @Argument var ledger: String
    @Argument var file: String
    @OptionGroup var load: LoadOptions
    @Option var batch = 10_000
    @OptionGroup var room: HistoryRoom

    func run() async throws {
        let options = room.options(LedgerOptions(snapshots: .never))
        let opened = try await Ledger.create(
            at: ledger,
            program: LoadPlan.program,
            clock: .manual,
            options: options
        )
        let rows = try LoadRowFile(at: file)
        var run = try await LoadRun(load.plan, into: opened, batch: batch)
        let report = try await run.run(rows: rows)
        try rows.flush()
        try await opened.close()
        Figures.print("events", report.events)
        Figures.print("commands", report.commands)
    }
}
