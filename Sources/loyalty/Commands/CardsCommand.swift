import ArgumentParser
import LoyaltyLedger

/// `loyalty cards`: every card with its figures.
struct CardsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cards",
        abstract: "List every card with its figures.",
        discussion: """
            Rows are in the order of the cards' serials. A table shows the figures that people ask for; CSV and JSON hold all that \
            every card has, with --all-types also what only some types of card have: tier, bonus, uses, coupon, the reward redeemed last.

              loyalty cards shop.ledger --format csv > cards.csv
              loyalty cards shop.ledger --format json --all-types
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    @Flag(help: "In CSV and JSON, the columns that only some types of card fill as well.")
    var allTypes = false

    func run() async throws {
        let opened = try await ledger.openForReading()
        let cards = opened.cards
        let redeemed = try await ledger.reading { [allTypes] in
            try await RedeemedRewards(of: allTypes ? cards : [], in: opened)
        }
        let cells = CardColumns(calendars: CalendarCache(opened), redeemed: redeemed)
        let columns = allTypes ? CardColumns.all : CardColumns.list
        let report = Report(
            columns: columns,
            rows: cards.lazy.map { Array(cells.cells(of: $0).prefix(columns.count)) }
        )
        try StandardOutput.print(report, as: format)
    }
}
