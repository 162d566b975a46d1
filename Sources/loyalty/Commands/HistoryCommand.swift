import ArgumentParser
import LoyaltyLedger

/// `loyalty history`: every event of a card.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show every event of a card, refusals included.",
        discussion: """
            One row per event, in the order in which they were recorded. The changes of each column add up to the figures \
            that loyalty card shows.

              loyalty history shop.ledger 00004 --format csv
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: "The card's serial.")
    var card: String

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    func run() async throws {
        let opened = try await ledger.openForReading()
        let profile = try ledger.profile(of: card, in: opened)
        let entries: [HistoryEntry]
        do {
            entries = try await opened.history(of: profile.card) ?? []
        } catch {
            throw CommandFailure(error, ledger: ledger.path)
        }
        let columns = HistoryColumns(program: profile.program, calendar: CalendarCache(opened)[profile.program])
        try StandardOutput.print(Report(columns: HistoryColumns.all, rows: columns.rows(of: entries)), as: format)
    }
}
