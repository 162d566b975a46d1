import ArgumentParser
import LoyaltyLedger

/// `loyalty lifetimes`: what models of customer lifetimes are fitted on.
struct LifetimesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lifetimes",
        abstract: "Summarise each card's purchases for models of customer lifetimes.",
        discussion: """
            By days, as the Python package lifetimes: frequency is the days with a purchase after the first one, recency the \
            days from the first purchase to the last (the card's age at it, not the days since), T the days from the first \
            purchase to the as-of day, monetary the mean of a day's purchases after the first day. Visits, loads and grants are no \
            purchases; what was refunded by then does not count.

              loyalty lifetimes shop.ledger --as-of 1998-06-30 --format csv > lifetimes.csv
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: "Only the cards of this program.", transform: ProgramID.argument)
    var program: ProgramID?

    @OptionGroup var pointInTime: PointInTimeOptions

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    func validate() throws { try pointInTime.requireAsOf() }

    func run() async throws {
        let opened = try await ledger.openForReading()
        let point = try pointInTime.point(in: opened)
        let entries = try await ledger.reading { try await opened.lifetimes(asOf: point, program: program) }
        let rows = entries.lazy.map(LifetimesColumns.cells)
        let report = Report(columns: LifetimesColumns.all, rows: rows)
        try StandardOutput.print(report, as: format, asOf: point, in: opened)
    }
}

/// The columns of the lifetimes summary.
enum LifetimesColumns {
    /// The columns, as the package names them.
    static let all = [Column("card"), Column("frequency"), Column("recency"), Column("T"), Column("monetary")]

    /// The cells of a card, one for each column.
    static func cells(of entry: LifetimesEntry) -> [Cell] {
        [
            .text(entry.card.text),
            .integer(entry.row.frequency),
            .integer(entry.row.ageAtLast),
            .integer(entry.row.age),
            .decimal(entry.monetary),
        ]
    }
}
