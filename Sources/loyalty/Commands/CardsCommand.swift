import ArgumentParser
import LoyaltyLedger

/// `loyalty cards`: every card with its figures.
struct CardsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cards",
        abstract: "List every card with its figures.",
        discussion: """
            Rows are in the order of the cards' serials. A table shows the figures that people ask for; CSV and JSON hold all.

              loyalty cards shop.ledger --format csv > cards.csv
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    func run() async throws {
        let opened = try await ledger.openForReading()
        let columns = CardColumns(calendars: CalendarCache(opened))
        let report = Report(columns: CardColumns.all, rows: opened.cards.lazy.map { columns.cells(of: $0) })
        try StandardOutput.print(report, as: format)
    }
}
